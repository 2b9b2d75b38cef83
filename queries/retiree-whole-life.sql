/*---
title = "終身保障の案内"
offers = "post_retirement"
plan = ["1(2)退後ウ"]
priority = 15
discreet = true
document = "じちろう共済 終身保障のご案内"
reason = "{leaving_on}退職予定、長期共済に加入中、退職後共済の終身保障を選べます{check_note}"
hint = ""
---*/
SELECT m.member_key,
       p.contract_key,
       CASE WHEN m.leaving_guessed = 1 THEN '(要確認: 退職予定日が名簿になく、年度末と仮定)' ELSE '' END AS check_note
FROM people m
LEFT JOIN held p ON p.member_key = m.member_key AND p.product = 'long_term'
WHERE m.status IN ('active', 'leave')       -- 在職中である
  AND m.leaving_on >= :as_of                -- 退職日が基準日以後である
  AND m.leaving_on <= :fiscal_year_end      -- 退職日が年度末({fiscal_year_end})以前である
  AND p.contract_key IS NOT NULL            -- 長期共済に加入している
  AND NOT EXISTS (SELECT 1 FROM enrolled e  -- 退職後共済のタイプ終身に加入していない(発効前・申込中を含む)
                  WHERE e.member_key = COALESCE(p.member_key, m.member_key) AND e.product = 'post_retirement' AND e.type = '終身')
