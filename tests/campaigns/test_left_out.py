"""A union that joins a campaign after its lists came out is named, with the command that serves it; nobody else is."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kyosai_lists.campaigns.came_out import CameOut
from kyosai_lists.campaigns.issue_day import issue_day
from kyosai_lists.campaigns.left_out import left_out, what_about
from kyosai_lists.campaigns.slots import Slot
from tests.campaigns.plans import SPOT

DAY = date(2026, 11, 16)
CODES = ("17001", "17002", "17003", "17004")
SLOT = Slot(SPOT, DAY, issue_day(DAY, 14))


def run(*looked_at: str, day: date = DAY, fills: bool = True, folder: str = "") -> CameOut:
    return CameOut("S1", day, "261116-AAAAA", None, fills, frozenset(), frozenset(looked_at), folder)


def asked(*came_out: CameOut, closed_for: tuple[str, ...] | None = None) -> str:
    without = left_out(SLOT, CODES, came_out, closed_for=closed_for)
    return what_about(SLOT, without).text if without else ""


def test_who_joined_afterwards_is_named_with_the_commands_that_serve_it_and_that_decline_it() -> None:
    text = asked(run("17001", "17003"))
    assert "単組 17002・17004 には、まだ出ていません" in text
    assert "kyosai-lists export --campaign S1 --union 17002 --union 17004 --as-of 2026-11-16 で出すか" in text
    assert "kyosai-lists campaigns close S1 --start 2026-11-16 --union 17002 --union 17004 で止めて" in text


@pytest.mark.parametrize(
    ("more", "served"),
    [
        (run("17002", "17004", fills=False), True),
        (run("17002", "17004", day=DAY + timedelta(days=183)), True),
        (run("17002", "17004", day=DAY + timedelta(days=184)), False),
        (run("17002", "17004", day=DAY + timedelta(days=1), fills=False), False),  # a look at some other day
        (replace(run("17002", "17004"), code="S2"), False),
        (replace(run(), looked_at=None), True),
    ],
)
def test_what_serves_it_is_a_run_for_that_day_or_another_slot_of_about_that_time(more: CameOut, served: bool) -> None:
    assert (asked(run("17001", "17003"), more) == "") == served


def test_of_a_closed_slot_nobody_is_named_unless_its_lists_had_come_out_under_another_day_or_before() -> None:
    other = DAY - timedelta(days=7)
    assert asked(closed_for=()) == ""
    assert asked(run("17001", fills=False), closed_for=()) == ""
    assert asked(run("17009", day=other), closed_for=()) == ""
    assert "17002・17003・17004" in asked(run("17001", day=other), closed_for=())
    assert "17002・17003・17004" in asked(run("17001", folder="秋_261116-AAAAA"), closed_for=())


def test_of_a_closed_day_of_unions_those_are_named_that_got_it_since() -> None:
    assert "単組 17003・17004 には" in asked(closed_for=("17001", "17002"))
    assert "単組 17004 には" in asked(run("17003", day=DAY - timedelta(days=7)), closed_for=("17001", "17002"))
    assert asked(closed_for=CODES) == ""


@given(
    st.lists(
        st.tuples(st.frozensets(st.sampled_from(CODES)), st.booleans(), st.sampled_from([0, 183, 184])), max_size=6
    )
)
def test_doing_what_is_said_settles_it(past: list[tuple[frozenset[str], bool, int]]) -> None:
    came_out = [run(*codes, fills=fills, day=DAY + timedelta(days=days)) for codes, fills, days in past]
    text = asked(*came_out)
    named = [word for word in text.split() if word in CODES and f"--union {word}" in text]
    assert bool(named) == bool(text)
    assert asked(*came_out, run(*named, fills=False)) == ""


def test_so_many_that_no_command_holds_them_are_served_some_at_a_time() -> None:
    circle = [f"17{number:03}" for number in range(120)]
    served: list[CameOut] = []
    for left in (70, 20, 0):
        text = what_about(SLOT, left_out(SLOT, circle, served)).text
        named = [code for code in circle if text.count(f"--union {code}") == 2]
        assert (f"ほか{left}単組" in text) == bool(left)
        served.append(run(*named, fills=False))
    assert left_out(SLOT, circle, served) == ()
