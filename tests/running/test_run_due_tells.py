"""What a run of what is due tells: in its answer, in the log, in まとめ (faults 43, 44)."""

import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from openpyxl import load_workbook

from kyosai_lists.store import ledger
from kyosai_lists.store.engine import reading, writing
from kyosai_lists.store.ledger_tables import runs, slots
from kyosai_lists.store.tables import campaigns, unions
from kyosai_lists.usecases.act import Act
from kyosai_lists.usecases.entering.campaigns_by_hand import add_campaign
from kyosai_lists.usecases.exporting.order import Order
from kyosai_lists.usecases.importing.past_imports import undo_import
from kyosai_lists.usecases.keeping.verify_ledger import verify_ledger
from kyosai_lists.usecases.running import run_due as running
from kyosai_lists.usecases.running.calendar import look_at_calendar
from kyosai_lists.usecases.running.close_slots import close_slots
from kyosai_lists.usecases.running.draw_up_plan import plan_on
from kyosai_lists.usecases.running.export_by_hand import export_by_hand
from kyosai_lists.usecases.running.look_at_due import look_at_due
from kyosai_lists.usecases.workspace import Workspace
from tests.conftest import ACT
from tests.running.campaigning import MONDAY, TYPED, at, enter, happened, issued, no_plan, run_on

START = date(2026, 11, 16)


@pytest.fixture
def branch(own_branch: Workspace) -> Workspace:
    no_plan(own_branch)
    return own_branch


def test_what_never_came_out_is_seen_and_told_until_it_did(branch: Workspace) -> None:
    enter(branch)
    late = date(2026, 12, 19)
    result = run_on(branch, late)
    assert ([line.slot.campaign.code for line in result.missed], result.needs_a_person) == (["S1"], True)
    assert [line.slot.campaign.code for line in look_at_due(branch, late, act=at(late)()).missed] == ["S1"]
    assert result.outcomes == ()
    log = [
        json.loads(line) for path in (branch.folder / "記録").glob("*.jsonl") for line in path.open(encoding="utf-8")
    ]
    assert [line["event"] for line in log] == ["missed", "ran"]


def test_a_campaign_that_was_over_before_the_store_knew_of_it_was_not_missed(branch: Workspace) -> None:
    enter(branch, starts="2025-11-17", ends="2025-12-19")
    assert run_on(branch, MONDAY).missed == []


def test_a_campaign_that_is_over_when_it_is_entered_is_asked_about_there_and_in_the_whole_calendar_alone(
    branch: Workspace,
) -> None:
    slip = enter(branch, starts="2025-11-17", ends="2025-12-19")
    assert ["終了日 2025-12-19 がもう過ぎている" in one.text for one in slip.questions] == [True]
    assert (slip.lines, slip.questions[0].blocks) == ((), False)
    result, look = run_on(branch, MONDAY), look_at_due(branch, MONDAY, act=at(MONDAY)())
    assert (result.needs_a_person, look.asked) == (False, ())

    def asked(*, everything: bool, list_id: str | None = None) -> list[str]:
        found = look_at_calendar(branch, MONDAY, everything=everything, list_id=list_id)
        return [one.campaign.code for one in found.asked]

    assert asked(everything=True) == asked(everything=True, list_id="fire-only") == ["S1"]
    assert asked(everything=False) == asked(everything=True, list_id="young-unenrolled") == []
    assert enter(branch).questions == ()  # the year put right


def test_one_that_came_out_or_was_missed_is_no_slip_when_it_is_entered_again_after_its_end(branch: Workspace) -> None:
    late = date(2026, 12, 21)
    first = enter(branch)
    enter(branch, "S2", starts="2026-12-01")
    run_on(branch, MONDAY)
    undo_import(branch, first.number, MONDAY)
    assert add_campaign(branch, "S1", today=late, **TYPED).questions == ()
    assert add_campaign(branch, "S2", today=late, **(TYPED | {"starts": "2026-12-01"})).questions == ()
    slip = add_campaign(branch, "S1", today=late, **(TYPED | {"starts": "2025-11-17", "ends": "2025-12-18"}))
    assert ["もう過ぎている" in one.text for one in slip.questions] == [True]


def test_one_that_was_missed_stays_missed_when_it_is_edited_after_its_end(branch: Workspace) -> None:
    enter(branch)
    late = date(2026, 12, 21)
    for day, name in ((late, "改めた名"), (late + timedelta(days=1), "また改めた名")):
        add_campaign(branch, "S1", today=day, **(TYPED | {"name": name}))
        assert [line.slot.campaign.name for line in run_on(branch, day).missed] == [name]


