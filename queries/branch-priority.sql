/*---
kind = "unions"
title = "団体生命・重点県支部"
plan = ["4③"]
priority = 570

[parameters.least_decrease]
default = 350
meaning = "団体生命共済の保有件数が前年同日より減った件数の下限(件)"

[parameters.national_rate]
meaning = "47県がそろわないときに使う、団体生命共済の全国の減少率(%)"

[columns.held]
heading = "団体生命 保有(件)"
kind = "number"

[columns.before]
heading = "前年同日の保有(件)"
kind = "number"

[columns.decrease]
heading = "減った数(件)"
kind = "number"

[columns.rate]
heading = "減少率"
kind = "percent"

[columns.national]
heading = "全国の減少率"
kind = "percent"
---*/
SELECT p.pref,
       f.group_life_contracts AS held,
       f.group_life_contracts_before AS before,
       f.group_life_contracts_before - f.group_life_contracts AS decrease,
       1.0 * (f.group_life_contracts_before - f.group_life_contracts) / f.group_life_contracts_before AS rate,
       CASE WHEN n.is_whole = 1
            THEN 1.0 * (n.group_life_contracts_before - n.group_life_contracts) / n.group_life_contracts_before
            ELSE CAST(:national_rate AS DOUBLE PRECISION) / 100 END AS national
FROM prefectures p
LEFT JOIN prefecture_figures f ON f.pref = p.pref
LEFT JOIN nation n ON 1 = 1
WHERE (n.is_whole = 1 OR CAST(:national_rate AS DOUBLE PRECISION) IS NOT NULL)
      -- 全国の減少率が分かる(47県すべてのデータがあるか、national_rate が設定されている)
  AND f.group_life_contracts_before - f.group_life_contracts >= :least_decrease
      -- 団体生命共済の保有件数が、前年同日より{least_decrease}件以上減った
  AND CASE WHEN n.is_whole = 1   -- 減少率が全国の減少率を上回る
           THEN (f.group_life_contracts_before - f.group_life_contracts) * n.group_life_contracts_before
                > (n.group_life_contracts_before - n.group_life_contracts) * f.group_life_contracts_before
           ELSE (f.group_life_contracts_before - f.group_life_contracts) * 100
                > f.group_life_contracts_before * CAST(:national_rate AS DOUBLE PRECISION) END
