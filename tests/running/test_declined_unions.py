"""Of a union that joined a campaign after its lists came out somebody may say that it needs none: it is not asked about again."""

import json
from collections.abc import Callable
from datetime import date

import pytest
import sqlalchemy as sa

from kyosai_lists.errors import UsageError
from kyosai_lists.store import declines
from kyosai_lists.store.engine import reading, writing
from kyosai_lists.store.tables import members, unions
from kyosai_lists.usecases.exporting.order import Order
from kyosai_lists.usecases.running.close_slots import close_slots, reopen_slots
from kyosai_lists.usecases.running.decline_unions import DecidedUnions, ask_about_unions, decline_unions
from kyosai_lists.usecases.running.draw_up_plan import plan_on
from kyosai_lists.usecases.running.export_by_hand import export_by_hand
from kyosai_lists.usecases.running.look_at_due import look_at_due
from kyosai_lists.usecases.workspace import Workspace
from tests.conftest import ACT
from tests.running.campaigning import MONDAY, at, enter, issued, no_plan, run_on, with_late_unions

START, MOVED = date(2026, 11, 16), date(2026, 11, 24)
THREE = ["17003", "17004", "17005"]
NOT_ASKED = "まだ出ていない単組ではありません"


@pytest.fixture
def late(own_branch: Workspace) -> Workspace:
    return with_late_unions(own_branch, THREE)


def decline(branch: Workspace, *codes: str, starts_on: date | None = None) -> list[DecidedUnions]:
    return decline_unions(branch, "S1", codes, MONDAY, ACT, starts_on)


def asked_about(branch: Workspace, day: date = MONDAY) -> list[str]:
    """As `run-due --check` has it: every union that a question says how to serve."""
    text = "".join(question.text for one in look_at_due(branch, day, act=ACT).asked for question in one.questions)
    return [code for code in THREE if f"--union {code}" in text]


def declined(branch: Workspace) -> list[tuple[str, ...]]:
    return [line.declined for line in plan_on(branch, MONDAY).lines]


def test_a_union_that_needs_none_is_asked_about_no_more_until_that_is_taken_back(branch: Workspace) -> None:
    with_late_unions(branch, THREE)
    assert asked_about(branch) == ["17004", "17005"]
    (done,) = decline(branch, "17004")
    assert (done.union_codes, done.line.declined, done.line.left_out) == (("17004",), ("17004",), ("17005",))
    assert asked_about(branch) == ["17005"]
    decline(branch, "17005", starts_on=START)
    assert not look_at_due(branch, MONDAY, act=ACT).asked
    assert not run_on(branch, MONDAY).needs_a_person
    assert declined(branch) == [("17004", "17005")]
    (back,) = ask_about_unions(branch, "Ｓ１", ["１７００４"], MONDAY, ACT)
    assert (back.line.declined, back.line.left_out) == (("17005",), ("17004",))
    assert asked_about(branch) == ["17004"]
    assert issued(branch) == [("S1", START, False)]


def test_two_who_decline_the_same_union_at_once_say_the_same(branch: Workspace) -> None:
    with_late_unions(branch, THREE)
    for codes in (["17004"], ["17004", "17005"]):  # neither knew of the other
        with writing(branch.engine) as connection:
            declines.add(connection, "S1", START, codes)
    assert declined(branch) == [("17004", "17005")]


@pytest.mark.parametrize(
    ("codes", "starts_on"),
    [
        (("17003",), None),  # it has its lists
        (("17001",), None),  # the campaign is not for it
        (("17999",), None),  # nobody knows it
        (("17004",), MOVED),  # the campaign has no such day
        (("17004", "17003"), None),  # one of them is asked about
    ],
)
def test_whom_nobody_asks_about_cannot_be_declined_and_then_nobody_is(
    late: Workspace, codes: tuple[str, ...], starts_on: date | None
) -> None:
    with pytest.raises(UsageError, match=NOT_ASKED) as refused:
        decline(late, *codes, starts_on=starts_on)
    assert codes[-1] in refused.value.happened
    assert asked_about(late) == ["17004", "17005"]


def test_of_a_campaign_that_has_not_come_out_or_is_not_there_no_union_is_declined(late: Workspace) -> None:
    enter(late, "S2", union_codes=THREE)
    with pytest.raises(UsageError, match=NOT_ASKED):
        decline_unions(late, "S2", ["17004"], MONDAY, ACT)
    with pytest.raises(UsageError, match="登録されていません"):
        decline_unions(late, "S9", ["17004"], MONDAY, ACT)


def test_what_is_declined_cannot_be_declined_again_nor_what_is_not_be_taken_back(late: Workspace) -> None:
    decline(late, "17004")
    with pytest.raises(UsageError, match=NOT_ASKED):
        decline(late, "17004")
    with pytest.raises(UsageError, match="出さないことにした単組ではありません"):
        ask_about_unions(late, "S1", ["17005", "17004"], MONDAY, ACT)
    assert declined(late) == [("17004",)]


