"""What contracts of each product look like: 口数, 掛金, タイプ, 特約, how they renew and why they end."""

# product: fewest and most units, their step, yen a month for one unit (None: not paid monthly).
UNITS: dict[str, tuple[int, int, int, int | None]] = {
    "sogo": (1, 1, 1, 800), "group_life": (2, 40, 2, 160), "retiree_group_life": (2, 20, 2, 420),
    "long_term": (1, 20, 1, 1000), "tax_pension": (1, 15, 1, 1000), "my_car": (1, 1, 1, 4200),
    "vehicle_damage": (1, 1, 1, 2600), "cali": (1, 1, 1, None), "fire": (50, 400, 10, 6),
    "natural_disaster": (50, 400, 10, 11), "child_maturity": (1, 3, 1, 5000), "traffic": (1, 5, 1, 110),
    "care": (1, 5, 1, 2400), "post_retirement": (1, 20, 1, None),
}  # fmt: skip
TYPES: dict[str, tuple[tuple[str, ...], tuple[int, ...]]] = {
    "vehicle_damage": (("一般", "エコノミーワイド"), (64, 36)),
    "fire": (("住宅家財", "住宅", "家財"), (60, 28, 12)),
    "natural_disaster": (("標準", "大型"), (78, 22)),
    "post_retirement": (("年金", "医療", "終身", "遺族"), (40, 30, 17, 13)),
}
RIDERS: dict[str, tuple[tuple[str, ...], tuple[int, ...]]] = {
    "group_life": (("", "個人賠償責任"), (88, 12)),
    "my_car": (("", "自転車賠償", "弁護士費用", "自転車賠償;弁護士費用"), (48, 20, 12, 20)),
    "fire": (("", "類焼損害", "個人賠償責任", "類焼損害;個人賠償責任"), (55, 20, 15, 10)),
}
ANNUAL = {"my_car", "vehicle_damage", "fire", "natural_disaster"}
AFTER_WORK = {"retiree_group_life", "post_retirement"}
FIRST_OF_MONTH = {"group_life", "long_term", "tax_pension", "traffic", "care", "child_maturity"}

# Reasons for an end before its time, with weights.
REASONS = (("解約", "満期", "失効"), (80, 12, 8))
CAR_REASONS = (("解約", "車両入替", "廃車", "失効"), (35, 45, 15, 5))

# Of the contracts of 団体生命 those for family, of マイカー the second cars; what the owner of a house has.
FAMILY_SHARE = {"配偶者": 0.15, "子": 0.09}
SECOND_CARS = 0.2
HOUSE_AND_CONTENTS = (("住宅家財",), ("住宅",), ("家財",), ("住宅", "家財"))
HOUSE_AND_CONTENTS_WEIGHTS = (50, 22, 8, 20)
