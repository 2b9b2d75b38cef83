"""SQL of the relation `people`: every member with age, years of service, family and the leaving date L as of D.

Source: lists.md "Words, exactly".
"""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from kyosai_lists.retirement import REEMPLOYED_UNTIL_AGE, AgeStep, RetirementTable
from kyosai_lists.segments.dialects import Dialect


def leavers_sql(dialect: Dialect, retirement: RetirementTable, columns: Iterable[str]) -> str:
    """Every member with the leaving date L, where it comes from, and the year whose 2 April to 1 April holds the birthday.

    Of what is stored only `columns` are read: a rule may not see more (`store/guard`).

    Every member has a union; LEFT JOIN says so to SQLite, which then goes through the members as they lie on the disk, not
    union by union, and leaves the unions out where no leaving date is asked for.
    """
    cohort = f"(({dialect.ymd_of('m.born_on')} - 402) / 10000)"
    derived = (
        f"CASE WHEN m.employment = 'regular' THEN {_retirement_age(retirement)}"
        f" WHEN m.employment = 'reemployed' THEN {REEMPLOYED_UNTIL_AGE} END"
    )
    following = {*_derived(dialect), "leaving_on"}
    stored = ", ".join(f"m.{name}" for name in columns if name not in following)
    return f"""
    SELECT x.*,
           COALESCE(x.leaving_planned_on,
                    {dialect.march_31_of("(x.cohort + x.leaving_age + 1)")},
                    CASE WHEN x.after_leaving = 'complete' THEN :fiscal_year_end END) AS leaving_on
    FROM (SELECT {stored}, {cohort} AS cohort, {derived} AS leaving_age
          FROM members m LEFT JOIN unions u ON u.union_code = m.union_code) x"""


def _retirement_age(table: RetirementTable) -> str:
    cases = []
    for kind, steps in table.steps_by_kind.items():
        cases.append(f"WHEN COALESCE(u.kind, '') = '{kind}' THEN {_age_by_birth(steps)}")
    return f"CASE {' '.join(cases)} END" if cases else "NULL"


def _age_by_birth(steps: Sequence[AgeStep]) -> str:
    """Latest births first: most people in service are of the last step, and are found at once."""
    later = [(before.born_to, step.age) for before, step in pairwise(steps)]
    found = "".join(f" WHEN m.born_on > '{born_to}' THEN {age}" for born_to, age in reversed(later))
    return f"CASE{found} ELSE {steps[0].age} END" if later else str(steps[0].age)


def people_sql(dialect: Dialect, columns: Iterable[str]) -> str:
    """`columns` of everyone in `leavers`."""
    derived = _derived(dialect)
    selected = [f"{derived[c]} AS {c}" if c in derived else f"m.{c}" for c in columns]
    return f"\n    SELECT {', '.join(selected)}\n    FROM leavers m"


def _derived(dialect: Dialect) -> dict[str, str]:
    """What is not stored but follows from it and from D."""
    born, hired, leaving, youngest = (
        dialect.ymd_of(f"m.{c}") for c in ("born_on", "hired_on", "leaving_on", "youngest_born_on")
    )
    return {
        "age": f"(:as_of_ymd - {born}) / 10000",
        "age_in_fiscal_year": ":fiscal_year - m.cohort",
        "hired_fiscal_year": f"({hired} - 401) / 10000",
        "hired_year_no": f":fiscal_year - ({hired} - 401) / 10000 + 1",
        "family_size": "1 + CASE WHEN m.spouse = 'yes' THEN 1 ELSE 0 END + COALESCE(m.children, 0)",
        "youngest_age": f"(:as_of_ymd - {youngest}) / 10000",
        "leaving_derived": "CASE WHEN m.leaving_planned_on IS NULL AND m.leaving_age IS NOT NULL THEN 1 ELSE 0 END",
        "leaving_guessed": "CASE WHEN m.leaving_planned_on IS NULL AND m.leaving_age IS NULL"
        " AND m.leaving_on IS NOT NULL THEN 1 ELSE 0 END",
        "age_at_leaving": f"({leaving} - {born}) / 10000",
    }
