/*---
title = "家族未加入"
offers = "group_life"
plan = ["1(2)団生②コ", "3(2)②イ"]
priority = 48
document = "団体生命共済 ご家族向けのご案内"
reason = "家族{family_size}人、団体生命共済にご本人は加入中、ご家族に未加入の方がいます{spouse_note}{children_note}"
hint = ""
---*/
SELECT m.member_key,
       g.contract_key,
       CASE WHEN m.spouse = 'yes' AND NOT EXISTS (
                      SELECT 1 FROM family_contracts f
                      WHERE f.member_key = m.member_key AND f.product = 'group_life' AND f.insured = 'spouse')
            THEN '(配偶者)' ELSE '' END AS spouse_note,
       CASE WHEN m.children > (SELECT COUNT(f.contract_key) FROM family_contracts f
                               WHERE f.member_key = m.member_key AND f.product = 'group_life' AND f.insured = 'child')
            THEN '(お子さん)' ELSE '' END AS children_note
FROM people m
LEFT JOIN held g ON g.member_key = m.member_key AND g.product = 'group_life'
WHERE m.status IN ('active', 'leave')       -- 在職中である
  AND g.contract_key IS NOT NULL            -- 団体生命共済に加入している
  AND NOT EXISTS (SELECT 1 FROM enrolled e  -- 団体生命共済の申込中でない(だれの分の申込か分からないため)
                  WHERE e.member_key = COALESCE(g.member_key, m.member_key) AND e.product = 'group_life' AND e.state = 'applied')
  AND ((m.spouse = 'yes'                    -- 配偶者がいて配偶者の団体生命共済がないか、子の人数が子の団体生命共済の件数より多い(発効前を含む)
        AND NOT EXISTS (SELECT 1 FROM family_contracts f
                        WHERE f.member_key = m.member_key AND f.product = 'group_life' AND f.insured = 'spouse'))
       OR m.children > (SELECT COUNT(f.contract_key) FROM family_contracts f
                        WHERE f.member_key = m.member_key AND f.product = 'group_life' AND f.insured = 'child'))
