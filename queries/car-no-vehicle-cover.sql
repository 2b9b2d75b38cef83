/*---
title = "車両損害補償 未付帯"
offers = "vehicle_damage"
plan = ["1(2)車②", "1(2)車⑤"]
priority = 46
document = "車両損害補償のご案内"
reason = "{contract_names}に加入中({contract_count}台)、車両損害補償が付いていません"
hint = ""
---*/
SELECT m.member_key,
       c.contract_key
FROM people m
LEFT JOIN held c ON c.member_key = m.member_key AND c.product = 'my_car'
WHERE m.status IN ('active', 'leave')       -- 在職中である
  AND c.contract_key IS NOT NULL            -- マイカー共済に加入している
  AND NOT EXISTS (SELECT 1 FROM enrolled v  -- そのマイカー共済に車両損害補償が付いていない(申込中を含む)
                  WHERE v.product = 'vehicle_damage' AND v.main_contract_key = c.contract_key)
  AND NOT EXISTS (SELECT 1 FROM enrolled v  -- 主契約番号が空の車両損害補償がない(申込中を含む)
                  WHERE v.product = 'vehicle_damage' AND v.member_key = COALESCE(c.member_key, m.member_key)
                    AND v.main_contract_key IS NULL)
