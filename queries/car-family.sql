/*---
title = "同居家族の自動車"
offers = "my_car"
plan = ["1(2)車②エ"]
priority = 68
document = "マイカー共済 ご家族の車のご案内"
reason = "家族{family_size}人・マイカー共済に1台加入中、同居のご家族の車も団体割引で加入できます"
hint = ""

[parameters.adult_child_min_age]
default = 18
meaning = "末子が車に乗るとみなす下限の年齢(歳)"

[dates]
adult_child_born_to = "latest_birth(adult_child_min_age)"
---*/
SELECT m.member_key,
       c.contract_key
FROM people m
LEFT JOIN held c ON c.member_key = m.member_key AND c.product = 'my_car'
WHERE m.status IN ('active', 'leave')           -- 在職中である
  AND (m.spouse = 'yes' OR m.youngest_born_on <= :adult_child_born_to)  -- 配偶者がいるか、末子が{adult_child_min_age}歳以上である
  AND c.contract_key IS NOT NULL                -- マイカー共済に加入している
  AND NOT EXISTS (SELECT 1 FROM enrolled e      -- ほかにマイカー共済がない(発効前・申込中を含む)
                  WHERE e.member_key = m.member_key AND e.product = 'my_car'
                    AND (e.contract_key IS NULL OR e.contract_key <> c.contract_key))
