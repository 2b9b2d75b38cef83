"""One list on two days: who comes, who goes, and which condition makes the difference."""

from dataclasses import replace
from datetime import date

import polars as pl

from kyosai_lists.segments.rule import Rule
from kyosai_lists.segments.run import Segments
from kyosai_lists.store.engine import Connection, reading
from kyosai_lists.usecases.asking.moved import ListDiff, Moved, Reason, Side, reasons
from kyosai_lists.usecases.asking.people_lists import people_lists
from kyosai_lists.usecases.draw import Occasion, Scope, draw, segments_of
from kyosai_lists.usecases.gathered import DrawnLists
from kyosai_lists.usecases.workspace import Workspace


def diff_days(workspace: Workspace, list_id: str, occasion: Occasion, until: date) -> ListDiff:
    """The list of `occasion` against the same of the day `until`, both after suppression, from what is stored today.

    Raises:
        UsageError: there is no such list of people, or the occasion sets a parameter that no list has.
    """
    rule = people_lists(workspace, (list_id,))[0]
    with reading(workspace.engine) as connection:
        drawn = [draw_one(connection, workspace, rule, on) for on in (occasion, replace(occasion, as_of=until))]
        before, after = (side_of(one) for one in drawn)
        earlier, later = (one.passed.select("member_key") for one in drawn)
        segments = segments_of(connection, workspace)
        came = _moved(drawn[1], later.join(earlier, on="member_key", how="anti"))
        left = _moved(drawn[0], earlier.join(later, on="member_key", how="anti"))
        return ListDiff(
            before, after, with_reasons(segments, came, after, before), with_reasons(segments, left, before, after)
        )


def draw_one(connection: Connection, workspace: Workspace, rule: Rule, occasion: Occasion) -> DrawnLists:
    return draw(connection, workspace, [rule], occasion, Scope())


def side_of(drawn: DrawnLists) -> Side:
    """One drawn list."""
    bound = drawn.bound[0]
    kept_off = dict(drawn.suppressed.select("member_key", "suppressed").iter_rows())
    return Side(bound.as_of, drawn.passed.height, bound, kept_off)


def with_reasons(segments: Segments, moved: list[Moved], there: Side, gone: Side) -> list[Moved]:
    """`moved` are on the list in `there` and not in `gone`."""
    found = reasons(segments, [one.member_key for one in moved], there, gone)
    return [replace(one, reason=found[one.member_key]) for one in moved]


def _moved(drawn: DrawnLists, keys: pl.DataFrame) -> list[Moved]:
    people = drawn.people.join(keys, on="member_key", how="semi").select(
        "member_key", "member_no", "name", "union_code"
    )
    unions = drawn.unions.select("union_code", pl.col("name").alias("union_name"))
    named = people.join(unions, on="union_code").sort("union_code", "member_no", "member_key")
    return [Moved(**row, reason=Reason()) for row in named.iter_rows(named=True)]
