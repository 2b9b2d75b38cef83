/*---
title = "新規採用者 団体生命未加入"
offers = "group_life"
plan = ["1(2)団生イ", "1(2)団生ウ", "1(2)団生エ", "3(1)①"]
priority = 18
document = "団体生命共済のご案内と申込書"
reason = "採用{hired_year_no}年目({hired_fiscal_year}年度採用)・{age}歳、団体生命共済に未加入{menu}"
hint = "採用{hired_year_no}年目"
---*/
SELECT m.member_key,
       CASE WHEN u.group_life_menu LIKE '%young%' THEN '(若年層型メニューあり)' ELSE '' END AS menu
FROM people m
JOIN unions u ON u.union_code = m.union_code
WHERE m.status IN ('active', 'leave')       -- 在職中である
  AND m.employment = 'regular'              -- 正規職員である
  AND m.hired_year_no = 1                   -- 採用1年目である
  AND NOT EXISTS (SELECT 1 FROM enrolled e  -- 団体生命共済に加入していない(申込中を含む)
                  WHERE e.member_key = m.member_key AND e.product = 'group_life')
