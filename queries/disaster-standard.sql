/*---
title = "自然災害 標準タイプ"
offers = "natural_disaster"
plan = ["1(2)火災オ"]
priority = 40
document = "自然災害共済 大型タイプのご案内"
reason = "{contract_names}に加入中、大型タイプにできます"
hint = "住まい更新{renewal_month}月"
---*/
SELECT m.member_key,
       s.contract_key
FROM people m
LEFT JOIN held s ON s.member_key = m.member_key AND s.product = 'natural_disaster' AND s.type = '標準'
WHERE m.status IN ('active', 'leave')                -- 在職中である
  AND s.contract_key IS NOT NULL                     -- 自然災害共済の標準タイプに加入している
  AND NOT EXISTS (SELECT 1 FROM enrolled n           -- 同じ主契約に大型タイプがない(申込中を含む)
                  WHERE n.product = 'natural_disaster' AND n.type = '大型'
                    AND n.main_contract_key = s.main_contract_key)
  AND NOT EXISTS (SELECT 1 FROM enrolled n           -- 主契約番号が空のために、同じ主契約かもしれない大型タイプがない(申込中を含む)
                  WHERE n.product = 'natural_disaster' AND n.type = '大型' AND n.member_key = m.member_key
                    AND (n.main_contract_key IS NULL OR s.main_contract_key IS NULL))
