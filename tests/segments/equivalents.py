"""The wrong turns that nobody could tell from the right rule, by list, each with the argument why."""

EQUIVALENT: dict[str, dict[str, str]] = {
    "retiree-transfer": {
        "without g.contract_key IS NOT NULL": "The next condition, that the contract lasts until L, says so too. "
        "It stands in the rule so that `explain` and the funnel can tell apart 未加入 and 退職日まで続かない.",
    },
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
