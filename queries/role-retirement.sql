/*---
title = "役職定年 継続案内"
offers = "group_life"
plan = ["計画のほか(2024年11月の全国集会で重点とされた)"]
priority = 16
discreet = true
document = "団体生命共済 継続のご案内"
reason = "今年度に{age_in_fiscal_year}歳・団体生命共済に加入中、継続のご案内"
hint = ""

[parameters.role_retirement_age]
default = 60
meaning = "役職定年の年齢(歳)"
---*/
SELECT m.member_key,
       g.contract_key
FROM people m
LEFT JOIN held g ON g.member_key = m.member_key AND g.product = 'group_life'
WHERE m.status IN ('active', 'leave')              -- 在職中である
  AND m.employment = 'regular'                     -- 正規職員である
  AND m.age_in_fiscal_year = :role_retirement_age  -- {role_retirement_age}歳の誕生日の前日が基準日の年度にある
  AND g.contract_key IS NOT NULL                   -- 団体生命共済に加入している
