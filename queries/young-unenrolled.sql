/*---
title = "若年層 団体生命未加入"
offers = "group_life"
plan = ["1(2)団生オ", "1(2)団生カ", "3(1)②ア", "3(1)②イ"]
priority = 20
document = "団体生命共済のご案内と申込書"
reason = "採用{hired_year_no}年目({hired_fiscal_year}年度採用)・{age}歳、団体生命共済に未加入{menu}"
hint = "採用{hired_year_no}年目"

[parameters.young_max_age]
default = 35
meaning = "若年層とみなす上限の年齢(歳)"

[dates]
young_born_from = "earliest_birth(young_max_age)"
---*/
SELECT m.member_key,
       CASE WHEN u.group_life_menu LIKE '%young%' THEN '(若年層型メニューあり)' ELSE '' END AS menu
FROM people m
JOIN unions u ON u.union_code = m.union_code
WHERE m.status IN ('active', 'leave')           -- 在職中である
  AND m.employment = 'regular'                  -- 正規職員である
  AND m.born_on >= :young_born_from             -- {young_max_age}歳以下である
  AND m.hired_on < :fiscal_year_start           -- 採用2年目以降である
  AND NOT EXISTS (SELECT 1 FROM enrolled e      -- 団体生命共済に加入していない(申込中を含む)
                  WHERE e.member_key = m.member_key AND e.product = 'group_life')
