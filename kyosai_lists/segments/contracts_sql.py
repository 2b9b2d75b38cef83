"""SQL of the relations of contracts as of D: the member's own, and those for anyone of the family.

Source: lists.md "holds P", "has P".
"""

from collections.abc import Iterable

from kyosai_lists.products import PRODUCTS, WHOLE_HOUSEHOLD

# Compared by the normalised form that stands beside what came.
_STORED = {"type": "c.type_key", "riders": "c.riders_key"}
_APPLICATION = {
    "member_key": "c.member_key",
    "product": "c.product",
    "type": "c.type_key",
    "effective_on": "c.received_on",
    "main_contract_key": "c.main_contract_key",
}
_NULLS = {
    **dict.fromkeys(("units", "premium"), "INTEGER"),
    **dict.fromkeys(("renews_on", "ended_on", "inspection_on"), "DATE"),
}


def held_sql(columns: Iterable[str], *, family: bool, day: str = ":as_of") -> str:
    """Contracts in force on `day`. `family` False: only where 被共済者 is the member, as lists.md "holds P" says."""
    return f"""
    SELECT {_contract_columns(columns)}
    FROM contracts c
    WHERE c.effective_on <= {day} AND {_not_over(family, day)}"""


def contracts_sql(columns: Iterable[str], *, family: bool) -> str:
    """Contracts in force at D or still to begin."""
    return f"""
    SELECT {_contract_columns(columns)}
    FROM contracts c
    WHERE {_not_over(family, ":as_of")}"""


def enrolled_sql(columns: Iterable[str]) -> str:
    """The member's own contracts in force or still to begin, or an application at the branch that was not withdrawn.

    An application counts, whatever contracts there are, until the contract that came of it is here
    (`intake/accepting/applications.py`): nobody who has just applied is approached. It does not say for whom it is.
    """
    columns = list(columns)
    return f"""{contracts_sql(columns, family=False)}
    UNION ALL
    SELECT {_application_columns(columns)}
    FROM applications c
    WHERE c.state <> 'withdrawn' AND c.contract_key IS NULL"""


def _not_over(family: bool, day: str) -> str:
    return f"(c.ended_on IS NULL OR c.ended_on >= {day}){'' if family else f' AND {_own()}'}"


def _own() -> str:
    """被共済者 is the member; for a car or a house it is ignored, and こども満期金付 may be for anyone."""
    free = ", ".join(f"'{p}'" for p in (*WHOLE_HOUSEHOLD, "child_maturity"))
    return f"(c.insured IS NULL OR c.insured = 'self' OR c.product IN ({free}))"


def _contract_columns(columns: Iterable[str]) -> str:
    derived = {
        **_STORED,
        "label": f"{_product_name()} || ' ' || c.contract_no",
        "state": "CASE WHEN c.effective_on > :as_of THEN 'pending' ELSE 'held' END",
        "own": f"CASE WHEN {_own()} THEN 1 ELSE 0 END",
    }
    return ", ".join(f"{derived.get(c, f'c.{c}')} AS {c}" for c in columns)


def _application_columns(columns: Iterable[str]) -> str:
    known = {**_APPLICATION, "label": f"{_product_name()} || ' (申込受付)'", "state": "'applied'"}
    return ", ".join(f"{known.get(c) or _null(c)} AS {c}" for c in columns)


def _null(column: str) -> str:
    return f"CAST(NULL AS {_NULLS.get(column, 'TEXT')})"


def _product_name() -> str:
    cases = " ".join(f"WHEN '{p.id}' THEN '{p.name}'" for p in PRODUCTS)
    return f"CASE c.product {cases} ELSE c.product END"
