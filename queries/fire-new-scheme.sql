/*---
title = "新火災制度の案内"
offers = "fire"
plan = ["1(2)火災⑤ケ"]
priority = 42
document = "住まいる共済 新しい制度のご案内"
reason = "{contract_names}が{due_on}に満期、新しい制度のご案内"
hint = "住まい更新{renewal_month}月"

[parameters.renewal_days]
default = 90
meaning = "火災共済の満期の何日前から案内するか(日)"

[dates]
renewal_to = "days_after(renewal_days)"
---*/
SELECT m.member_key,
       f.contract_key,
       f.renews_on AS due_on
FROM people m
LEFT JOIN held f ON f.member_key = m.member_key AND f.product = 'fire'
WHERE m.status IN ('active', 'leave')  -- 在職中である
  AND f.contract_key IS NOT NULL       -- 火災共済に加入している
  AND f.renews_on >= :as_of            -- その満期日が基準日以後である
  AND f.renews_on <= :renewal_to       -- その満期日が基準日から{renewal_days}日以内({renewal_to}まで)である
