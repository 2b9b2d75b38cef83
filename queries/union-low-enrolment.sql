/*---
kind = "unions"
title = "加入率の低い単組"
plan = ["3(5)①イ"]
priority = 530

[parameters.low_rate]
default = 30
meaning = "加入率がこれより低い単組(%)"

[columns.in_service]
heading = "在職者(人)"
kind = "number"

[columns.enrolled]
heading = "団体生命の加入者(人)"
kind = "number"

[columns.rate]
heading = "加入率"
kind = "percent"
---*/
SELECT u.union_code,
       f.in_service,
       f.group_life_people AS enrolled,
       1.0 * f.group_life_people / f.in_service AS rate
FROM unions u
LEFT JOIN union_figures f ON f.union_code = u.union_code
WHERE f.group_life_people * 100 < f.in_service * :low_rate   -- 団体生命共済の加入率が{low_rate}%未満である
