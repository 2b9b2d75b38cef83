/*---
title = "介護保障"
offers = "care"
plan = ["1(2)介護"]
priority = 62
document = "介護保障のご案内"
reason = "{age}歳・団体生命共済に加入中、介護保障に未加入"
hint = ""

[parameters.care_min_age]
default = 40
meaning = "介護保障を勧める下限の年齢(歳)"

[parameters.care_max_age]
default = 64
meaning = "介護保障を勧める上限の年齢(歳)"

[dates]
care_born_to = "latest_birth(care_min_age)"
care_born_from = "earliest_birth(care_max_age)"
---*/
SELECT m.member_key,
       g.contract_key
FROM people m
LEFT JOIN held g ON g.member_key = m.member_key AND g.product = 'group_life'
WHERE m.status IN ('active', 'leave')       -- 在職中である
  AND m.born_on <= :care_born_to            -- {care_min_age}歳以上である
  AND m.born_on >= :care_born_from          -- {care_max_age}歳以下である
  AND g.contract_key IS NOT NULL            -- 団体生命共済に加入している
  AND NOT EXISTS (SELECT 1 FROM enrolled e  -- 介護保障に加入していない(申込中を含む)
                  WHERE e.member_key = COALESCE(g.member_key, m.member_key) AND e.product = 'care')
