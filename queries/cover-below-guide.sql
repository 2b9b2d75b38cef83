/*---
title = "保障額めやす不足"
offers = "group_life"
plan = ["1(2)団生コ", "3(2)②ア"]
priority = 50
needs_guide = "group_life"
document = "団体生命共済 保障のめやすのご案内"
reason = "団体生命共済{units_held}口、{age}歳・家族{family_size}人のめやす{guide_units}口より少なめです"
hint = ""
---*/
SELECT m.member_key,
       g.contract_key,
       (SELECT SUM(h.units) FROM held h
        WHERE h.member_key = m.member_key AND h.product = 'group_life') AS units_held,
       (SELECT f.group_life_units FROM fitting_guides f WHERE f.member_key = m.member_key) AS guide_units
FROM people m
LEFT JOIN held g ON g.member_key = m.member_key AND g.product = 'group_life'
WHERE m.status IN ('active', 'leave')   -- 在職中である
  AND g.contract_key IS NOT NULL        -- 団体生命共済に加入している
  AND NOT EXISTS (SELECT 1 FROM held h  -- そのなかに口数の分からない契約がない
                  WHERE h.member_key = g.member_key AND h.product = 'group_life' AND h.units IS NULL)
  AND (SELECT SUM(h.units) FROM held h  -- 口数の合計が、年齢と家族数のめやすより少ない
       WHERE h.member_key = g.member_key AND h.product = 'group_life')
      < (SELECT f.group_life_units FROM fitting_guides f WHERE f.member_key = g.member_key)