def test_the_day_of_an_import_that_was_taken_back_is_not_when_a_campaign_became_known(branch: Workspace) -> None:
    late = date(2026, 12, 21)
    first = add_campaign(branch, "S1", today=date(2026, 10, 1), **TYPED)
    second = add_campaign(branch, "S1", today=date(2026, 10, 2), **(TYPED | {"name": "改めた名"}))
    for number in (second.number, first.number):
        undo_import(branch, number, date(2026, 10, 3))
    add_campaign(branch, "S1", today=late, **TYPED)
    assert run_on(branch, late).missed == []


def test_one_that_does_not_fit_is_told_and_comes_out_once_it_is_mended(branch: Workspace) -> None:
    enter(branch)
    with writing(branch.engine) as connection:  # a file's lists are not looked at when it is taken in
        connection.execute(sa.update(campaigns).values(list_ids="fire-onyl"))
    result = run_on(branch, MONDAY)
    assert (happened(result), result.needs_a_person) == ({"S1": "blocked"}, True)
    assert ["fire-onyl" in question.text for question in result.asked[0].questions] == [True]
    enter(branch, "S2", kind="継続", starts="")  # the union has no day of its own
    assert [one.campaign.code for one in run_on(branch, MONDAY).plan.without_day] == ["S2"]
    enter(branch)
    assert happened(run_on(branch, MONDAY)) == {"S1": "issued"}


def test_a_campaign_that_is_done_is_not_asked_for_a_day_once_next_years_is_entered(branch: Workspace) -> None:
    enter(branch, "K1", kind="継続", starts="", ends="2027-03-31", days_ahead="0", union_codes=["17001", "17003"])
    _all_start_on(branch, MONDAY)
    assert happened(run_on(branch, MONDAY)) == {"K1": "issued"}
    _all_start_on(branch, date(2027, 11, 1))
    assert plan_on(branch, MONDAY).without_day == ()
    with writing(branch.engine) as connection:
        connection.execute(sa.update(slots).values(starts_on=date(2025, 11, 3)))
        connection.execute(sa.update(runs).values(slot_on=date(2025, 11, 3)))
    without_day = plan_on(branch, MONDAY).without_day
    assert [one.campaign.code for one in without_day] == ["K1"]  # last year's is not this year's


def test_nor_is_one_whose_day_was_closed(branch: Workspace) -> None:
    enter(branch, "K1", kind="継続", starts="", ends="2027-03-31", days_ahead="0", union_codes=["17001", "17003"])
    _all_start_on(branch, date(2027, 11, 1))
    assert [one.campaign.code for one in plan_on(branch, MONDAY).without_day] == ["K1"]
    _all_start_on(branch, MONDAY)
    close_slots(branch, "K1", MONDAY, ACT)
    _all_start_on(branch, date(2027, 11, 1))
    assert plan_on(branch, MONDAY).without_day == ()


def _all_start_on(branch: Workspace, day: date) -> None:
    with writing(branch.engine) as connection:
        connection.execute(sa.update(unions).values(renewal_campaign_on=day))


def test_a_continuous_campaign_comes_out_for_each_day_of_its_unions_and_tells_who_has_none(branch: Workspace) -> None:
    starts = {"17001": date(2026, 11, 20), "17003": date(2026, 11, 20), "17004": date(2026, 12, 7)}
    with writing(branch.engine) as connection:
        for code, day in starts.items():
            connection.execute(sa.update(unions).where(unions.c.union_code == code).values(renewal_campaign_on=day))
    entered = enter(
        branch, "K1", kind="継続", starts="", ends="2027-03-31", days_ahead="0",
        union_codes=["17001", "17003", "17004", "17005"],
    )  # fmt: skip
    assert ["17005" in question.text for question in entered.questions] == [True]
    (first,) = run_on(branch, date(2026, 11, 20)).outcomes
    assert first.result is not None
    assert [book.union_code for book in first.result.books] == ["17001", "17003"]
    (second,) = run_on(branch, date(2026, 12, 8)).outcomes
    assert (second.line.late, second.result and second.result.as_of) == (True, date(2026, 12, 7))
    assert issued(branch) == [("K1", date(2026, 11, 20), False), ("K1", date(2026, 12, 7), True)]


