/*---
title = "住宅・家財の片方のみ"
offers = "fire"
plan = ["1(2)火災ウ"]
priority = 52
document = "住まいる共済 住宅と家財のご案内"
reason = "持家・{contract_names}に加入中、{missing}の保障がありません"
hint = "住まい更新{renewal_month}月"
---*/
SELECT m.member_key,
       f.contract_key,
       CASE f.type WHEN '住宅' THEN '家財' ELSE '住宅' END AS missing
FROM people m
LEFT JOIN held f ON f.member_key = m.member_key AND f.product = 'fire'
                AND f.type IN ('住宅', '家財')
WHERE m.status IN ('active', 'leave')       -- 在職中である
  AND m.dwelling = 'owned'                  -- 住居区分が持家である
  AND f.contract_key IS NOT NULL            -- 火災共済のタイプ住宅か家財に加入している
  AND NOT EXISTS (SELECT 1 FROM enrolled e  -- もう片方のタイプ(住宅と家財)に加入していない(発効前・申込中を含む)
                  WHERE e.member_key = COALESCE(f.member_key, m.member_key) AND e.product = 'fire'
                    AND e.type IN ('住宅', '家財') AND e.type <> f.type)
  AND NOT EXISTS (SELECT 1 FROM enrolled e  -- 火災共済のタイプ住宅家財に加入していない(発効前・申込中を含む)
                  WHERE e.member_key = COALESCE(f.member_key, m.member_key) AND e.product = 'fire' AND e.type = '住宅家財')
