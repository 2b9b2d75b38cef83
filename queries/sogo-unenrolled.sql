/*---
title = "総合共済未加入"
offers = "sogo"
plan = ["1(2)総合①"]
priority = 26
document = "総合共済のご案内と申込書"
reason = "採用{hired_year_no}年目({hired_fiscal_year}年度採用)・{age}歳、総合共済に未加入"
hint = "採用{hired_year_no}年目"
---*/
SELECT m.member_key
FROM people m
JOIN unions u ON u.union_code = m.union_code
WHERE m.status IN ('active', 'leave')       -- 在職中である
  AND u.sogo_participation = 'yes'          -- 総合共済に取り組んでいる単組にいる
  AND NOT EXISTS (SELECT 1 FROM enrolled e  -- 総合共済に加入していない(申込中を含む)
                  WHERE e.member_key = m.member_key AND e.product = 'sogo')