def test_a_union_whose_day_was_entered_after_the_others_came_out_is_told_until_it_has_its_own(
    branch: Workspace,
) -> None:
    start = date(2026, 11, 20)

    def starts(code: str) -> None:
        with writing(branch.engine) as connection:
            connection.execute(sa.update(unions).where(unions.c.union_code == code).values(renewal_campaign_on=start))

    starts("17003")
    enter(branch, "K1", kind="継続", starts="", ends="2027-03-31", days_ahead="0", union_codes=["17003", "17004"])
    assert not run_on(branch, start).asked
    starts("17004")
    result = run_on(branch, start)
    (told,) = result.asked
    assert (result.outcomes, result.needs_a_person) == ((), True)
    assert "--union 17004" in told.questions[0].text
    assert look_at_due(branch, start, act=ACT).asked == (told,)
    assert run_on(branch, date(2027, 4, 1)).asked == []  # the campaign is over
    export_by_hand(branch, Order(campaign="K1", union_codes=("17004",), as_of=start), act=at(start)(), passwords=None)
    assert not run_on(branch, start).asked


def test_check_tells_what_is_due_and_does_nothing(branch: Workspace) -> None:
    enter(branch)
    found = look_at_due(branch, MONDAY, act=ACT)
    assert [line.slot.campaign.code for line in found.waiting] == ["S1"]
    assert issued(branch) == []
    assert not (branch.folder / "記録").exists()
    run_on(branch, MONDAY)
    assert look_at_due(branch, MONDAY, act=ACT).waiting == []


def test_the_log_has_a_line_of_json_for_each_event_and_is_kept_for_two_years(branch: Workspace) -> None:
    enter(branch)
    old = branch.folder / "記録"
    old.mkdir()
    for month in range(1, 13):
        for year in (2024, 2025):
            (old / f"run-due-{year}-{month:02}.jsonl").write_text("{}\n")
    (old / "ほか.txt").write_text("", "utf-8")
    (outcome,) = run_on(branch, MONDAY).outcomes
    assert outcome.result is not None
    lines = [json.loads(line) for line in (old / "run-due-2026-11.jsonl").read_text("utf-8").splitlines()]
    assert lines[0] == {
        "at": "2026-11-02T00:00:00Z", "machine": "PC-1", "event": "issued", "campaign": "S1", "starts_on": "2026-11-16",
        "late": False, "run": outcome.result.run_id, "far_off": 0,
    }  # fmt: skip
    assert [line["event"] for line in lines] == ["issued", "ran"]
    assert len(list(old.glob("*.jsonl"))) == 24
    assert not (old / "run-due-2024-01.jsonl").exists()
    assert (old / "ほか.txt").exists()


def test_a_list_far_larger_or_smaller_than_last_time_comes_out_and_is_said_everywhere(branch: Workspace) -> None:
    enter(branch)
    enter(branch, "S2", starts="2026-12-01", ends="2026-12-25")
    (first,) = run_on(branch, MONDAY).outcomes
    assert first.result is not None
    before = first.result.delivered
    with writing(branch.engine) as connection:  # two thirds leave
        connection.exec_driver_sql(
            "UPDATE members SET status = 'left' WHERE union_code = '17003' AND CAST(substr(member_key, 11, 1) AS INTEGER) < 7"
        )
    result = run_on(branch, date(2026, 11, 17))
    (second,) = result.outcomes
    assert second.result is not None
    (far,) = second.result.far_off
    assert (far.list_id, far.before_run, far.before, far.now) == (
        "fire-only", first.result.run_id, before, second.result.delivered,
    )  # fmt: skip
    assert 0 < far.now < 0.7 * far.before
    assert result.needs_a_person
    overview = load_workbook(second.result.out / "県支部控え" / "まとめ.xlsx")["概要"]
    assert any(far.in_words in str(row[1].value) for row in overview.iter_rows(max_col=2))
    assert verify_ledger(branch, ACT).problems == ()


def test_who_acts_later_than_the_claim_is_entered_so(branch: Workspace) -> None:
    """Each export is entered with the moment at which it began, not with that of the first."""
    enter(branch)
    enter(branch, "S2")
    moments = iter(range(100))

    def ticking() -> Act:
        return replace(ACT, at=ACT.at + timedelta(minutes=next(moments)))

    running.run_due(branch, MONDAY, acting=ticking, passwords=None)
    with reading(branch.engine) as connection:
        made = [entry.made_at for entry in ledger.entries(connection)]
    assert made == sorted(set(made))
    assert len(made) == 2


def test_no_file_of_a_run_stands_outside_the_workspace(branch: Workspace, tmp_path: Path) -> None:
    enter(branch)
    run_on(branch, MONDAY)
    assert {path.name for path in (branch.folder / "記録").iterdir()} == {"run-due-2026-11.jsonl"}
