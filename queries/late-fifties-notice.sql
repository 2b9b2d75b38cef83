/*---
title = "50代後半 退職後制度の周知"
offers = "retiree_group_life"
plan = ["1(2)団生ソ"]
priority = 80
discreet = true
document = "じちろう共済 これからの制度のご案内"
reason = "{age}歳・{leaving_on}退職見込み、団体生命共済に加入中、退職後の制度のご案内"
hint = ""

[parameters.late_fifties_min_age]
default = 55
meaning = "50代後半とみなす下限の年齢(歳)"

[parameters.late_fifties_max_age]
default = 59
meaning = "50代後半とみなす上限の年齢(歳)"

[dates]
late_fifties_born_to = "latest_birth(late_fifties_min_age)"
late_fifties_born_from = "earliest_birth(late_fifties_max_age)"
---*/
SELECT m.member_key,
       g.contract_key
FROM people m
LEFT JOIN held g ON g.member_key = m.member_key AND g.product = 'group_life'
WHERE m.status IN ('active', 'leave')       -- 在職中である
  AND m.born_on <= :late_fifties_born_to    -- {late_fifties_min_age}歳以上である
  AND m.born_on >= :late_fifties_born_from  -- {late_fifties_max_age}歳以下である
  AND g.contract_key IS NOT NULL            -- 団体生命共済に加入している
  AND m.leaving_on > :fiscal_year_end       -- 退職日が年度末({fiscal_year_end})より後である
