"""Retention over: files and rows are gone, the deletion is in the 台帳, and it still holds (fault 46)."""

import shutil
import sqlite3
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa

from kyosai_lists.errors import UsageError
from kyosai_lists.ledger.retention import kept_until
from kyosai_lists.store.engine import reading, writing
from kyosai_lists.usecases.custody.look_at_custody import look_at_custody
from kyosai_lists.usecases.exporting.export_lists import export_lists
from kyosai_lists.usecases.exporting.export_result import ExportResult
from kyosai_lists.usecases.exporting.finish_runs import finish_runs
from kyosai_lists.usecases.exporting.staging import CONTROL_FOLDER, MANIFEST
from kyosai_lists.usecases.keeping import purge as purge_module
from kyosai_lists.usecases.keeping.disclosures import disclosures_of
from kyosai_lists.usecases.keeping.purge import carry_out, plan_purge
from kyosai_lists.usecases.keeping.reprint import reprint
from kyosai_lists.usecases.keeping.verify_ledger import verify_ledger
from kyosai_lists.usecases.workspace import Workspace
from tests.conftest import ACT
from tests.exporting.reading import table, workbooks
from tests.keeping.purging import IN_TIME, OLD, OVER, purge, rows


@pytest.fixture
def branch(own_branch: Workspace) -> Workspace:
    """On SQLite alone: `test_purge_either_store` purges on both."""
    return own_branch


def test_a_run_is_kept_to_the_end_of_so_many_years_after_its_own() -> None:
    assert kept_until(date(2026, 11, 1), date(2026, 10, 1), 3) == date(2030, 3, 31)
    assert kept_until(date(2027, 4, 1), date(2027, 3, 1), 3) == date(2031, 3, 31)
    assert kept_until(date(2020, 1, 1), date(2026, 11, 1), 3) == date(2030, 3, 31)


def test_on_its_last_day_nothing_is_due(branch: Workspace, old: ExportResult) -> None:
    assert plan_purge(branch, IN_TIME).due == ()
    assert [run.run_id for run in plan_purge(branch, OVER).due] == [old.run_id]


def test_a_second_purge_finds_nothing(branch: Workspace, old: ExportResult) -> None:
    purge(branch)
    done = purge(branch)
    assert (done.done, done.entry) == ((), None)


def test_a_purged_run_cannot_be_printed_again_and_is_no_longer_told_of_a_person(
    branch: Workspace, old: ExportResult, young: ExportResult
) -> None:
    number = str(table(workbooks(old.out)[0], "火災共済のみ加入")[0]["組合員番号"])
    assert len(disclosures_of(branch, number).handed_out) == 2
    purge(branch)
    with pytest.raises(UsageError, match="保存期間が過ぎて"):
        reprint(branch, old.run_id, act=OVER, passwords=None)
    assert [one.run_id for one in disclosures_of(branch, number).handed_out] == [young.run_id]


def test_what_is_still_out_is_told_and_stays_in_custody(branch: Workspace, old: ExportResult) -> None:
    assert plan_purge(branch, OVER).due[0].out == 2
    purge(branch)
    assert look_at_custody(branch, OVER.day).overdue == 2


def test_what_somebody_else_purged_meanwhile_is_entered_once(branch: Workspace, old: ExportResult) -> None:
    plan = plan_purge(branch, OVER)
    assert carry_out(branch, plan, OVER).entry
    assert carry_out(branch, plan, OVER).entry is None


PURGED_ROWS = [
    "UPDATE runs SET record = NULL, union_lists = NULL",
    "UPDATE run_books SET frozen = NULL",
    "DELETE FROM run_people",
]


@pytest.mark.parametrize("statement", PURGED_ROWS)
def test_rows_that_are_gone_without_an_entry_are_found(branch: Workspace, old: ExportResult, statement: str) -> None:
    with writing(branch.engine) as connection:
        connection.exec_driver_sql(statement)
    assert verify_ledger(branch, ACT).problems


def test_an_entry_that_names_another_run_excuses_nothing(
    branch: Workspace, old: ExportResult, young: ExportResult
) -> None:
    purge(branch)
    with writing(branch.engine) as connection:
        for statement in PURGED_ROWS:
            connection.exec_driver_sql(statement)
    problems = verify_ledger(branch, OVER).problems
    assert problems
    assert {found.place for found in problems if found.kind == "run"} == {f"名簿番号 {young.run_id}"}


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE runs SET record = 'x'",
        "UPDATE run_books SET frozen = 'x' WHERE union_code = '17001'",
        "INSERT INTO run_people (run_id, member_key, union_code, no, list_ids)"
        " SELECT run_id, '17-1', '17001', 1, 'fire-only' FROM runs",
    ],
)
def test_rows_that_came_back_after_a_purge_are_found(branch: Workspace, old: ExportResult, statement: str) -> None:
    purge(branch)
    with writing(branch.engine) as connection:
        connection.exec_driver_sql(statement)
    assert ["消したはず" in found.what for found in verify_ledger(branch, OVER).problems] == [True]


