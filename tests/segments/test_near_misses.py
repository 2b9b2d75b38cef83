"""From which day on somebody will be on a list, against the lists drawn on each of those days."""

from dataclasses import replace
from datetime import date

import pytest
import sqlalchemy as sa
from hypothesis import given

from kyosai_lists.segments.rulebook import MAIN_LISTS
from kyosai_lists.store.engine import reading
from kyosai_lists.usecases.asking.explain_member import Explanation, explain_member
from kyosai_lists.usecases.draw import Occasion, Scope, draw
from kyosai_lists.usecases.workspace import Workspace

from .asking import occasion_of, workspace_of
from .facts import Contract, Member, Stop, World
from .fill import fill
from .test_rules_against_oracle import examples
from .worlds import UNIONS, worlds

D = date(2026, 11, 15)
NEW = Member("17-001", UNIONS[1], date(2000, 1, 1), date(2026, 4, 1), "regular", "active")
YOUNG = replace(NEW, hired=date(2020, 4, 1))


def told(
    store: sa.Engine, member: Member, *stops: Stop, contracts: tuple[Contract, ...] = ()
) -> dict[str, Explanation]:
    world = World(D, UNIONS, [member], list(contracts), stops=list(stops))
    fill(store, world)
    return {one.list_id: one for one in explain_member(workspace_of(world, store), (), member.key, Occasion(D))}


def young_from(store: sa.Engine, member: Member, *stops: Stop, contracts: tuple[Contract, ...] = ()) -> date | None:
    return told(store, member, *stops, contracts=contracts)["young-unenrolled"].listed_from


def test_a_new_hire_is_on_the_list_of_the_second_year_from_april(store: sa.Engine) -> None:
    assert young_from(store, NEW) == date(2027, 4, 1)


def test_who_is_listed_now_has_no_day_to_wait_for(store: sa.Engine) -> None:
    one = told(store, YOUNG)["young-unenrolled"]
    assert (one.listed, one.listed_from) == (True, None)


@pytest.mark.parametrize(("last_day", "day"), [((2027, 1, 31), (2027, 2, 1)), ((2027, 2, 1), (2027, 3, 1))])
def test_a_stop_that_ends_lets_somebody_on_the_list_after_its_last_day(
    store: sa.Engine, last_day: tuple[int, int, int], day: tuple[int, int, int]
) -> None:
    stop = Stop(YOUNG.key, "group_life", ends=date(*last_day))
    assert young_from(store, YOUNG, stop) == date(*day)


def test_a_stop_that_begins_before_the_day_keeps_somebody_off(store: sa.Engine) -> None:
    assert young_from(store, NEW, Stop(NEW.key, "", starts=date(2027, 3, 31))) is None
    assert young_from(store, NEW, Stop(NEW.key, "", date(2027, 3, 31), date(2027, 6, 30))) == date(2027, 7, 1)


def test_only_the_twelve_firsts_of_a_month_to_come_are_asked(store: sa.Engine) -> None:
    def until(last: date) -> date | None:
        cover = Contract("17-001-0", NEW.key, "group_life", date(2020, 4, 1), last)
        return young_from(store, YOUNG, contracts=(cover,))

    assert until(date(2026, 11, 15)) == date(2026, 12, 1)
    assert until(date(2027, 10, 31)) == date(2027, 11, 1)
    assert until(date(2027, 11, 1)) is None


def test_the_nearest_come_first_then_the_listed_then_the_rest_by_how_little_is_amiss(store: sa.Engine) -> None:
    house = Contract("17-001-0", NEW.key, "fire", date(2020, 4, 1))
    ends_earlier = Contract("17-001-1", NEW.key, "natural_disaster", date(2020, 4, 1), date(2026, 12, 31), "標準")
    found = told(store, NEW, contracts=(house, ends_earlier))
    order = [(list_id, one.listed_from, one.listed) for list_id, one in found.items() if list_id in MAIN_LISTS]
    assert order == [
        ("fire-only", date(2027, 1, 1), False),
        ("young-unenrolled", date(2027, 4, 1), False),
        ("disaster-standard", None, True),
        ("retiree-transfer", None, False),
    ]
    unmet = [len(one.unmet) for one in found.values() if not one.listed and one.listed_from is None]
    assert unmet == sorted(unmet)


def days_are_right(store: sa.Engine, world: World) -> None:
    """The day is the first of the twelve on which the list drawn then has the person."""
    fill(store, world)
    workspace, occasion = workspace_of(world, store), occasion_of(world)
    listed = {day: listed_on(workspace, replace(occasion, as_of=day)) for day in days_of(world.as_of)}
    for member in world.members:
        for one in explain_member(workspace, (), member.key, occasion):
            days = [day for day, found in listed.items() if (one.list_id, member.key) in found]
            expected = None if one.listed else next(iter(days), None)
            assert one.listed_from == expected, f"{one.list_id}\n{world.everything_about(member.key)}"


@examples(1)
@given(world=worlds(8))
def test_the_day_is_the_first_on_which_the_list_drawn_then_has_the_person(store: sa.Engine, world: World) -> None:
    days_are_right(store, world)


@pytest.mark.long
@examples(8)
@given(world=worlds(60))
def test_the_day_is_right_for_hundreds(store: sa.Engine, world: World) -> None:
    days_are_right(store, world)


def days_of(day: date) -> list[date]:
    """The next twelve firsts of a month, counted off on the calendar."""
    every_day = (date.fromordinal(day.toordinal() + n) for n in range(1, 400))
    return [one for one in every_day if one.day == 1][:12]


def listed_on(workspace: Workspace, occasion: Occasion) -> set[tuple[str, str]]:
    with reading(workspace.engine) as connection:
        lists = draw(connection, workspace, list(workspace.rules.values()), occasion, Scope())
    return set(lists.passed.select("list_id", "member_key").iter_rows())
