/*---
title = "団体生命 継続の説明"
offers = "group_life"
plan = ["3(3)②ア"]
priority = 88
document = "団体生命共済 継続のご案内"
reason = "{age}歳・{contract_names}に加入中({contract_count}件)、継続のご説明"
hint = ""

[parameters.young_max_age]
default = 35
meaning = "若年層とみなす上限の年齢(歳)"

[parameters.follow_up_max_year_no]
default = 3
meaning = "若年層でなくてもフォローする採用年数の上限(年目)"

[parameters.follow_up_from_months]
default = 6
meaning = "加入から何か月たった人からフォローするか(か月)"

[parameters.follow_up_to_months]
default = 18
meaning = "加入から何か月までの人をフォローするか(か月)"

[dates]
young_born_from = "earliest_birth(young_max_age)"
follow_up_first_day = "months_before(follow_up_to_months)"
follow_up_last_day = "months_before(follow_up_from_months)"
---*/
SELECT m.member_key,
       g.contract_key
FROM people m
LEFT JOIN held g ON g.member_key = m.member_key AND g.product = 'group_life'
WHERE m.status IN ('active', 'leave')  -- 在職中である
  AND g.contract_key IS NOT NULL       -- 団体生命共済に加入している
  AND NOT ((m.born_on >= :young_born_from OR m.hired_year_no <= :follow_up_max_year_no)  -- 若年加入者フォローの対象({young_max_age}歳以下か採用{follow_up_max_year_no}年目以下で、最も早い発効日が{follow_up_first_day}から{follow_up_last_day}まで)ではない
           AND (SELECT MIN(h.effective_on) FROM held h
                WHERE h.member_key = m.member_key AND h.product = 'group_life')
               BETWEEN :follow_up_first_day AND :follow_up_last_day)
