"""The lists of unions and prefectures against the oracle, exactly: who stands on them, with what figures, and what is counted."""

from datetime import date
from functools import cache
from pathlib import Path

import sqlalchemy as sa
from hypothesis import given

from kyosai_lists.config import Settings
from kyosai_lists.store.engine import reading
from kyosai_lists.usecases.asking.count_lists import count_lists
from kyosai_lists.usecases.asking.look_at_lists import show_list
from kyosai_lists.usecases.draw import Occasion, Scope
from kyosai_lists.usecases.draw_unions import DrawnUnionList, draw_unions
from kyosai_lists.usecases.workspace import Workspace

from .facts import World
from .fill import fill
from .test_rules_against_oracle import examples
from .union_figures import expected_figures, figures_told
from .union_oracle import ABOUT_UNIONS, Figures, expected_rows
from .union_worlds import bounds_world, nations, union_worlds

OF_UNIONS = tuple(list_id for list_id in ABOUT_UNIONS if list_id != "branch-priority")


@cache  # reading forty rule files takes longer than asking them
def workspace_at(engine: sa.Engine, start_month: int = 6) -> Workspace:
    return Workspace(Path(), Settings.model_validate({"business_year": {"start_month": start_month}}), engine)


def drawn(workspace: Workspace, world: World, list_id: str) -> DrawnUnionList:
    with reading(workspace.engine) as connection:
        occasion = Occasion(world.as_of, values=dict(world.numbers))
        return draw_unions(connection, workspace, [workspace.union_rules[list_id]], occasion, Scope())[0]


def rows_told(found: DrawnUnionList) -> dict[str, Figures]:
    key = "pref" if found.of_prefectures else "union_code"
    columns = [column.name for column in found.bound.rule.columns]
    return {row[0]: tuple(row[1:]) for row in found.rows.select(key, *columns).iter_rows()}


def assert_same(told: dict[str, Figures], expected: dict[str, Figures], list_id: str) -> None:
    assert told.keys() == expected.keys(), list_id
    for key, row in expected.items():
        assert [_rounded(value) for value in told[key]] == [_rounded(value) for value in row], (list_id, key)


def _rounded(value: object) -> object:
    """Databases divide to the last digit in their own way."""
    return round(value, 12) if isinstance(value, float) else value


@examples(4)
@given(world=union_worlds())
def test_the_lists_hold_exactly_the_unions_that_lists_md_names(store: sa.Engine, world: World) -> None:
    fill(store, world)
    assert figures_told(world, store) == expected_figures(world)
    for list_id in OF_UNIONS:
        assert_same(rows_told(drawn(workspace_at(store), world, list_id)), expected_rows(world, list_id), list_id)


@examples(4)
@given(world=nations())
def test_prefectures_stand_on_the_list_when_they_lose_more_than_the_nation(store: sa.Engine, world: World) -> None:
    fill(store, world)
    told = drawn(workspace_at(store), world, "branch-priority")
    assert_same(rows_told(told), expected_rows(world, "branch-priority"), "branch-priority")
    known = len({union.pref for union in world.unions}) == 47 or "national_rate" in world.numbers
    assert known != told.note.startswith("「全国の減少率が分かる")


def test_the_numbers_of_lists_md_are_the_bounds(store: sa.Engine) -> None:
    """Each pair of unions lies on one number and just below it."""
    world = bounds_world(date(2026, 11, 1))
    fill(store, world)
    listed = {}
    for list_id in ("union-low-enrolment", "union-attachment", "branch-priority"):
        listed[list_id] = rows_told(drawn(workspace_at(store), world, list_id))
        assert_same(listed[list_id], expected_rows(world, list_id), list_id)
    assert [*listed["union-attachment"]] == ["17002", "17004", "17006"]
    assert [*listed["branch-priority"]] == ["19"]


@examples(1)
@given(world=union_worlds())
def test_the_target_is_that_of_the_business_year_which_a_branch_may_begin_otherwise(
    sqlite_store: sa.Engine, world: World
) -> None:
    fill(sqlite_store, world)
    for month in (1, 12):
        told = drawn(workspace_at(sqlite_store, month), world, "union-model")
        assert_same(rows_told(told), expected_rows(world, "union-model", month), "union-model")


@examples(1)
@given(world=union_worlds())
def test_counts_and_the_funnel_end_with_the_unions_of_the_list(sqlite_store: sa.Engine, world: World) -> None:
    fill(sqlite_store, world)
    workspace, occasion = workspace_at(sqlite_store), Occasion(world.as_of, values=dict(world.numbers))
    for count in count_lists(workspace, OF_UNIONS, occasion):
        expected = expected_rows(world, count.id)
        assert (count.kind, count.people, count.unions) == ("unions", len(expected), dict.fromkeys(sorted(expected), 1))
        shown = show_list(workspace, count.id, occasion)
        left = [step.remaining for step in shown.funnel]
        assert left == sorted(left, reverse=True)
        assert left[-1] == shown.people == len(expected)
        assert bool(shown.note) == (not expected)
