"""SQL of the relation `fitting_guides`: the 口数 that the branch's めやす name for each person.

Source: lists.md cover-below-guide and contents-below-guide; interface.md §1 (guides: an empty 家族数 or 住居区分 fits any).
"""

from collections.abc import Iterable

GUIDE_UNITS = "_units"  # behind the kind of a guide: the column with its 口数


def fitting_guides_sql(kinds: Iterable[str]) -> str:
    """`member_key` and for each of `kinds` `<kind>_units`, null where no guide fits the person."""
    columns = "".join(f",\n           {_fitting(kind)} AS {kind}{GUIDE_UNITS}" for kind in kinds)
    return f"\n    SELECT m.member_key{columns}\n    FROM people m"


def _fitting(kind: str) -> str:
    """Of several guides that fit, the one that says most (家族数 before 住居区分); then the smallest 口数."""
    return f"""(SELECT g.units FROM guides g
            WHERE g.kind = '{kind}' AND g.age_from <= m.age AND g.age_to >= m.age
              AND g.family_size IN ('', CAST(m.family_size AS TEXT)) AND g.dwelling IN ('', m.dwelling)
            ORDER BY g.family_size = '', g.dwelling = '', g.units LIMIT 1)"""
