/*---
title = "マイカー 退職後継続"
offers = "my_car"
plan = ["1(2)車③エ", "3(3)①イ"]
priority = 13
discreet = true
document = "マイカー共済 継続のご案内"
reason = "{leaving_on}退職予定、{contract_names}に加入中、退職後も団体割引で続けられます{check_note}"
hint = ""
---*/
SELECT m.member_key,
       c.contract_key,
       CASE WHEN m.leaving_guessed = 1 THEN '(要確認: 退職予定日が名簿になく、年度末と仮定)' ELSE '' END AS check_note
FROM people m
LEFT JOIN held c ON c.member_key = m.member_key AND c.product = 'my_car'
WHERE m.status IN ('active', 'leave')   -- 在職中である
  AND m.leaving_on >= :as_of            -- 退職日が基準日以後である
  AND m.leaving_on <= :fiscal_year_end  -- 退職日が年度末({fiscal_year_end})以前である
  AND c.contract_key IS NOT NULL        -- マイカー共済に加入している
