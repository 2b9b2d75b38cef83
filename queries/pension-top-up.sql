/*---
title = "年金増口"
offers = "long_term"
plan = ["1(2)長期エ"]
priority = 70
document = "長期共済・税制適格年金 制度のご案内"
reason = "{age}歳・{contract_names}に合わせて{units_held}口加入中、増口のご案内"
hint = ""

[parameters.top_up_max_units]
default = 5
meaning = "増口を勧める口数の上限(口、長期共済と税制適格年金の合計)"
---*/
SELECT m.member_key,
       p.contract_key,
       (SELECT SUM(h.units) FROM held h
        WHERE h.member_key = m.member_key AND h.product IN ('long_term', 'tax_pension')) AS units_held
FROM people m
LEFT JOIN held p ON p.member_key = m.member_key AND p.product IN ('long_term', 'tax_pension')
WHERE m.status IN ('active', 'leave')   -- 在職中である
  AND p.contract_key IS NOT NULL        -- 長期共済か税制適格年金に加入している
  AND NOT EXISTS (SELECT 1 FROM held h  -- そのなかに口数の分からない契約がない
                  WHERE h.member_key = p.member_key AND h.product IN ('long_term', 'tax_pension')
                    AND h.units IS NULL)
  AND (SELECT SUM(h.units) FROM held h  -- 口数の合計が{top_up_max_units}口以下である
       WHERE h.member_key = p.member_key AND h.product IN ('long_term', 'tax_pension')) <= :top_up_max_units
