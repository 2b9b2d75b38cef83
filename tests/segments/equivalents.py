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
}
