/*---
title = "長期共済・税制適格年金 未加入"
offers = "long_term"
plan = ["1(2)長期①イ", "3(1)①キ", "3(1)②ウ"]
priority = 56
document = "長期共済・税制適格年金のご案内"
reason = "{age}歳・団体生命共済に加入中、長期共済・税制適格年金に未加入"
hint = ""

[parameters.pension_max_age]
default = 54
meaning = "長期共済・税制適格年金を勧める上限の年齢(歳)"

[dates]
pension_born_from = "earliest_birth(pension_max_age)"
---*/
SELECT m.member_key,
       g.contract_key
FROM people m
LEFT JOIN held g ON g.member_key = m.member_key AND g.product = 'group_life'
WHERE m.status IN ('active', 'leave')       -- 在職中である
  AND m.born_on >= :pension_born_from       -- {pension_max_age}歳以下である
  AND g.contract_key IS NOT NULL            -- 団体生命共済に加入している
  AND NOT EXISTS (SELECT 1 FROM enrolled e  -- 長期共済にも税制適格年金にも加入していない(申込中を含む)
                  WHERE e.member_key = COALESCE(g.member_key, m.member_key) AND e.product IN ('long_term', 'tax_pension'))
