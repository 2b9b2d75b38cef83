/*---
title = "火災共済のみ加入"
offers = "natural_disaster"
plan = ["1(2)火災オ"]
priority = 30
document = "自然災害共済のご案内(住まいの保障の見直し)"
reason = "{contract_names}に加入中、自然災害共済が付いていません"
hint = "住まい更新{renewal_month}月"
---*/
SELECT m.member_key,
       f.contract_key
FROM people m
LEFT JOIN held f ON f.member_key = m.member_key AND f.product = 'fire'
WHERE m.status IN ('active', 'leave')                -- 在職中である
  AND f.contract_key IS NOT NULL                     -- 火災共済に加入している
  AND NOT EXISTS (SELECT 1 FROM enrolled n           -- その火災共済に自然災害共済が付いていない(申込中を含む)
                  WHERE n.product = 'natural_disaster' AND n.main_contract_key = f.contract_key)
  AND NOT EXISTS (SELECT 1 FROM enrolled n           -- 主契約番号が空の自然災害共済がない(申込中を含む)
                  WHERE n.product = 'natural_disaster' AND n.member_key = COALESCE(f.member_key, m.member_key)
                    AND n.main_contract_key IS NULL)
