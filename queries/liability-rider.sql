/*---
title = "個人賠償責任 未付帯"
offers = "group_life"
plan = ["1(2)団生ス"]
priority = 64
document = "個人賠償責任共済のご案内"
reason = "{contract_names}に加入中、個人賠償責任の特約が付いていません"
hint = ""
---*/
SELECT m.member_key,
       c.contract_key
FROM people m
LEFT JOIN held c ON c.member_key = m.member_key AND c.product IN ('group_life', 'fire')
WHERE m.status IN ('active', 'leave')       -- 在職中である
  AND c.contract_key IS NOT NULL            -- 団体生命共済か火災共済に加入している
  AND NOT EXISTS (SELECT 1 FROM enrolled e  -- 特約「個人賠償責任」の付いた契約がない(発効前を含む)
                  WHERE e.member_key = COALESCE(c.member_key, m.member_key) AND e.riders LIKE '%;個人賠償責任;%')
