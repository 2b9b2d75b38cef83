/*---
title = "自転車賠償 未付帯"
offers = "my_car"
plan = ["1(2)車カ"]
priority = 66
document = "自転車賠償責任補償のご案内"
reason = "{contract_names}に加入中、自転車賠償の特約が付いていません"
hint = ""
---*/
SELECT m.member_key,
       c.contract_key
FROM people m
LEFT JOIN held c ON c.member_key = m.member_key AND c.product = 'my_car'
WHERE m.status IN ('active', 'leave')       -- 在職中である
  AND c.contract_key IS NOT NULL            -- マイカー共済に加入している
  AND NOT EXISTS (SELECT 1 FROM enrolled e  -- 特約「自転車賠償」の付いたマイカー共済がない(発効前を含む)
                  WHERE e.member_key = COALESCE(c.member_key, m.member_key) AND e.product = 'my_car'
                    AND e.riders LIKE '%;自転車賠償;%')
