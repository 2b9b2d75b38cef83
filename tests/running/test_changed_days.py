"""A day that is changed after its lists came out, rows that are lost, a store that went back: nobody gets the same lists twice."""

import shutil
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from kyosai_lists.campaigns.came_out import CameOut
from kyosai_lists.campaigns.due import Standing
from kyosai_lists.store import runs
from kyosai_lists.store.engine import reading, writing
from kyosai_lists.store.tables import unions
from kyosai_lists.usecases.exporting.order import Order
from kyosai_lists.usecases.exporting.staging import CONTROL_FOLDER, MANIFEST
from kyosai_lists.usecases.running import draw_up_plan as planning
from kyosai_lists.usecases.running import past_runs
from kyosai_lists.usecases.running.calendar import look_at_calendar
from kyosai_lists.usecases.running.claims import claimed
from kyosai_lists.usecases.running.close_slots import close_slots
from kyosai_lists.usecases.running.draw_up_plan import plan_on
from kyosai_lists.usecases.running.event_log import LOGS
from kyosai_lists.usecases.running.export_by_hand import export_by_hand
from kyosai_lists.usecases.running.look_at_due import look_at_due
from kyosai_lists.usecases.running.run_due import DueResult
from kyosai_lists.usecases.workspace import Workspace, open_workspace
from tests.conftest import ACT, copied, empty_ledger
from tests.running.campaigning import MONDAY, at, enter, happened, issued, no_plan, run_on

START, MOVED = date(2026, 11, 16), date(2026, 11, 24)
LATER = date(2026, 11, 10)  # the day of issue of what starts on MOVED
OVER = date(2026, 12, 25)
ONCE = [("S1", START, False)]
CONTINUOUS = {"kind": "継続", "starts": "", "ends": "2027-03-31", "days_ahead": "0"}


