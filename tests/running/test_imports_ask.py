"""A file of the plan that changes a campaign whose lists came out is asked about at once, as one that is typed in."""

from collections.abc import Collection
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa

from kyosai_lists.campaigns.came_out import CameOut
from kyosai_lists.store import runs
from kyosai_lists.store.engine import writing
from kyosai_lists.usecases.importing.import_files import import_files
from kyosai_lists.usecases.running import draw_up_plan as planning
from kyosai_lists.usecases.running.close_slots import close_slots
from kyosai_lists.usecases.workspace import Workspace
from tests.conftest import ACT, empty_ledger
from tests.importing.importing_files import Here
from tests.running.campaigning import MONDAY, enter, happened, no_plan, run_on

HEADINGS = "募集コード,募集名,種別,単組コード,開始日,終了日,発行日数前,対象リスト"
START, MOVED, END = "2026-11-16", "2026-11-24", "2026-12-18"


def take_in(
    branch: Workspace,
    *,
    starts: str = START,
    ends: str = END,
    unions: str = "17003",
    name: str = "秋のスポット",
    dry_run: bool = False,
) -> list[str]:
    """What is asked of the campaigns in a file with S1, and S2 as it was entered."""
    file = branch.folder / "募集計画.csv"
    s1 = f"S1,{name},スポット,{unions},{starts},{ends},14,fire-only"
    s2 = "S2,秋のスポット,スポット,17003,2026-11-16,2026-12-18,14,fire-only"
    file.write_text(f"{HEADINGS}\n{s1}\n{s2}\n", "utf-8")
    told = import_files(branch, [file], today=MONDAY, readers=Here, dry_run=dry_run).alarms
    return [line for line in told if line.startswith("募集 S")]  # that the file is short is told, too


def came_out(branch: Workspace) -> Workspace:
    no_plan(branch)
    enter(branch)
    enter(branch, "S2")
    run_on(branch, MONDAY)
    return branch


@pytest.fixture
def out(own_branch: Workspace) -> Workspace:
    return came_out(own_branch)


def test_a_day_that_is_changed_after_the_lists_came_out_is_told_as_soon_as_the_file_is_taken_in(
    branch: Workspace,
) -> None:
    came_out(branch)
    for dry_run in (True, False):
        (told,) = take_in(branch, starts=MOVED, dry_run=dry_run)
        assert told.startswith("募集 S1 秋のスポット: この募集の名簿は、開始日 2026-11-16 のときに、もう出してあります")
        assert "campaigns close S1 --start 2026-11-24" in told
    assert take_in(branch, starts=MOVED) == []  # it changes nothing any more


def test_a_union_that_is_added_after_the_lists_came_out_is_told_with_both_commands(branch: Workspace) -> None:
    came_out(branch)
    (told,) = take_in(branch, unions="17003;17004")
    assert "export --campaign S1 --union 17004 --as-of 2026-11-16" in told
    assert "campaigns close S1 --start 2026-11-16 --union 17004" in told


def test_a_slip_in_the_year_is_told_once_of_a_new_campaign_and_of_one_to_be(own_branch: Workspace) -> None:
    no_plan(own_branch)
    for dry_run in (True, False):
        (told,) = take_in(own_branch, starts="2025-11-17", ends="2025-12-18", dry_run=dry_run)
        assert told.startswith("募集 S1 秋のスポット: 終了日 2025-12-18 がもう過ぎているので、名簿は出ません")
    assert take_in(own_branch, starts="2025-11-17", ends="2025-12-18") == []


def test_another_name_is_nothing_to_ask_about_nor_is_a_changed_day_that_was_closed(out: Workspace) -> None:
    assert take_in(out, name="改めた名") == []
    take_in(out, starts=MOVED)
    close_slots(out, "S1", MONDAY, ACT, date.fromisoformat(MOVED))
    assert take_in(out, starts=MOVED, name="また改めた名") == []


def test_lists_of_the_day_that_only_a_folder_knows_are_told_too(out: Workspace) -> None:
    empty_ledger(out)
    (told,) = take_in(out, name="改めた名")
    assert "台帳には載っていません" in told


@pytest.mark.parametrize(
    "branch", ["postgresql"], indirect=True
)  # on SQLite nobody else writes while a file is taken in
def test_what_another_one_brings_out_meanwhile_is_nothing_unknown(
    branch: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    no_plan(branch)
    enter(branch)
    read = planning.runs_in_folders

    def looked(out: Path, known: Collection[str]) -> list[CameOut]:
        monkeypatch.setattr(planning, "runs_in_folders", read)
        assert happened(run_on(branch, MONDAY)) == {"S1": "issued"}
        return read(out, known)

    monkeypatch.setattr(planning, "runs_in_folders", looked)
    assert take_in(branch, name="改めた名") == []
    assert planning.runs_in_folders is read


def test_a_damaged_record_keeps_no_file_from_being_taken_in(out: Workspace) -> None:
    with writing(out.engine) as connection:
        connection.execute(sa.update(runs.runs).values(record=b"damaged"))
    (told,) = take_in(out, starts=MOVED)
    assert "もう出してあります" in told