def test_who_was_declined_may_get_its_lists_all_the_same_and_is_said_to_need_none_no_more(late: Workspace) -> None:
    decline(late, "17004", "17005")
    by_hand = Order(campaign="S1", union_codes=("17004",), as_of=START)
    export_by_hand(late, by_hand, act=at(MONDAY)(), passwords=None)
    assert declined(late) == [("17005",)]


@pytest.mark.parametrize(
    ("order", "told"),
    [
        (Order(campaign="S1"), ("17004", "17005")),
        (Order(campaign="Ｓ１", as_of=START, list_ids=("fire-only",)), ("17004", "17005")),
        (Order(campaign="S1", union_codes=("17003", "17004")), ()),  # asked for by name
        (Order(campaign="S1", as_of=MOVED), ()),  # another day's
        (Order(campaign="S2"), ()),  # another campaign's
        (Order(list_ids=("fire-only",), as_of=START), ()),  # no campaign's
    ],
)
def test_who_brings_out_a_whole_campaign_once_more_is_told_which_unions_in_it_were_declined(
    late: Workspace, order: Order, told: tuple[str, ...]
) -> None:
    enter(late, "S2", union_codes=THREE)
    decline(late, "17004", "17005")
    result = export_by_hand(late, order, act=at(MONDAY)(), passwords=None)
    assert {"17004", "17005"} & {book.union_code for book in result.books if book.path}
    assert result.declined == told


def test_of_the_declined_unions_those_are_told_of_that_got_a_workbook(late: Workspace) -> None:
    decline(late, "17004", "17005")
    with writing(late.engine) as connection:  # its people are another's now, and there is nobody to approach
        connection.execute(sa.update(members).where(members.c.union_code == "17005").values(union_code="17001"))
    assert export_by_hand(late, Order(campaign="S1"), act=at(MONDAY)(), passwords=None).declined == ("17004",)


def test_it_holds_for_its_own_day_and_campaign_alone(late: Workspace) -> None:
    decline(late, "17004", "17005")
    enter(late, "S2")
    run_on(late, MONDAY)
    enter(late, "S2", union_codes=["17003", "17004"])
    assert asked_about(late) == ["17004"]
    enter(late, starts=MOVED.isoformat(), union_codes=THREE)
    close_slots(late, "S1", MOVED, ACT, MOVED)
    assert asked_about(late, MOVED) == ["17004", "17005"]
    enter(late, union_codes=THREE)  # the day it had before
    enter(late, "S2")
    assert asked_about(late) == []


def test_of_a_continuous_campaign_it_holds_for_the_union_s_day_that_came_out_without_it(branch: Workspace) -> None:
    no_plan(branch)
    starts(branch, "17003")
    enter(branch, "S1", kind="継続", starts="", ends="2027-03-31", days_ahead="0", union_codes=THREE)
    run_on(branch, START)
    starts(branch, "17004")
    assert asked_about(branch, START) == ["17004"]
    decline_unions(branch, "S1", ["17004"], START, ACT)
    assert not run_on(branch, START).needs_a_person


def starts(branch: Workspace, code: str) -> None:
    with writing(branch.engine) as connection:
        connection.execute(sa.update(unions).where(unions.c.union_code == code).values(renewal_campaign_on=START))


def test_a_closed_slot_that_is_opened_again_comes_out_for_those_too_that_were_declined(late: Workspace) -> None:
    moved = [MOVED.isoformat()]
    enter(late, starts=moved[0], union_codes=["17003", "17004"])
    close_slots(late, "S1", MOVED, ACT)
    decline_unions(late, "S1", ["17004"], MOVED, ACT)
    (opened,) = reopen_slots(late, "S1", MOVED, ACT)
    assert opened.undeclined == ("17004",)
    with reading(late.engine) as connection:
        assert declines.every(connection) == {}
    close_slots(late, "S1", MOVED, ACT)
    assert asked_about(late, MOVED) == ["17004"]


def test_what_a_person_decided_is_a_line_of_the_log(late: Workspace) -> None:
    enter(late, "S2", starts=MOVED.isoformat())

    def logged(decide: Callable[[], object]) -> list[dict[str, object]]:
        (path,) = (late.folder / "記録").glob("*.jsonl")
        before = len(path.read_text("utf-8").splitlines())
        decide()
        return [json.loads(line) for line in path.read_text("utf-8").splitlines()[before:]]

    of_s1 = {"at": ACT.made_at, "machine": "PC-1", "campaign": "S1", "starts_on": "2026-11-16"}
    of_s2 = of_s1 | {"campaign": "S2", "starts_on": "2026-11-24"}
    both = {"unions": ["17004", "17005"]}
    assert logged(lambda: decline(late, "17004", "17005")) == [of_s1 | {"event": "declined"} | both]
    assert logged(lambda: ask_about_unions(late, "S1", ["17004", "17005"], MONDAY, ACT)) == [
        of_s1 | {"event": "undeclined"} | both
    ]
    assert logged(lambda: close_slots(late, "S2", MONDAY, ACT)) == [of_s2 | {"event": "closed"}]
    assert logged(lambda: reopen_slots(late, "S2", MONDAY, ACT)) == [of_s2 | {"event": "reopened"}]
