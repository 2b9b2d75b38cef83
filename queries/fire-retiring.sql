/*---
title = "住まいる 退職後継続"
offers = "fire"
plan = ["1(2)火災エ", "3(3)①ウ"]
priority = 14
discreet = true
document = "住まいる共済 継続のご案内"
reason = "{leaving_on}退職予定、{contract_names}に加入中、退職後も続けられます{check_note}"
hint = ""
---*/
SELECT m.member_key,
       f.contract_key,
       CASE WHEN m.leaving_guessed = 1 THEN '(要確認: 退職予定日が名簿になく、年度末と仮定)' ELSE '' END AS check_note
FROM people m
LEFT JOIN held f ON f.member_key = m.member_key AND f.product = 'fire'
WHERE m.status IN ('active', 'leave')   -- 在職中である
  AND m.leaving_on >= :as_of            -- 退職日が基準日以後である
  AND m.leaving_on <= :fiscal_year_end  -- 退職日が年度末({fiscal_year_end})以前である
  AND f.contract_key IS NOT NULL        -- 火災共済に加入している
