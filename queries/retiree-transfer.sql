/*---
title = "退職者団体生命 移行対象"
offers = "retiree_group_life"
plan = ["1(2)団生セ", "3(3)①ア"]
priority = 10
discreet = true
document = "退職者団体生命共済のご案内と移行申込書"
reason = "{leaving_on}退職予定、団体生命共済に加入中のため退職者団体生命共済へ移行できます{check_note}"
hint = ""

[parameters.leaving_by]
default = "fiscal_year_end"
meaning = "この日までに退職する人"

[parameters.max_age_at_leaving]
default = 84
meaning = "移行できる退職日の年齢の上限(歳)"
---*/
SELECT m.member_key,
       g.contract_key,
       CASE WHEN m.after_leaving = 'undecided' THEN '(要確認: 退職後区分が未定)'
            WHEN m.after_leaving IS NULL THEN '(要確認: 退職後区分が空欄)'
            WHEN m.leaving_guessed = 1 THEN '(要確認: 退職予定日が名簿になく、年度末と仮定)'
            ELSE '' END AS check_note
FROM people m
LEFT JOIN held g ON g.member_key = m.member_key AND g.product = 'group_life'
WHERE m.status IN ('active', 'leave')                              -- 在職中である
  AND m.leaving_on <= :leaving_by                                  -- 退職日が{leaving_by}以前である
  AND m.leaving_on >= :as_of                                       -- 退職日が基準日以後である
  AND (m.after_leaving IS NULL OR m.after_leaving IN ('complete', 'undecided'))  -- 退職後区分が完全離脱・未定・空欄のどれかである
  AND g.contract_key IS NOT NULL                                   -- 団体生命共済に加入している
  AND (g.ended_on >= m.leaving_on                                  -- その契約が退職日まで続く
       OR (g.ended_on IS NULL AND g.contract_key IS NOT NULL))
  AND NOT EXISTS (SELECT 1 FROM enrolled e                         -- 退職者団体生命共済に加入していない(申込中を含む)
                  WHERE e.member_key = COALESCE(g.member_key, m.member_key) AND e.product = 'retiree_group_life')
  AND m.age_at_leaving <= :max_age_at_leaving                      -- 退職日に{max_age_at_leaving}歳以下である
