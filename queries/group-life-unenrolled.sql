/*---
title = "団体生命未加入(若年層以外)"
offers = "group_life"
plan = ["1(2)団生ケ", "3(2)①ア"]
priority = 24
document = "団体生命共済のご案内と申込書"
reason = "{age}歳・採用{hired_year_no}年目、団体生命共済に未加入"
hint = ""

[parameters.young_max_age]
default = 35
meaning = "若年層とみなす上限の年齢(歳)"

[dates]
young_born_from = "earliest_birth(young_max_age)"
---*/
SELECT m.member_key
FROM people m
WHERE m.status IN ('active', 'leave')       -- 在職中である
  AND m.employment = 'regular'              -- 正規職員である
  AND m.born_on < :young_born_from          -- {young_max_age}歳より上である
  AND NOT EXISTS (SELECT 1 FROM enrolled e  -- 団体生命共済に加入していない(申込中を含む)
                  WHERE e.member_key = m.member_key AND e.product = 'group_life')
