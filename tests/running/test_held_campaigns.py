"""A campaign whose newest row is on 保留 waits: nobody is approached by what may be wrong (interface.md §1)."""

from datetime import date
from pathlib import Path

import pytest

from kyosai_lists.usecases.importing.hold import on_hold
from kyosai_lists.usecases.importing.import_files import import_files
from kyosai_lists.usecases.importing.past_imports import undo_import
from kyosai_lists.usecases.running.calendar import look_at_calendar
from kyosai_lists.usecases.running.look_at_due import DueLook, look_at_due
from kyosai_lists.usecases.workspace import Workspace
from tests.conftest import workspace_at
from tests.importing.importing_files import Here
from tests.running.campaigning import MONDAY, at, enter, happened, no_plan, run_on

HEADINGS = "募集コード,募集名,種別,県コード,単組コード,開始日,終了日,発行日数前,対象リスト"
S1 = {"code": "S1", "pref": "", "unions": "17003", "starts": "2026-11-16", "ends": "2026-12-18"}
NO_DAY = {"starts": "2027/2/30"}


@pytest.fixture
def branch(own_branch: Workspace) -> Workspace:
    no_plan(own_branch)
    return own_branch


def take_in(branch: Workspace, **said: str) -> int:
    """A plan of one row; gives the number of the import."""
    row = S1 | said
    file = branch.folder / "募集計画.csv"
    values = (
        f"{row['code']},秋のスポット,スポット,{row['pref']},{row['unions']},{row['starts']},{row['ends']},14,fire-only"
    )
    file.write_text(f"{HEADINGS}\n{values}\n", "utf-8")
    return import_files(branch, [file], today=date(2026, 10, 2), readers=Here).number


def look(branch: Workspace, day: date = MONDAY) -> DueLook:
    return look_at_due(branch, day, act=at(day)())


def told(branch: Workspace, day: date = MONDAY) -> list[str]:
    """By code, of whom the calendar tells that a row is on 保留."""
    found = look_at_calendar(branch, day).asked
    return [one.campaign.code for one in found if any("保留になって" in question.text for question in one.questions)]


def withdraw(branch: Workspace) -> None:
    (row,) = on_hold(branch)
    file = branch.folder / "取りやめ.csv"
    file.write_text(f"保留番号,保留の処理,{HEADINGS}\n{row.number},取りやめ,{','.join(row.raw.values())}\n", "utf-8")
    import_files(branch, [file], today=date(2026, 10, 3), readers=Here)


def test_a_campaign_whose_newest_row_is_on_hold_waits_and_says_where_to_mend_it(branch: Workspace) -> None:
    enter(branch)
    take_in(branch, **NO_DAY)
    (row,) = on_hold(branch)
    found = look(branch)
    (asked,) = found.asked
    assert (asked.campaign.code, asked.blocked) == ("S1", True)
    for words in (f"保留番号 {row.number}", "募集計画.csv 2行目", "開始日: ", "取りやめ", "held --write"):
        assert words in asked.questions[0].text
    assert found.coming is None
    result = run_on(branch, MONDAY)
    assert (happened(result), result.needs_a_person, len(result.asked)) == ({"S1": "blocked"}, True, 1)


def test_before_its_day_the_calendar_alone_tells_and_does_not_promise_it(branch: Workspace) -> None:
    enter(branch)
    take_in(branch, **NO_DAY)
    day = date(2026, 10, 5)
    assert (told(branch, day), look(branch, day).asked) == (["S1"], ())
    assert look_at_calendar(branch, day).coming is None
    assert not run_on(branch, day).needs_a_person


@pytest.mark.parametrize("how", ["mended", "typed", "withdrawn", "undone"])
def test_it_comes_out_once_the_row_is_mended_or_given_up(branch: Workspace, how: str) -> None:
    enter(branch)
    number = take_in(branch, **NO_DAY)
    if how == "mended":
        take_in(branch, starts="2026-11-17")
    elif how == "typed":
        enter(branch)
    elif how == "withdrawn":
        withdraw(branch)
    else:
        undo_import(branch, number, date(2026, 10, 3))
    assert told(branch) == []
    assert happened(run_on(branch, date(2026, 11, 3))) == {"S1": "issued"}


@pytest.mark.parametrize("wrong", [{"unions": "17003;17999"}, {"pref": "99"}, {"ends": "2026-11-01"}])
def test_whatever_is_wrong_with_the_newest_row_it_waits(branch: Workspace, wrong: dict[str, str]) -> None:
    enter(branch)
    take_in(branch, code="Ｓ１", **wrong)
    assert happened(run_on(branch, MONDAY)) == {"S1": "blocked"}


def test_one_that_came_out_is_told_of_in_the_calendar_and_nags_nobody(branch: Workspace) -> None:
    enter(branch)
    run_on(branch, MONDAY)
    take_in(branch, **NO_DAY)
    assert (told(branch), look(branch).asked) == (["S1"], ())


def test_a_row_of_a_campaign_that_never_came_in_is_named_until_it_is_mended_or_given_up(branch: Workspace) -> None:
    take_in(branch, **NO_DAY)
    for asked in (look(branch).asked, run_on(branch, MONDAY).asked):
        assert [one.campaign.code for one in asked] == ["S1"]
        assert "開始日: " in asked[0].questions[0].text
    assert told(branch) == ["S1"]
    withdraw(branch)
    assert (told(branch), look(branch).asked) == ([], ())
    assert not run_on(branch, MONDAY).needs_a_person


def test_next_years_row_under_the_code_of_one_that_is_over_is_named(branch: Workspace) -> None:
    enter(branch)
    run_on(branch, MONDAY)
    take_in(branch, starts="2027-11-31", ends="2027-12-17")
    day = date(2027, 11, 1)
    assert (told(branch, day), [one.campaign.code for one in look(branch, day).asked]) == (["S1"], ["S1"])
    assert run_on(branch, day).needs_a_person


def test_a_row_without_a_code_is_told_of(branch: Workspace) -> None:
    take_in(branch, code="")
    (asked,) = look(branch).asked
    assert (asked.campaign.code, asked.campaign.name) == ("", "募集コードのない募集")


def test_rows_of_a_plan_that_are_other_branches_are_theirs_to_take_in(tmp_path: Path) -> None:
    ours = workspace_at(tmp_path / "ours", ("17",))
    take_in(ours, pref="18", unions="")
    assert (len(on_hold(ours)), told(ours), look(ours).asked) == (1, [], ())
    take_in(ours, code="S9", pref="99", unions="")
    assert told(ours) == ["S9"]
    ours.engine.dispose()
