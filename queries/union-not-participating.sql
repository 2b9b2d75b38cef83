/*---
kind = "unions"
title = "総合共済 未取り組み単組"
plan = ["1(2)総合イ", "3(7)①", "3(7)②"]
priority = 510

[columns.merged]
heading = "産別統合"
kind = "text"

[columns.in_service]
heading = "在職者(人)"
kind = "number"
---*/
SELECT u.union_code,
       CASE WHEN u.kind = 'merged' THEN '産別統合' ELSE '' END AS merged,
       f.in_service
FROM unions u
LEFT JOIN union_figures f ON f.union_code = u.union_code
WHERE u.sogo_participation = 'no'   -- 総合共済取組が無である
