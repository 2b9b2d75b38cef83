"""The plan's own figures, and the tables of めやす that every branch hands out.

Source: plan section 1(2), 保有契約 and 新契約 at the end of the business year 2023 (退職後共済: the total less the others).
"""

PLAN_HELD: dict[str, int] = {
    "sogo": 782_914, "group_life": 307_079, "retiree_group_life": 14_447, "long_term": 177_936, "tax_pension": 55_173,
    "my_car": 367_337, "vehicle_damage": 206_537, "cali": 26_166, "fire": 182_548, "natural_disaster": 129_033,
    "child_maturity": 3_370, "traffic": 234_710, "care": 282, "post_retirement": 278_207,
}  # fmt: skip
PLAN_TOTAL = sum(PLAN_HELD.values())

# 新契約 of the plan's business year 2023 (退職後共済: 移行).
PLAN_NEW: dict[str, int] = {
    "sogo": 34_849, "group_life": 13_264, "retiree_group_life": 5_078, "long_term": 10_308, "tax_pension": 6_587,
    "my_car": 22_011, "vehicle_damage": 21_403, "cali": 12_405, "fire": 6_119, "natural_disaster": 5_726,
    "child_maturity": 763, "traffic": 6_047, "care": 240, "post_retirement": 2_592,
}  # fmt: skip

# Ages from–to, then 口数 for a family of 1, 2, 3, 4, 5.
_LIFE_GUIDE = ((18, 29, (6, 14, 20, 22, 24)), (30, 39, (8, 16, 24, 28, 32)), (40, 49, (10, 18, 26, 30, 34)),
               (50, 59, (10, 16, 22, 24, 26)), (60, 69, (6, 10, 12, 12, 12)))  # fmt: skip
_CONTENTS_GUIDE = ((18, 29, (40, 60, 70, 80, 90)), (30, 39, (60, 90, 100, 110, 120)), (40, 49, (80, 120, 130, 140, 150)),
                   (50, 89, (90, 140, 150, 160, 170)))  # fmt: skip


def guide_rows() -> list[dict[str, str]]:
    """めやす in 口数; a member of another family size or age has none."""
    return [
        {
            "種別": kind, "年齢下限": str(low), "年齢上限": str(high), "家族数": str(size), "住居区分": "",
            "口数": str(units),
        }
        for kind, table in (("団体生命", _LIFE_GUIDE), ("家財", _CONTENTS_GUIDE))
        for low, high, by_size in table
        for size, units in enumerate(by_size, start=1)
    ]  # fmt: skip
