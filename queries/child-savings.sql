/*---
title = "こども満期金付"
offers = "child_maturity"
plan = ["1(2)こども"]
priority = 58
document = "こども保障満期金付タイプのご案内"
reason = "末子{youngest_age}歳・団体生命共済に加入中、こども保障満期金付タイプに未加入"
hint = ""

[parameters.child_max_age]
default = 12
meaning = "こども保障満期金付タイプを勧める末子の上限の年齢(歳)"

[dates]
child_born_from = "earliest_birth(child_max_age)"
---*/
SELECT m.member_key,
       g.contract_key
FROM people m
LEFT JOIN family_held g ON g.member_key = m.member_key AND g.product = 'group_life'
                       AND (g.insured IS NULL OR g.insured IN ('self', 'child'))
WHERE m.status IN ('active', 'leave')         -- 在職中である
  AND m.youngest_born_on >= :child_born_from  -- 末子が{child_max_age}歳以下である
  AND g.contract_key IS NOT NULL              -- 本人か子の団体生命共済に加入している
  AND NOT EXISTS (SELECT 1 FROM enrolled e    -- こども保障満期金付タイプに加入していない(申込中を含む)
                  WHERE e.member_key = m.member_key AND e.product = 'child_maturity')
