"""A list on two days, against two lists drawn and each person explained."""

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest
import sqlalchemy as sa
from hypothesis import given

from kyosai_lists.errors import UsageError
from kyosai_lists.segments import explain
from kyosai_lists.store.engine import reading
from kyosai_lists.usecases.asking.diff_days import diff_days
from kyosai_lists.usecases.asking.explain_member import explain_member
from kyosai_lists.usecases.asking.moved import Moved, by_reason
from kyosai_lists.usecases.draw import Occasion, Scope, draw
from kyosai_lists.usecases.workspace import Workspace

from .asking import occasion_of, workspace_of
from .facts import Contract, Member, Stop, World
from .fill import fill
from .test_rules_against_oracle import examples
from .worlds import UNIONS, worlds

D, LATER = date(2026, 11, 15), date(2027, 4, 1)
NEW = Member("17-001", UNIONS[1], date(2000, 1, 1), date(2026, 4, 1), "regular", "active")
OLD = replace(NEW, key="17-002", born=date(1991, 3, 1), hired=date(2015, 4, 1))
STOPPED = replace(NEW, key="17-003", hired=date(2020, 4, 1))
YOUNG = "young-unenrolled"


def workspace(store: sa.Engine, world: World) -> Workspace:
    fill(store, world)
    return workspace_of(world, store)


def reasons(moved: list[Moved]) -> dict[str, tuple[tuple[str, ...], str | None]]:
    return {one.member_key: (one.reason.conditions, one.reason.suppressed) for one in moved}


def test_who_came_and_who_left_is_told_with_what_made_the_difference(store: sa.Engine) -> None:
    stops = [Stop(STOPPED.key, "group_life", starts=LATER)]
    found = diff_days(workspace(store, World(D, UNIONS, [NEW, OLD, STOPPED], stops=stops)), YOUNG, Occasion(D), LATER)
    assert reasons(found.came) == {NEW.key: (("採用2年目以降である",), None)}
    assert reasons(found.left) == {OLD.key: (("35歳以下である",), None), STOPPED.key: ((), "案内停止")}
    assert (found.before.people, found.after.people) == (2, 1)


def test_of_several_conditions_that_changed_each_is_named(store: sa.Engine) -> None:
    cover = Contract("17-002-0", OLD.key, "group_life", date(2027, 4, 1))
    world = World(D, UNIONS, [replace(OLD, hired=date(2026, 4, 1))], [cover])
    found = diff_days(workspace(store, world), YOUNG, Occasion(date(2026, 3, 1)), LATER)
    assert found.came == found.left == []  # the contract to come counts from the beginning
    gone = diff_days(workspace(store, World(D, UNIONS, [OLD])), YOUNG, Occasion(D, values={"young_max_age": 36}), LATER)
    assert gone.left == []


def test_a_parameter_is_set_for_both_days_and_stands_in_the_sentence(store: sa.Engine) -> None:
    world = World(D, UNIONS, [replace(OLD, born=date(1996, 3, 1))])
    found = diff_days(workspace(store, world), YOUNG, Occasion(D, values={"young_max_age": 30}), LATER)
    assert reasons(found.left) == {OLD.key: (("30歳以下である",), None)}
    with pytest.raises(UsageError, match="どのリストにもありません"):
        diff_days(workspace(store, world), YOUNG, Occasion(D, values={"yuong_max_age": 30}), LATER)


def test_reasons_are_counted_the_most_frequent_first(store: sa.Engine) -> None:
    others = [replace(NEW, key=f"17-1{n}") for n in range(3)]
    stops = [Stop(STOPPED.key, "", ends=D)]
    found = diff_days(workspace(store, World(D, UNIONS, [STOPPED, *others], stops=stops)), YOUNG, Occasion(D), LATER)
    assert [(reason.conditions or reason.suppressed, n) for reason, n in by_reason(found.came)] == [
        (("採用2年目以降である",), 3),
        ("案内停止", 1),
    ]


def test_the_same_day_twice_changes_nobody(store: sa.Engine) -> None:
    found = diff_days(workspace(store, World(D, UNIONS, [NEW, OLD, STOPPED])), YOUNG, Occasion(D), D)
    assert found.came == found.left == []


def differences_are_right(store: sa.Engine, world: World, reasons_of: int) -> None:
    """Those of the one drawn list who are not on the other; and, of the first `reasons_of` of each list, what explain says."""
    branch, occasion = workspace(store, world), occasion_of(world)
    until = replace(occasion, as_of=date(world.as_of.year + 1, 4, 2))
    for list_id in branch.rules:
        before, after = (listed_on(branch, list_id, on) for on in (occasion, until))
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(explain, "_AT_ONCE", 7)
            found = diff_days(branch, list_id, occasion, until.as_of)
        assert {one.member_key for one in found.came} == after - before
        assert {one.member_key for one in found.left} == before - after
        assert (found.before.people, found.after.people) == (len(before), len(after))
        for moved, gone in ((found.came, occasion), (found.left, until)):
            for one in moved[:reasons_of]:
                assert_is_the_reason(branch, list_id, one, gone)


@examples(1)
@given(world=worlds(40))
def test_they_are_those_of_the_one_drawn_list_who_are_not_on_the_other(store: sa.Engine, world: World) -> None:
    differences_are_right(store, world, reasons_of=2)


@pytest.mark.long
@examples(8)
@given(world=worlds(150))
def test_they_are_right_among_hundreds(store: sa.Engine, world: World) -> None:
    differences_are_right(store, world, reasons_of=1_000)


def listed_on(branch: Workspace, list_id: str, occasion: Occasion) -> set[str]:
    with reading(branch.engine) as connection:
        return set(draw(connection, branch, [branch.rules[list_id]], occasion, Scope()).passed["member_key"])


def assert_is_the_reason(branch: Workspace, list_id: str, one: Moved, gone: Occasion) -> None:
    told = explain_member(branch, (list_id,), one.member_key, gone)[0]
    assert Counter(one.reason.conditions) == Counter(condition.text for condition in told.unmet)
    assert one.reason.suppressed == (None if told.unmet else told.suppressed)
    assert one.reason.conditions or one.reason.suppressed
