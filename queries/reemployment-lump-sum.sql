/*---
title = "再任用予定 随時払"
offers = "long_term"
plan = ["1(2)長期ウ"]
priority = 12
discreet = true
document = "長期共済 随時払のご案内"
reason = "{leaving_on}退職予定・再任用予定、{contract_names}に加入中、退職金を随時払に使えます"
hint = ""
---*/
SELECT m.member_key,
       p.contract_key
FROM people m
LEFT JOIN held p ON p.member_key = m.member_key AND p.product IN ('long_term', 'tax_pension')
WHERE m.status IN ('active', 'leave')   -- 在職中である
  AND m.leaving_on >= :as_of            -- 退職日が基準日以後である
  AND m.leaving_on <= :fiscal_year_end  -- 退職日が年度末({fiscal_year_end})以前である
  AND m.after_leaving = 'reemployment'  -- 退職後区分が再任用予定である
  AND p.contract_key IS NOT NULL        -- 長期共済か税制適格年金に加入している
