/*---
title = "長期・税制適格年金 継続の説明"
offers = "long_term"
plan = ["3(3)②イ"]
priority = 86
document = "長期共済・税制適格年金 継続のご案内"
reason = "{age}歳・{contract_names}に加入中({contract_count}件)、継続のご説明"
hint = ""
---*/
SELECT m.member_key,
       p.contract_key
FROM people m
LEFT JOIN held p ON p.member_key = m.member_key AND p.product IN ('long_term', 'tax_pension')
WHERE m.status IN ('active', 'leave')  -- 在職中である
  AND p.contract_key IS NOT NULL       -- 長期共済か税制適格年金に加入している
