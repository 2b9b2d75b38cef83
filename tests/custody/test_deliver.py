"""Onto a shared drive: whole or not there, read back, nothing written over, finished another time; 県支部控え stays at home."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from kyosai_lists.errors import UsageError
from kyosai_lists.store import ledger
from kyosai_lists.store.engine import reading, writing
from kyosai_lists.usecases.custody import copy_whole as copying
from kyosai_lists.usecases.custody import deliver as delivering
from kyosai_lists.usecases.custody.deliver import CHANNEL, deliver
from kyosai_lists.usecases.custody.look_at_custody import look_at_custody
from kyosai_lists.usecases.custody.record_custody import Told, record_custody
from kyosai_lists.usecases.exporting.export_lists import export_lists
from kyosai_lists.usecases.exporting.export_result import ExportResult
from kyosai_lists.usecases.exporting.order import Order
from kyosai_lists.usecases.keeping.verify_ledger import verify_ledger
from kyosai_lists.usecases.workspace import Workspace
from tests.cli.running import typed_into
from tests.conftest import ACT, AS_OF
from tests.exporting.killing import contents
from tests.exporting.reading import workbooks
from tests.keeping.purging import purge

THREE = ("17001", "17002", "17003")
ORDER = Order(as_of=AS_OF, union_codes=THREE, list_ids=("fire-only",))


@pytest.fixture
def run(own_branch: Workspace) -> ExportResult:
    return export_lists(own_branch, ORDER, act=ACT, passwords=None)


@pytest.fixture
def drive(tmp_path: Path) -> Path:
    return tmp_path / "drive"


def kinds(branch: Workspace) -> list[str]:
    with reading(branch.engine) as connection:
        return [entry.kind for entry in ledger.entries(connection)]


def test_the_workbooks_are_there_byte_for_byte_and_nothing_of_the_branch_s_own(
    own_branch: Workspace, run: ExportResult, drive: Path
) -> None:
    done = deliver(own_branch, run.run_id, drive, ACT)
    assert (done.copied, done.needs_a_person) == (THREE, False)
    expected = {path: data for path, data in contents(run.out).items() if "県支部控え" not in path}
    assert contents(done.out) == expected
    assert contents(drive).keys() == {f"{run.out.name}/{path}" for path in expected}


def test_it_is_in_the_ledger_once_as_handed_out_that_way(own_branch: Workspace, run: ExportResult, drive: Path) -> None:
    for act in (ACT, replace(ACT, at=ACT.at + timedelta(days=1))):
        done = deliver(own_branch, run.run_id, drive, act)
    assert (done.copied, done.same) == ((), THREE)
    assert kinds(own_branch) == ["run", "custody"]
    files = look_at_custody(own_branch, AS_OF).files
    assert {one.standing.channel for one in files} == {CHANNEL}
    assert {one.standing.state for one in files} == {"issued"}
    assert verify_ledger(own_branch, ACT).problems == ()


def test_what_is_there_and_unchanged_is_not_touched(own_branch: Workspace, run: ExportResult, drive: Path) -> None:
    done = deliver(own_branch, run.run_id, drive, ACT)
    before = {path: path.stat().st_mtime_ns for path in workbooks(done.out)}
    deliver(own_branch, run.run_id, drive, ACT)
    assert {path: path.stat().st_mtime_ns for path in workbooks(done.out)} == before


def test_something_else_with_the_name_stays_and_is_told(own_branch: Workspace, run: ExportResult, drive: Path) -> None:
    done = deliver(own_branch, run.run_id, drive, ACT)
    first = workbooks(done.out)[0]
    first.write_bytes(b"an officer wrote into it")
    again = deliver(own_branch, run.run_id, drive, ACT)
    assert (again.other, again.same) == (("17001",), ("17002", "17003"))
    assert again.needs_a_person
    assert first.read_bytes() == b"an officer wrote into it"


def test_what_was_changed_at_home_is_not_delivered(own_branch: Workspace, run: ExportResult, drive: Path) -> None:
    first, second, _ = workbooks(run.out)
    first.write_bytes(b"changed")
    second.unlink()
    done = deliver(own_branch, run.run_id, drive, ACT)
    assert (done.changed, done.copied) == (("17001", "17002"), ("17003",))
    assert len(workbooks(done.out)) == 1


def after_the_first(step: Callable[..., str]) -> Callable[..., str]:
    done: list[str] = []

    def stepped(data: bytes, target: Path, sha256: str) -> str:
        if done:
            shutil.rmtree(target.parents[2])
            target.parents[2].write_text("no drive")
        done.append(sha256)
        return step(data, target, sha256)

    return stepped


def test_a_drive_that_vanishes_half_way_leaves_the_run_and_the_next_delivery_completes(
    own_branch: Workspace, run: ExportResult, drive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = contents(run.out)
    with monkeypatch.context() as patch:
        patch.setattr(delivering, "copy_whole", after_the_first(copying.copy_whole))
        done = deliver(own_branch, run.run_id, drive, ACT)
    assert (done.copied, done.failed) == (("17001",), ("17002", "17003"))
    assert contents(run.out) == before
    drive.unlink()
    again = deliver(own_branch, run.run_id, drive, ACT)
    assert (again.copied, again.needs_a_person) == (THREE, False)


def test_a_copy_that_comes_back_other_has_no_name_and_is_told(
    own_branch: Workspace, run: ExportResult, drive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(copying.os, "fsync", lambda number: copying.os.ftruncate(number, 10))
        done = deliver(own_branch, run.run_id, drive, ACT)
    assert done.failed == THREE
    assert contents(drive) == {}


def test_what_a_killed_copy_left_is_swept(own_branch: Workspace, run: ExportResult, drive: Path) -> None:
    left = drive / run.out.name / "17" / ".コピー中-17001.xlsx"
    left.parent.mkdir(parents=True)
    left.write_bytes(b"half")
    deliver(own_branch, run.run_id, drive, ACT)
    assert not left.exists()


def test_what_was_returned_meanwhile_is_not_handed_out_once_more(
    own_branch: Workspace, run: ExportResult, drive: Path
) -> None:
    record_custody(own_branch, run.run_id, ("17001",), Told("returned", ACT.day, "山本"), ACT)
    deliver(own_branch, run.run_id, drive, ACT)
    states = {one.union_code: one.standing.state for one in look_at_custody(own_branch, AS_OF, everything=True).files}
    assert states == {"17001": "returned", "17002": "issued", "17003": "issued"}


def test_it_is_refused_where_there_is_nothing_to_copy_or_no_other_place(
    own_branch: Workspace, run: ExportResult, drive: Path
) -> None:
    with pytest.raises(UsageError, match="台帳にありません"):
        deliver(own_branch, "261101-AAAAA", drive, ACT)
    with pytest.raises(UsageError, match="このパソコンに見つかりません"):
        deliver(own_branch, run.run_id, drive, replace(ACT, machine="PC-2"))
    for inside in (own_branch.folder, own_branch.out, own_branch.folder / "共有"):
        with pytest.raises(UsageError, match="作業フォルダーの中"):
            deliver(own_branch, run.run_id, inside, ACT)
    assert not drive.exists()
    assert list(own_branch.out.iterdir()) == [run.out]


@pytest.mark.parametrize(("made", "delivered"), [("a/名簿", "a"), ("a/名簿", "a/名簿/17"), ("a/名簿/名簿", "a")])
def test_neither_the_run_s_own_folder_nor_one_in_it_or_around_it_is_another_place(
    own_branch: Workspace, tmp_path: Path, made: str, delivered: str
) -> None:
    order = replace(ORDER, union_codes=("17001",))
    run = export_lists(own_branch, order, act=ACT, passwords=None, out=tmp_path / made)
    before = contents(tmp_path / "a")
    with pytest.raises(UsageError, match="名簿を出したフォルダー"):
        deliver(own_branch, run.run_id, tmp_path / delivered, ACT)
    assert contents(tmp_path / "a") == before


def test_a_folder_that_is_gone_or_not_finished_is_not_delivered(
    own_branch: Workspace, run: ExportResult, drive: Path
) -> None:
    with writing(own_branch.engine) as connection:
        connection.exec_driver_sql("UPDATE runs SET placed_on = NULL")
    with pytest.raises(UsageError, match="このパソコンに見つかりません"):
        deliver(own_branch, run.run_id, drive, ACT)
    with writing(own_branch.engine) as connection:
        connection.exec_driver_sql(f"UPDATE runs SET placed_on = '{ACT.day}'")
    shutil.rmtree(run.out)
    with pytest.raises(UsageError, match="このパソコンに見つかりません"):
        deliver(own_branch, run.run_id, drive, ACT)


def test_a_folder_that_is_not_there_is_made_in_one_that_is_and_told_once(
    own_branch: Workspace, run: ExportResult, drive: Path
) -> None:
    made = [deliver(own_branch, run.run_id, drive, ACT).made for _ in range(2)]
    assert made == [drive.resolve(), None]


def test_a_folder_that_was_to_be_made_and_was_not_is_not_told_as_made(
    own_branch: Workspace, run: ExportResult, drive: Path
) -> None:
    for path in workbooks(run.out):
        path.unlink()
    assert deliver(own_branch, run.run_id, drive, ACT).made is None
    assert not drive.exists()


def test_where_not_even_the_folder_around_it_is_there_nothing_is_made_or_copied(
    own_branch: Workspace, run: ExportResult, drive: Path
) -> None:
    with pytest.raises(UsageError, match="も、ありません"):
        deliver(own_branch, run.run_id, drive / "名簿", ACT)
    assert not drive.exists()
    assert kinds(own_branch) == ["run"]


@pytest.mark.parametrize("left", [True, False])
def test_of_a_purged_run_it_is_said_that_it_was_purged_whether_its_folder_is_left_or_not(
    own_branch: Workspace, run: ExportResult, drive: Path, left: bool
) -> None:
    if left:
        (run.out / "手紙.txt").write_text("mine")
    purge(own_branch)
    assert run.out.exists() == left
    with pytest.raises(UsageError, match="保存期間が過ぎて消してあります"):
        deliver(own_branch, run.run_id, drive, ACT)
    assert not drive.exists()


def test_a_file_is_no_place(own_branch: Workspace, run: ExportResult, drive: Path) -> None:
    file = drive / "メモ.txt"
    drive.mkdir()
    file.write_text("mine")
    (drive / run.out.name).write_text("mine")
    for place in (file, file / "単組", drive):
        with pytest.raises(UsageError, match="フォルダーではなくファイル"):
            deliver(own_branch, run.run_id, place, ACT)
    assert kinds(own_branch) == ["run"]


def test_an_export_that_is_to_be_delivered_to_no_place_is_not_made(
    own_branch: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "メモ.txt").write_text("mine")
    typed = typed_into(own_branch.folder, capsys, monkeypatch)
    for place in (tmp_path / "メモ.txt", own_branch.out, tmp_path / "ない" / "名簿"):
        order = ("export", "--list", "fire-only", "--union", "17001", "--as-of", "2026-11-01", "--no-password")
        assert typed(*order, "--deliver", str(place)).code == 2
    assert kinds(own_branch) == []
