"""Where a workbook is follows from what was told of it, in order, each thing once."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kyosai_lists.ledger.custody import EVENTS, OUT, Event, objection, standing

DAY = date(2026, 11, 1)
events = st.builds(
    Event,
    st.just(0),
    st.sampled_from(EVENTS),
    st.dates(DAY, DAY + timedelta(9)),
    st.just("x"),
    st.sampled_from(["", "a"]),
)


def told(*words: str) -> list[Event]:
    return [Event(number, word, DAY, "田中") for number, word in enumerate(words, start=1)]


def why(event: str, *before: str, on: date = DAY) -> str | None:
    found = objection(standing(DAY, told(*before)), Event(0, event, on, "田中"))
    return found.what if found else None


def test_a_workbook_is_issued_from_the_day_of_its_run_without_a_word() -> None:
    assert (standing(DAY, []).state, standing(DAY, []).since) == ("issued", DAY)


@pytest.mark.parametrize("event", ["returned", "destroyed"])
def test_what_came_back_was_received_though_nobody_said_so(event: str) -> None:
    assert why(event) is why(event, "received") is None


@pytest.mark.parametrize(
    ("event", "before"),
    [("received", "returned"), ("received", "destroyed"), ("returned", "destroyed"), ("issued", "received")],
)
def test_a_wrong_order_is_objected_to(event: str, before: str) -> None:
    assert why(event, before) == "state"


def test_what_came_back_is_destroyed_afterwards() -> None:
    assert why("destroyed", "received", "returned") is None


@pytest.mark.parametrize("event", ["received", "returned", "destroyed", "issued"])
def test_the_same_twice_is_objected_to_as_such(event: str) -> None:
    assert why(event, event) == "twice"


def test_handed_over_once_more_on_another_day_or_another_way_is_news() -> None:
    now = standing(DAY, told("issued"))
    assert objection(now, Event(0, "issued", DAY, "田中", "手渡し")) is None
    assert objection(now, Event(0, "issued", DAY + timedelta(1), "田中")) is None


def test_a_day_before_what_was_told_last_or_before_the_run_is_objected_to() -> None:
    assert why("received", on=DAY - timedelta(1)) == "day"
    assert why("received", on=DAY) is None


def test_a_mistake_is_taken_back_and_what_was_before_it_counts() -> None:
    now = standing(DAY, told("received", "returned", "taken-back"))
    assert (now.state, [event.event for event in now.told]) == ("received", ["received"])
    assert why("taken-back") == "nothing"
    assert why("taken-back", "received", "taken-back") == "nothing"


@given(st.lists(events, max_size=8))
def test_whatever_is_told_only_one_end_is_reached_and_days_never_run_backwards(offered: list[Event]) -> None:
    kept: list[Event] = []
    for event in offered:
        if objection(standing(DAY, kept), event) is None:
            kept.append(event)
    now = standing(DAY, kept)
    days = [event.on for event in now.told]
    assert days == sorted(days)
    words = [event.event for event in now.told if event.event != "issued"]
    assert words == sorted(set(words), key=["received", "returned", "destroyed"].index)
    assert now.is_out == (not {"returned", "destroyed"} & set(words)) == (now.state in OUT)
