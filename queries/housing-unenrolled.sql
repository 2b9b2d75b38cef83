/*---
title = "住まいる共済未加入"
offers = "fire"
plan = ["1(2)火災カ"]
priority = 32
document = "住まいる共済のご案内"
reason = "{age}歳・{contract_names}に加入中、住まいる共済(火災共済・自然災害共済)に未加入"
hint = ""
---*/
SELECT m.member_key,
       s.contract_key
FROM people m
LEFT JOIN held s ON s.member_key = m.member_key AND s.product = 'sogo'
WHERE m.status IN ('active', 'leave')       -- 在職中である
  AND s.contract_key IS NOT NULL            -- 総合共済に加入している
  AND NOT EXISTS (SELECT 1 FROM enrolled e  -- 火災共済に加入していない(申込中を含む)
                  WHERE e.member_key = m.member_key AND e.product = 'fire')
  AND NOT EXISTS (SELECT 1 FROM enrolled e  -- 自然災害共済に加入していない(申込中を含む)
                  WHERE e.member_key = m.member_key AND e.product = 'natural_disaster')
