"""Drawing lists of unions and prefectures: figures from the rules, and how many people of people lists could be approached."""

from dataclasses import dataclass

import polars as pl

from kyosai_lists.prefectures import NAMES
from kyosai_lists.segments.parameters import BoundRule
from kyosai_lists.segments.rule import OutputColumn, Rule
from kyosai_lists.segments.rulebook import choose
from kyosai_lists.segments.union_run import UnionSegments, key_of
from kyosai_lists.store import read
from kyosai_lists.store.engine import Connection
from kyosai_lists.usecases.draw import Occasion, Scope, bind_for, draw, unions_in_scope
from kyosai_lists.usecases.workspace import Workspace


@dataclass(frozen=True)
class DrawnUnionList:
    """`rows`: pref, prefecture, then (not of prefectures) union_code, name, then the rule's columns in their order.

    `note`: why nobody stands on the list, "" when somebody does.
    """

    bound: BoundRule
    rows: pl.DataFrame
    note: str

    @property
    def of_prefectures(self) -> bool:
        return key_of(self.bound) == "pref"

    @property
    def unit(self) -> str:
        """What stands on the list, as people say it."""
        return _unit(self.bound)


def draw_unions(
    connection: Connection, workspace: Workspace, rules: list[Rule], occasion: Occasion, scope: Scope
) -> tuple[DrawnUnionList, ...]:
    """Runs `rules` as of the occasion's D for every union in `scope`, or every prefecture that has one.

    Raises:
        UsageError: the occasion sets a parameter that no list has, or the scope names what is not in the store.
    """
    if not rules:
        return ()
    unions = unions_in_scope(read.unions(connection), scope)
    names = unions.select(
        "pref", pl.col("pref").replace_strict(NAMES, default="").alias("prefecture"), "union_code", "name"
    )
    segments = union_segments(connection, workspace)
    return tuple(_drawn(segments, workspace, bind_for(workspace, rule, occasion), occasion, names) for rule in rules)


def union_segments(connection: Connection, workspace: Workspace) -> UnionSegments:
    settings = workspace.settings
    return UnionSegments(connection, settings.retirement_table(), workspace.guard, settings.business_year.start_month)


def _drawn(
    segments: UnionSegments, workspace: Workspace, bound: BoundRule, occasion: Occasion, names: pl.DataFrame
) -> DrawnUnionList:
    key = key_of(bound)
    known = names if key == "union_code" else names.select("pref", "prefecture").unique()
    rows = known.join(segments.rows(bound), on=key).sort(key)
    for column in bound.rule.columns:
        if column.lists:
            rows = _with_people(segments.connection, workspace, column, occasion, rows)
    shown = rows.select(*known.columns, *(column.name for column in bound.rule.columns))
    return DrawnUnionList(bound, shown, "" if shown.height else _why_empty(segments, bound))


def _with_people(
    connection: Connection, workspace: Workspace, column: OutputColumn, occasion: Occasion, rows: pl.DataFrame
) -> pl.DataFrame:
    """How many different people of each union may be approached from the column's lists."""
    rules = choose(workspace.rules, column.lists)
    if rows.is_empty():
        return rows.with_columns(pl.lit(0, pl.Int64).alias(column.name))
    drawn = draw(connection, workspace, rules, occasion, Scope(tuple(rows["union_code"])))
    listed = drawn.people.join(drawn.passed, on="member_key", how="semi")
    counted = listed.group_by("union_code").agg(pl.len().cast(pl.Int64).alias(column.name))
    return rows.join(counted, on="union_code", how="left").with_columns(pl.col(column.name).fill_null(0))


def _why_empty(segments: UnionSegments, bound: BoundRule) -> str:
    """The first condition that nobody meets, or that leaves nobody in the scope."""
    what = _unit(bound)
    last = next((step for step in segments.funnel(bound) if not step.remaining), None)
    return f"「{last.text}」にあたる{what}がありません。" if last else f"選んだ範囲に、あたる{what}がありません。"


def _unit(bound: BoundRule) -> str:
    return "県支部" if key_of(bound) == "pref" else "単組"
