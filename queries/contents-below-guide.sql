/*---
title = "家財保障 めやす不足"
offers = "fire"
plan = ["1(2)火災ウ"]
priority = 54
needs_guide = "contents"
document = "住まいる共済 家財保障のめやすのご案内"
reason = "火災共済(家財){units_held}口、{age}歳・家族{family_size}人のめやす{guide_units}口より少なめです"
hint = "住まい更新{renewal_month}月"
---*/
SELECT m.member_key,
       f.contract_key,
       (SELECT SUM(h.units) FROM held h
        WHERE h.member_key = m.member_key AND h.product = 'fire' AND h.type = '家財') AS units_held,
       (SELECT x.contents_units FROM fitting_guides x WHERE x.member_key = m.member_key) AS guide_units
FROM people m
LEFT JOIN held f ON f.member_key = m.member_key AND f.product = 'fire' AND f.type = '家財'
WHERE m.status IN ('active', 'leave')       -- 在職中である
  AND m.householder = 'yes'                 -- 世帯主である
  AND f.contract_key IS NOT NULL            -- 火災共済のタイプ家財に加入している
  AND NOT EXISTS (SELECT 1 FROM held h      -- そのなかに口数の分からない契約がない
                  WHERE h.member_key = f.member_key AND h.product = 'fire' AND h.type = '家財'
                    AND h.units IS NULL)
  AND (SELECT SUM(h.units) FROM held h      -- 家財の口数の合計が、年齢・家族数・住居区分のめやすより少ない
       WHERE h.member_key = f.member_key AND h.product = 'fire' AND h.type = '家財')
      < (SELECT x.contents_units FROM fitting_guides x WHERE x.member_key = f.member_key)
  AND NOT EXISTS (SELECT 1 FROM enrolled e  -- 火災共済のタイプ住宅家財に加入していない(発効前・申込中を含む。口数が一つで、家財の分が分からないため)
                  WHERE e.member_key = COALESCE(f.member_key, m.member_key) AND e.product = 'fire' AND e.type = '住宅家財')
