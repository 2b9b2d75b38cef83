/*---
title = "自賠責 車検満期"
offers = "cali"
plan = ["1(2)自賠ウ"]
priority = 17
document = "自賠責共済のご案内"
reason = "{due_on}に車検・自賠責の満期、自賠責共済のご案内"
hint = ""

[parameters.expiry_days]
default = 60
meaning = "車検・自賠責の満期の何日前から案内するか(日)"

[dates]
expiry_to = "days_after(expiry_days)"
---*/
SELECT m.member_key,
       c.contract_key,
       CASE c.product WHEN 'cali' THEN COALESCE(c.ended_on, c.renews_on) ELSE c.inspection_on END AS due_on
FROM people m
LEFT JOIN held c ON c.member_key = m.member_key AND c.product IN ('cali', 'my_car')
WHERE m.status IN ('active', 'leave')  -- 在職中である
  AND c.contract_key IS NOT NULL       -- 自賠責共済かマイカー共済に加入している
  AND ((c.product = 'cali' AND COALESCE(c.ended_on, c.renews_on) BETWEEN :as_of AND :expiry_to)  -- 自賠責共済の終了日(なければ満期日)か、マイカー共済の車検満期日が、基準日から{expiry_days}日以内({expiry_to}まで)にある
       OR (c.product = 'my_car' AND c.inspection_on BETWEEN :as_of AND :expiry_to))
