/*---
title = "マイカー共済未加入"
offers = "my_car"
plan = ["1(2)車①", "3(1)①ク"]
priority = 44
document = "マイカー共済のご案内と掛金見積依頼書"
reason = "{age}歳・{contract_names}に加入中、マイカー共済に未加入"
hint = ""
---*/
SELECT m.member_key,
       s.contract_key
FROM people m
LEFT JOIN held s ON s.member_key = m.member_key AND s.product = 'sogo'
WHERE m.status IN ('active', 'leave')       -- 在職中である
  AND s.contract_key IS NOT NULL            -- 総合共済に加入している
  AND NOT EXISTS (SELECT 1 FROM enrolled e  -- マイカー共済に加入していない(申込中を含む)
                  WHERE e.member_key = m.member_key AND e.product = 'my_car')
