/*---
kind = "unions"
title = "同時加入 未実現単組"
plan = ["1(2)団生エ", "3(1)①オ"]
priority = 520

[columns.new_hires]
heading = "正規の採用1年目(人)"
kind = "number"

[columns.enrolled]
heading = "うち団体生命に加入・申込中(人)"
kind = "number"

[columns.unenrolled]
heading = "うち未加入(人)"
kind = "number"

[columns.rate]
heading = "同時加入率"
kind = "percent"
---*/
SELECT u.union_code,
       f.new_hires,
       f.new_hires - f.new_hires_unenrolled AS enrolled,
       f.new_hires_unenrolled AS unenrolled,
       1.0 * (f.new_hires - f.new_hires_unenrolled) / f.new_hires AS rate
FROM unions u
LEFT JOIN union_figures f ON f.union_code = u.union_code
WHERE f.new_hires_unenrolled > 0   -- 正規の採用1年目に、団体生命共済に加入していない(申込中でもない)人がいる