def test_stopped_between_files_and_rows_the_next_purge_completes(
    branch: Workspace, old: ExportResult, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(purge_module, "_enter", killed)
        with pytest.raises(KeyboardInterrupt):
            purge(branch)
    assert not old.out.exists()
    assert rows(branch, old)[0] > 0
    assert [run.run_id for run in purge(branch).done] == [old.run_id]
    assert rows(branch, old) == [0, 0, 0]


def test_files_that_turn_up_later_are_found_and_go_at_the_next_purge(
    branch: Workspace, old: ExportResult, tmp_path: Path
) -> None:
    shutil.copytree(old.out, tmp_path / "copy")
    purge(branch)
    shutil.copytree(tmp_path / "copy", branch.out / "copy")
    assert [found.kind for found in verify_ledger(branch, OVER).problems] == ["folder"]
    done = purge(branch)
    assert [(run.run_id, run.purged) for run in done.done] == [(old.run_id, True)]
    assert done.entry is None
    assert not (branch.out / "copy").exists()


def test_a_filled_in_workbook_goes_and_somebody_s_own_file_stays_and_is_told(
    branch: Workspace, old: ExportResult
) -> None:
    workbooks(old.out)[0].write_bytes(b"filled in")
    (old.out / "手紙.txt").write_text("mine")
    done = purge(branch)
    assert [path.name for path in old.out.rglob("*")] == ["手紙.txt"]
    assert (done.strangers, done.others) == ((old.out,), 1)
    assert done.needs_a_person
    (old.out / "控え").mkdir()
    (old.out / "控え" / "手紙.txt").write_text("mine")
    again = purge(branch)
    assert (again.done, again.files, again.entry) == ((), 0, None)
    assert (again.strangers, again.others, again.needs_a_person) == ((old.out,), 2, True)


def test_a_file_in_use_keeps_the_run_for_another_time(
    branch: Workspace, old: ExportResult, monkeypatch: pytest.MonkeyPatch
) -> None:
    def in_use(path: Path, missing_ok: bool = False) -> None:
        raise PermissionError(13, "in use")

    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", in_use)
        done = purge(branch)
    assert [run.run_id for run in done.stuck] == [old.run_id]
    assert done.entry is None
    assert rows(branch, old)[0] > 0
    assert purge(branch).stuck == ()


def test_the_folder_of_another_computer_is_told_and_goes_when_that_one_purges(
    branch: Workspace, tmp_path: Path
) -> None:
    run = export_lists(branch, OLD, act=replace(ACT, machine="PC-2"), passwords=None, out=tmp_path / "there")
    done = purge(branch)
    assert [one.elsewhere for one in done.done] == ["PC-2"]
    assert run.out.exists()
    there = replace(OVER, machine="PC-2")
    carry_out(branch, plan_purge(branch, there), there)
    assert not run.out.exists()


def test_a_folder_that_another_run_took_since_is_left_alone(branch: Workspace, old: ExportResult) -> None:
    young = export_lists(branch, OLD, act=IN_TIME, passwords=None, out=old.out)
    purge(branch)
    assert len(workbooks(young.out)) == 2
    assert verify_ledger(branch, OVER).problems == ()


def test_a_folder_whose_manifest_is_lost_still_holds_the_run_s_files_and_they_go(
    branch: Workspace, old: ExportResult
) -> None:
    (old.out / CONTROL_FOLDER / MANIFEST).unlink()
    files = sum(path.is_file() for path in old.out.rglob("*"))
    assert purge(branch).files == files
    assert not old.out.exists()


def test_a_killed_run_that_was_never_finished_is_purged_and_no_longer_waits(
    branch: Workspace, old: ExportResult
) -> None:
    left = old.out.with_name(f".作成中-{old.run_id}")
    old.out.rename(left)
    with writing(branch.engine) as connection:
        connection.exec_driver_sql("UPDATE runs SET placed_on = NULL")
    purge(branch)
    assert not left.exists()
    assert finish_runs(branch, OVER, None).waiting == ()


def test_what_was_deleted_is_not_in_the_file_of_the_store_either(own_branch: Workspace) -> None:
    def as_most_are_built(connection: sqlite3.Connection, _: object) -> None:
        connection.execute("PRAGMA secure_delete=OFF")

    own_branch.engine.dispose()
    sa.event.listen(own_branch.engine, "connect", as_most_are_built)
    run = export_lists(own_branch, OLD, act=ACT, passwords=None)
    with reading(own_branch.engine) as connection:
        frozen = (
            connection.exec_driver_sql(f"SELECT frozen FROM run_books WHERE run_id = '{run.run_id}'").scalars().first()
        )
    assert isinstance(frozen, bytes)
    piece = frozen[200:260]
    purge(own_branch)
    files = list(own_branch.folder.glob("kyosai.db*"))
    assert not any(piece in path.read_bytes() for path in files)