@pytest.fixture(scope="module")
def came_out(sqlite_branch: Workspace, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """S1 has come out: made once, and copied for each test."""
    made = copied(sqlite_branch, tmp_path_factory.mktemp("came-out") / "w")
    no_plan(made)
    enter(made)
    run_on(made, MONDAY)
    yield made
    made.engine.dispose()


@pytest.fixture
def out(came_out: Workspace, tmp_path: Path) -> Iterator[Workspace]:
    came_out.engine.dispose()
    shutil.copytree(came_out.folder, tmp_path / "out-already")
    workspace = open_workspace(tmp_path / "out-already")
    yield workspace
    workspace.engine.dispose()


def asks(result: DueResult) -> list[str]:
    return [question.text for one in result.asked for question in one.questions]


def needs_a_person(branch: Workspace, day: date) -> bool:
    """As `run-due --check` has it."""
    return bool(look_at_due(branch, day, act=ACT).asked)


def test_the_calendar_keeps_what_came_out_under_a_day_that_nobody_names_any_more(out: Workspace) -> None:
    def shown(**given: Any) -> list[tuple[str, date, date, str, str | None]]:
        lines = look_at_calendar(out, LATER, **given).lines
        return [
            (line.slot.campaign.name, line.slot.starts_on, line.slot.campaign.ends_on, line.standing.value, line.run_id)
            for line in lines
        ]

    with reading(out.engine) as connection:
        (run,) = runs.overview(connection)
    before = ("秋のスポット", START, date(2026, 12, 18), "issued", run["run_id"])
    assert shown(everything=True) == [before]
    enter(out, starts=MOVED.isoformat(), ends="2026-12-25", name="改めた名", list_ids=["disaster-standard"])
    now = ("改めた名", MOVED, date(2026, 12, 25), "due", None)
    assert shown(everything=True) == [before, now]
    assert shown(month=(2026, 12)) == [before, now]
    assert shown(month=(2026, 12), list_id="fire-only") == [before]
    assert shown() == [now]
    no_plan(out)
    assert shown(everything=True) == [before]


def test_a_campaign_whose_day_was_changed_waits_until_it_comes_out_by_hand(out: Workspace) -> None:
    entered = enter(out, starts=MOVED.isoformat())
    assert [question.blocks for question in entered.questions] == [True]  # told at once
    assert not needs_a_person(out, MONDAY)  # but it is not due yet
    result = run_on(out, LATER)
    assert (happened(result), result.needs_a_person) == ({"S1": "blocked"}, True)
    assert "名簿番号" in asks(result)[0]
    assert needs_a_person(out, LATER)
    assert needs_a_person(out, OVER)
    assert "名簿番号" in asks(run_on(out, OVER))[0]
    export_by_hand(out, Order(campaign="S1", as_of=MOVED), act=at(LATER)(), passwords=None)
    assert not run_on(out, LATER).needs_a_person
    assert look_at_calendar(out, LATER).asked == ()
    assert issued(out) == [*ONCE, ("S1", MOVED, False)]


def test_or_until_it_is_closed(out: Workspace) -> None:
    enter(out, starts=MOVED.isoformat())
    close_slots(out, "S1", LATER, ACT, MOVED)
    for day in (LATER, OVER):
        assert not needs_a_person(out, day)
        assert not run_on(out, day).needs_a_person
        assert look_at_calendar(out, day, everything=True).asked == ()
    assert issued(out) == ONCE


@pytest.mark.parametrize("typed", [{"ends": "2026-12-28"}, {"days_ahead": "3"}, {"days_ahead": "", "name": "改めた名"}])
def test_another_end_or_day_of_issue_brings_nothing_out_again(out: Workspace, typed: dict[str, str]) -> None:
    assert enter(out, **typed).questions == ()
    assert (happened(run_on(out, LATER)), issued(out)) == ({}, ONCE)


def test_what_waits_and_is_brought_out_by_hand_this_moment_is_under_way_and_waits_no_more(out: Workspace) -> None:
    enter(out, starts=MOVED.isoformat())
    enter(out, "S2", starts=MOVED.isoformat())  # due as well, and nobody is at it
    line, _ = plan_on(out, LATER).standing(Standing.DUE)
    assert line.waits
    with claimed(out.engine, line.slot, ACT, out.folder / LOGS) as claim:
        assert claim is not None
        look = look_at_due(out, LATER, act=ACT)
        shown = [[one.slot.campaign.code for one in part] for part in (look.under_way, look.held_back, look.waiting)]
        assert (shown, look.asked) == ([["S1"], [], ["S2"]], ())
        result = run_on(out, LATER)
        assert (happened(result), asks(result)) == ({"S1": "elsewhere", "S2": "issued"}, [])
    assert look_at_due(out, LATER, act=ACT).held_back  # it died, or came to nothing
    assert happened(run_on(out, LATER)) == {"S1": "blocked"}


def test_next_year_s_campaign_under_the_same_code_comes_out_as_ever(out: Workspace) -> None:
    enter(out, starts="2027-11-15", ends="2027-12-17")
    assert happened(run_on(out, date(2027, 11, 1))) == {"S1": "issued"}


def test_unions_whose_day_was_changed_are_left_out_of_the_next_day_and_told_once(branch: Workspace) -> None:
    no_plan(branch)
    starts(branch, {"17001": START, "17003": START, "17004": MOVED})
    enter(branch, "K1", **CONTINUOUS, union_codes=["17001", "17003", "17004"])
    assert happened(run_on(branch, START)) == {"K1": "issued"}
    starts(branch, {"17003": MOVED})
    assert not run_on(branch, START).needs_a_person
    result = run_on(branch, MOVED)
    (outcome,) = result.outcomes
    assert outcome.result is not None
    assert [book.union_code for book in outcome.result.books] == ["17004"]
    assert result.needs_a_person
    assert f"17003(開始日 {START}" in asks(result)[0]
    assert not run_on(branch, MOVED).needs_a_person
    assert [day for _, day, _ in issued(branch)] == [START, MOVED]


@pytest.mark.parametrize(
    ("asked_for", "told"),
    [
        (("17004",), ["17001", "17003"]),
        (("17004", "17003"), ["17001"]),
        (("17001", "17003", "17004"), []),
        ((), []),  # all of the campaign
    ],
)
def test_who_brings_out_the_rest_of_a_day_by_hand_is_told_whom_it_leaves_out(
    out: Workspace, asked_for: tuple[str, ...], told: list[str]
) -> None:
    starts(out, {"17001": START, "17003": START, "17004": MOVED})
    enter(out, "K1", **CONTINUOUS, union_codes=["17001", "17003", "17004"])
    run_on(out, START)
    starts(out, {"17001": MOVED, "17003": MOVED})
    order = Order(campaign="K1", union_codes=asked_for, as_of=MOVED)
    served = export_by_hand(out, order, act=at(MOVED)(), passwords=None).served
    assert (list(served.by) if served else []) == told
    for code in told:
        assert served is not None
        assert f"{code}(開始日 {START}" in served.in_words
        assert f"--union {code}" in served.in_words
    assert happened(run_on(out, MOVED)) == {}  # that day has come out


def test_who_asks_for_less_than_is_due_or_for_what_is_not_yet_is_told_nothing(out: Workspace) -> None:
    starts(out, {"17003": START, "17004": MOVED, "17005": MOVED})
    enter(out, "K1", **CONTINUOUS, union_codes=["17003", "17004", "17005"])
    run_on(out, START)
    starts(out, {"17003": MOVED})
    for codes, day in ((("17004",), MOVED), (("17004", "17005"), START)):
        order = Order(campaign="K1", union_codes=codes, as_of=MOVED)
        assert export_by_hand(out, order, act=at(day)(), passwords=None).served is None


def test_a_day_whose_unions_all_have_their_lists_waits_for_a_person(out: Workspace) -> None:
    starts(out, {"17003": START})
    enter(out, "K1", **CONTINUOUS)
    run_on(out, START)
    starts(out, {"17003": MOVED})
    result = run_on(out, MOVED)
    assert (happened(result), result.needs_a_person) == ({"K1": "blocked"}, True)
    by_hand = Order(campaign="K1", union_codes=("17003",), as_of=MOVED)
    export_by_hand(out, by_hand, act=at(MOVED)(), passwords=None)
    assert not run_on(out, MOVED).needs_a_person


def test_a_closed_day_does_not_swallow_the_union_that_gets_it_next_nor_ask_about_those_it_was_closed_for(
    out: Workspace,
) -> None:
    starts(out, {"17003": START, "17001": MOVED})
    enter(out, "K1", **CONTINUOUS, union_codes=["17001", "17003", "17004"])
    run_on(out, START)
    starts(out, {"17003": MOVED})
    close_slots(out, "K1", MOVED, ACT, MOVED)
    assert not needs_a_person(out, MOVED)  # 17003 has its lists, and 17001 is to have none
    starts(out, {"17003": START, "17004": MOVED})
    assert "単組 17004 には" in asks(run_on(out, MOVED))[0]
    by_hand = Order(campaign="K1", union_codes=("17004",), as_of=MOVED)
    export_by_hand(out, by_hand, act=at(MOVED)(), passwords=None)
    assert not needs_a_person(out, MOVED)


def test_a_look_at_a_campaign_before_it_comes_out_keeps_no_union_off_its_own_day(out: Workspace) -> None:
    starts(out, {"17001": START, "17003": MOVED})
    enter(out, "K1", **CONTINUOUS, union_codes=["17001", "17003"])
    export_by_hand(out, Order(campaign="K1", as_of=START), act=at(MONDAY)(), passwords=None)
    assert happened(run_on(out, START)) == {"K1": "issued"}
    result = run_on(out, MOVED)
    assert (happened(result), asks(result)) == ({"K1": "issued"}, [])


def test_what_waits_for_a_person_is_not_said_to_come_next(out: Workspace) -> None:
    enter(out, starts=MOVED.isoformat())
    assert look_at_due(out, MONDAY, act=ACT).coming is None
    assert look_at_calendar(out, MONDAY).coming is None


def starts(branch: Workspace, days: dict[str, date]) -> None:
    with writing(branch.engine) as connection:
        for code, day in days.items():
            changed = sa.update(unions).where(unions.c.union_code == code).values(renewal_campaign_on=day)
            connection.execute(changed)


def test_what_the_ledger_has_is_out_even_when_the_slot_s_row_is_lost(branch: Workspace) -> None:
    no_plan(branch)
    enter(branch)
    late = MONDAY + timedelta(days=1)
    run_on(branch, late)
    with writing(branch.engine) as connection:
        connection.exec_driver_sql("DELETE FROM slots")
    assert (happened(run_on(branch, late)), issued(branch)) == ({}, [("S1", START, True)])
    (line,) = plan_on(branch, late).lines
    with reading(branch.engine) as connection:
        run_id = connection.exec_driver_sql("SELECT run_id FROM runs").scalar_one()
    assert (line.standing, line.late, line.run_id) == (Standing.ISSUED, True, run_id)


def test_what_stands_in_a_folder_that_the_ledger_does_not_know_waits_for_a_person(out: Workspace) -> None:
    empty_ledger(out)  # as after an older backup was restored
    (folder,) = out.out.iterdir()
    result = run_on(out, MONDAY)
    assert (happened(result), result.needs_a_person, issued(out)) == ({"S1": "blocked"}, True, [])
    assert folder.name in asks(result)[0]
    assert needs_a_person(out, MONDAY)
    export_by_hand(out, Order(campaign="S1"), act=at(MONDAY)(), passwords=None)
    assert not run_on(out, MONDAY).needs_a_person
    assert issued(out) == ONCE


def test_a_folder_counts_for_its_own_campaign_and_day_and_as_lists_under_an_earlier_day(out: Workspace) -> None:
    empty_ledger(out)
    enter(out, "S2")
    enter(out, starts=MOVED.isoformat())
    result = run_on(out, LATER)
    assert happened(result) == {"S1": "blocked", "S2": "issued"}
    assert f"開始日 {START} のときに" in asks(result)[0]


@pytest.mark.parametrize(
    "text", ["", "[]", '{"run": "X"}', '{"run": "X", "campaign": "S1", "slot_on": "いつか", "workbooks": 3}']
)
def test_a_folder_whose_manifest_says_nothing_of_a_slot_is_in_nobody_s_way(out: Workspace, text: str) -> None:
    empty_ledger(out)
    (folder,) = out.out.iterdir()
    (folder / CONTROL_FOLDER / MANIFEST).write_text(text, "utf-8")
    assert happened(run_on(out, MONDAY)) == {"S1": "issued"}


def test_folders_that_are_known_by_their_names_are_not_opened(out: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(past_runs, "folder_manifest", lambda folder: opened.append(folder.name))
    (folder,) = out.out.iterdir()
    shutil.copytree(folder, out.out / "写し")
    shutil.copytree(folder, out.out / ".途中")
    plan_on(out, MONDAY)
    assert opened == ["写し"]


def test_what_another_scheduler_brings_out_meanwhile_is_nothing_unknown(
    out: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks = iter(range(9))

    def looked(*given: Any) -> list[CameOut]:
        if next(looks) == 0:
            enter(out, "S2")
            assert happened(run_on(out, MONDAY)) == {"S2": "issued"}
        return past_runs.runs_in_folders(*given)

    monkeypatch.setattr(planning, "runs_in_folders", looked)
    result = run_on(out, MONDAY)
    assert (happened(result), result.needs_a_person) == ({}, False)
