/*---
kind = "unions"
title = "付帯率の低い単組"
plan = ["1(2)火災オ", "1(2)車⑤"]
priority = 560

[parameters.low_disaster_rate]
default = 70
meaning = "自然災害共済の付帯率がこれより低い(%)"

[parameters.low_large_rate]
default = 25
meaning = "大型タイプの割合がこれより低い(%)"

[parameters.low_vehicle_rate]
default = 60.6
meaning = "車両損害補償の付帯率がこれより低い(%)"

[columns.fire]
heading = "火災共済 保有(件)"
kind = "number"

[columns.fire_covered]
heading = "うち自然災害が付くもの(件)"
kind = "number"

[columns.disaster_rate]
heading = "自然災害 付帯率"
kind = "percent"

[columns.natural_disaster]
heading = "自然災害 保有(件)"
kind = "number"

[columns.large]
heading = "うち大型(件)"
kind = "number"

[columns.large_rate]
heading = "大型の割合"
kind = "percent"

[columns.my_car]
heading = "マイカー 保有(件)"
kind = "number"

[columns.my_car_covered]
heading = "うち車両損害が付くもの(件)"
kind = "number"

[columns.vehicle_rate]
heading = "車両損害 付帯率"
kind = "percent"

[columns.low]
heading = "低いもの"
kind = "text"
---*/
SELECT u.union_code,
       f.fire,
       f.fire_covered,
       1.0 * f.fire_covered / NULLIF(f.fire, 0) AS disaster_rate,
       f.natural_disaster,
       f.natural_disaster_large AS large,
       1.0 * f.natural_disaster_large / NULLIF(f.natural_disaster, 0) AS large_rate,
       f.my_car,
       f.my_car_covered,
       1.0 * f.my_car_covered / NULLIF(f.my_car, 0) AS vehicle_rate,
       TRIM(CASE WHEN f.fire_covered * 100 < f.fire * :low_disaster_rate THEN '自然災害 ' ELSE '' END
            || CASE WHEN f.natural_disaster_large * 100 < f.natural_disaster * :low_large_rate THEN '大型 ' ELSE '' END
            || CASE WHEN f.my_car_covered * 100 < f.my_car * :low_vehicle_rate THEN '車両損害' ELSE '' END) AS low
FROM unions u
LEFT JOIN union_figures f ON f.union_code = u.union_code
WHERE (f.fire_covered * 100 < f.fire * :low_disaster_rate   -- 自然災害の付帯率が{low_disaster_rate}%未満、大型の割合が{low_large_rate}%未満、車両損害の付帯率が{low_vehicle_rate}%未満のどれかである
       OR f.natural_disaster_large * 100 < f.natural_disaster * :low_large_rate
       OR f.my_car_covered * 100 < f.my_car * :low_vehicle_rate)
