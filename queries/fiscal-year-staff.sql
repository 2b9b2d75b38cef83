/*---
title = "会計年度任用職員 未加入"
offers = "group_life"
plan = ["1(2)団生タ", "3(4)"]
priority = 22
document = "団体生命共済のご案内と申込書"
reason = "{staff}・採用{hired_year_no}年目、団体生命共済に未加入{menu}"
hint = ""
---*/
SELECT m.member_key,
       CASE m.employment WHEN 'fiscal_year' THEN '会計年度任用職員' ELSE '臨時・非常勤' END AS staff,
       CASE WHEN u.group_life_menu LIKE '%standard%' AND u.group_life_menu LIKE '%small%' THEN '(通常・小口型メニューあり)'
            WHEN u.group_life_menu LIKE '%standard%' THEN '(通常メニューあり)'
            WHEN u.group_life_menu LIKE '%small%' THEN '(小口型メニューあり)'
            ELSE '' END AS menu
FROM people m
JOIN unions u ON u.union_code = m.union_code
WHERE m.status IN ('active', 'leave')               -- 在職中である
  AND m.employment IN ('fiscal_year', 'temporary')  -- 会計年度任用職員か臨時・非常勤である
  AND NOT EXISTS (SELECT 1 FROM enrolled e          -- 団体生命共済に加入していない(申込中を含む)
                  WHERE e.member_key = m.member_key AND e.product = 'group_life')
