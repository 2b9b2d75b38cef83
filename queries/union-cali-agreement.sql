/*---
kind = "unions"
title = "自賠責 協定未締結単組"
plan = ["1(2)自賠イ"]
priority = 550

[columns.in_service]
heading = "在職者(人)"
kind = "number"

[columns.my_car]
heading = "マイカー共済 保有(件)"
kind = "number"
---*/
SELECT u.union_code,
       f.in_service,
       f.my_car
FROM unions u
LEFT JOIN union_figures f ON f.union_code = u.union_code
WHERE u.cali_agreement = 'no'   -- 自賠責協定が無である
