/*---
title = "他制度解約防止 マイカー案内"
offers = "my_car"
plan = ["3(3)②ウ"]
priority = 72
document = "マイカー共済 団体割引のご案内"
reason = "{contract_names}に{enrolled_on}から加入中、マイカー共済に未加入"
hint = ""

[parameters.tenure_years]
default = 3
meaning = "長く加入しているとみなす年数(年)"

[dates]
tenure_from = "years_before(tenure_years)"
---*/
SELECT m.member_key,
       c.contract_key,
       c.effective_on AS enrolled_on
FROM people m
LEFT JOIN held c ON c.member_key = m.member_key AND c.product IN ('group_life', 'long_term')
WHERE m.status IN ('active', 'leave')       -- 在職中である
  AND c.contract_key IS NOT NULL            -- 団体生命共済か長期共済に加入している
  AND c.effective_on <= :tenure_from        -- その発効日が{tenure_years}年前の日({tenure_from})以前である
  AND NOT EXISTS (SELECT 1 FROM enrolled e  -- マイカー共済に加入していない(申込中を含む)
                  WHERE e.member_key = COALESCE(c.member_key, m.member_key) AND e.product = 'my_car')
