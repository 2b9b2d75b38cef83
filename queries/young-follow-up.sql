/*---
title = "若年加入者フォロー"
offers = "group_life"
plan = ["1(2)団生キ", "3(1)③"]
priority = 82
document = "団体生命共済 制度のご案内"
reason = "採用{hired_year_no}年目・{age}歳、団体生命共済に{enrolled_on}から加入中、加入後のご説明"
hint = "採用{hired_year_no}年目"

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
       g.contract_key,
       g.effective_on AS enrolled_on
FROM people m
LEFT JOIN held g ON g.member_key = m.member_key AND g.product = 'group_life'
WHERE m.status IN ('active', 'leave')          -- 在職中である
  AND (m.born_on >= :young_born_from OR m.hired_year_no <= :follow_up_max_year_no)  -- {young_max_age}歳以下か、採用{follow_up_max_year_no}年目以下である
  AND (SELECT MIN(h.effective_on) FROM held h  -- 加入中の団体生命共済の最も早い発効日が{follow_up_first_day}以後である
       WHERE h.member_key = m.member_key AND h.product = 'group_life') >= :follow_up_first_day
  AND (SELECT MIN(h.effective_on) FROM held h  -- 加入中の団体生命共済の最も早い発効日が{follow_up_last_day}以前である
       WHERE h.member_key = m.member_key AND h.product = 'group_life') <= :follow_up_last_day
