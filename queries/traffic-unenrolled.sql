/*---
title = "交通災害共済未加入"
offers = "traffic"
plan = ["1(2)交通"]
priority = 60
document = "交通災害共済のご案内"
reason = "{age}歳・団体生命共済に加入中、交通災害共済に未加入"
hint = ""
---*/
SELECT m.member_key,
       g.contract_key
FROM people m
LEFT JOIN held g ON g.member_key = m.member_key AND g.product = 'group_life'
WHERE m.status IN ('active', 'leave')       -- 在職中である
  AND g.contract_key IS NOT NULL            -- 団体生命共済に加入している
  AND NOT EXISTS (SELECT 1 FROM enrolled e  -- 交通災害共済に加入していない(申込中を含む)
                  WHERE e.member_key = COALESCE(g.member_key, m.member_key) AND e.product = 'traffic')
