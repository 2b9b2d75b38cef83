"""The wrong turns that nobody could tell from the right rule, by list, each with the argument why."""

_IMPLIED = (
    "A condition after it compares what the contract says, or what is held in all, and no contract compares with nothing. "
    "It stands in the rule so that `explain` and the funnel can tell 未加入 from the rest."
)
_SUM_ASKS_HELD = (
    "The sum asks `held` itself, so nobody comes without a contract held; and of the contracts of `enrolled` only those "
    "held are named (`one_row_per_person`)."
)
EQUIVALENT: dict[str, dict[str, str]] = {
    "retiree-transfer": {
        "without g.contract_key IS NOT NULL": _IMPLIED,
    },
    "cover-below-guide": {
        "without g.contract_key IS NOT NULL": _IMPLIED,
        "FROM people m LEFT JOIN [held] g ON g.member_key = m.member_k → enrolled": _SUM_ASKS_HELD,
    },
    "contents-below-guide": {
        "without f.contract_key IS NOT NULL": _IMPLIED,
        "FROM people m LEFT JOIN [held] f ON f.member_key = m.member_k → enrolled": _SUM_ASKS_HELD,
    },
    "pension-top-up": {
        "without p.contract_key IS NOT NULL": _IMPLIED,
        "FROM people m LEFT JOIN [held] p ON p.member_key = m.member_k → enrolled": _SUM_ASKS_HELD,
    },
    "car-as-anchor": {
        "without c.contract_key IS NOT NULL": _IMPLIED,
        "FROM people m LEFT JOIN [held] c ON c.member_key = m.member_k → enrolled": "What is still to come begins after D "
        "and so is not long held, and an application has no contract_key.",
    },
    "cali-expiring": {"without c.contract_key IS NOT NULL": _IMPLIED},
    "fire-new-scheme": {"without f.contract_key IS NOT NULL": _IMPLIED},
    "relations": dict.fromkeys(
        (
            "g.dwelling = '', g.units LIMIT [1] ) AS group_life_units, (SELECT → 2",
            "g.dwelling = '', g.units LIMIT [1] ) AS contents_units FROM peopl → 2",
        ),
        "SQLite takes the first row of a subquery that stands for a value. PostgreSQL would refuse a second one.",
    )
    | dict.fromkeys(
        (
            "red_on, '-', '') AS INTEGER) - [401] ) / 10000 AS hired_fiscal_year → 400",
            "red_on, '-', '') AS INTEGER) - [401] ) / 10000 + 1 AS hired_year_no → 400",
        ),
        "No day is written 0400: 31 March (331) lies below either number and 1 April (401) does not.",
    ),
    "union-attachment": dict.fromkeys(
        (
            ".fire_covered / NULLIF(f.fire, [0] ) AS disaster_rate, f.natural_ → -1",
            "e / NULLIF(f.natural_disaster, [0] ) AS large_rate, f.my_car, f.m → -1",
            "car_covered / NULLIF(f.my_car, [0] ) AS vehicle_rate, TRIM(CASE W → -1",
        ),
        "SQLite gives NULL for a division by 0; it is PostgreSQL that would stop at it.",
    ),
    "union-model": {
        " CASE WHEN f.group_life_target [>] f.group_life_contracts THEN f. → >=": "Nothing is missing to a target that is just reached, "
        "and nothing is what the next branch says.",
    },
    "branch-priority": {
        "without (n.is_whole = 1 OR CAST(:national_rate AS DOUBLE PRECISION) IS NOT NULL)": "The last condition "
        "compares with the rate, and nothing compares with a rate that is unknown. It stands in the rule so that an empty "
        "list says why.",
    },
    "union-relations": dict.fromkeys(
        (
            "red = 'self' OR c.product IN ( ['my_car'] , 'vehicle_damage', 'cali', 'f left out",
            "lf' OR c.product IN ('my_car', ['vehicle_damage'] , 'cali', 'fire', 'natural_dis left out",
            "N ('my_car', 'vehicle_damage', ['cali'] , 'fire', 'natural_disaster',  left out",
            "ar', 'vehicle_damage', 'cali', ['fire'] , 'natural_disaster', 'child_m left out",
            "hicle_damage', 'cali', 'fire', ['natural_disaster'] , 'child_maturity'))), people_ left out",
            "', 'fire', 'natural_disaster', ['child_maturity'] ))), people_figures AS MATERIA left out",
        ),
        "What was held a year ago is only asked of 団体生命, whose 被共済者 counts.",
    )
    | dict.fromkeys(
        (
            "SELECT t.union_code, COALESCE( [MAX] (CASE WHEN t.round = 'second'  → MIN",
            " = 'second' THEN t.value END), [MAX] (t.value)) AS group_life_targe → MIN",
        ),
        "A union has one target of a kind and round; were there two, under two prefectures, the larger would be taken.",
    )
    | {"WHEN COUNT(*) = 47 THEN 1 ELSE [0] END AS is_whole, SUM(f.group_l → -1": "It is only ever compared with 1."},
}
