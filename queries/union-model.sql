/*---
kind = "unions"
title = "モデル単組 目標と未加入者"
plan = ["3(6)①ア"]
priority = 540

[columns.target]
heading = "団体生命 保有目標(件)"
kind = "number"

[columns.held]
heading = "団体生命 保有(件)"
kind = "number"

[columns.shortfall]
heading = "目標まで(件)"
kind = "number"

[columns.listed]
heading = "ご案内できる未加入者(人)"
kind = "number"
lists = ["young-unenrolled", "new-hire-unenrolled", "group-life-unenrolled", "fiscal-year-staff"]

[columns.remark]
heading = "注意"
kind = "text"
---*/
SELECT u.union_code,
       f.group_life_target AS target,
       f.group_life_contracts AS held,
       CASE WHEN f.group_life_target > f.group_life_contracts THEN f.group_life_target - f.group_life_contracts
            WHEN f.group_life_target IS NOT NULL THEN 0 END AS shortfall,
       CASE WHEN f.group_life_target IS NULL
            THEN 'この事業年度の団体生命共済の保有目標(件数)が取り込まれていません' ELSE '' END AS remark
FROM unions u
LEFT JOIN union_figures f ON f.union_code = u.union_code
WHERE u.model_union = 'yes'   -- モデル単組である
