/*---
title = "経過掛金の説明"
offers = "group_life"
plan = ["1(2)団生ク"]
priority = 84
document = "団体生命共済 掛金のご案内"
reason = "{age}歳・団体生命共済に{enrolled_on}から加入中、経過掛金のご説明"
hint = ""

[parameters.notice_min_age]
default = 50
meaning = "経過掛金を説明する下限の年齢(歳)"

[parameters.notice_before]
default = "2022-06-01"
meaning = "経過掛金を説明する人の加入日の境(これより前に加入した人、新制度の始まった日)"

[dates]
notice_born_to = "latest_birth(notice_min_age)"
---*/
SELECT m.member_key,
       g.contract_key,
       g.effective_on AS enrolled_on
FROM people m
LEFT JOIN held g ON g.member_key = m.member_key AND g.product = 'group_life'
WHERE m.status IN ('active', 'leave')          -- 在職中である
  AND m.born_on <= :notice_born_to             -- {notice_min_age}歳以上である
  AND (SELECT MIN(h.effective_on) FROM held h  -- 加入中の団体生命共済の最も早い発効日が{notice_before}より前である
       WHERE h.member_key = m.member_key AND h.product = 'group_life') < :notice_before
