"""Killed in mid-export: no half export, what was there stands, the next run sweeps and completes (faults 29, 30).

Every run that is in the 台帳 gets its folder, and no folder is there without an entry, wherever the kill comes.
"""

import secrets
import shutil
import time
from pathlib import Path
from random import Random

import pytest

from kyosai_lists.errors import ExportError
from kyosai_lists.store import ledger, runs
from kyosai_lists.store.engine import reading
from kyosai_lists.usecases.exporting.export_lists import export_lists
from kyosai_lists.usecases.exporting.export_result import Finished
from kyosai_lists.usecases.exporting.finish_runs import finish_runs
from kyosai_lists.usecases.exporting.leftovers import own_folder
from kyosai_lists.usecases.exporting.order import Order
from kyosai_lists.usecases.exporting.passwords import Passwords
from kyosai_lists.usecases.exporting.staging import Staging, earlier_run
from kyosai_lists.usecases.workspace import Workspace
from kyosai_lists.workbook.seal import open_sealed
from tests.conftest import ACT, AS_OF, copied
from tests.exporting.killing import contents, exported, killed_there, started
from tests.exporting.reading import workbooks

AFTER_THE_ENTRY = ("entered", "papers", "placed")
_LATER = type(ACT)(ACT.at, "suzuki", ACT.machine)


@pytest.fixture
def run_id() -> str:
    return f"k-{secrets.token_hex(4)}"  # the branch's store is that of many tests


def is_entered(workspace: Workspace, run_id: str) -> bool:
    with reading(workspace.engine) as connection:
        return ledger.entry_of_run(connection, run_id) is not None


def is_placed(workspace: Workspace, run_id: str) -> bool:
    with reading(workspace.engine) as connection:
        row = runs.one(connection, run_id)
    return row is not None and row["placed_on"] is not None


@pytest.fixture
def whole(sqlite_branch: Workspace, tmp_path: Path, run_id: str) -> dict[str, bytes]:
    """What the run's folder holds when nobody kills it, but for the papers that name its entry."""
    branch = copied(sqlite_branch, tmp_path / "not-killed")
    found = exported(branch, tmp_path / "not-killed-out", run_id)
    branch.engine.dispose()
    shutil.rmtree(tmp_path / "not-killed")
    shutil.rmtree(tmp_path / "not-killed-out")
    return found


def same_books(found: dict[str, bytes], whole: dict[str, bytes]) -> bool:
    books = [{path: data for path, data in files.items() if "県支部控え" not in path} for files in (found, whole)]
    return books[0] == books[1] and found.keys() == whole.keys()


@pytest.mark.parametrize("stop_at", ["books", "room"])
def test_killed_before_its_entry_nothing_happened_and_the_next_run_sweeps(
    sample_branch: Workspace, tmp_path: Path, stop_at: str, run_id: str
) -> None:
    out = tmp_path / "out"
    killed_there(started(sample_branch, out, run_id, stop_at))
    assert not out.exists()
    assert [path for path in tmp_path.iterdir() if path.is_dir()] == [tmp_path / f".作成中-{run_id}"]
    assert len(exported(sample_branch, out)) > 10
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
    assert not is_entered(sample_branch, run_id)


@pytest.mark.parametrize("stop_at", AFTER_THE_ENTRY)
def test_killed_after_its_entry_the_next_run_finishes_it(
    sample_branch: Workspace, tmp_path: Path, stop_at: str, run_id: str, whole: dict[str, bytes]
) -> None:
    killed_there(started(sample_branch, tmp_path / "out", run_id, stop_at))
    assert is_entered(sample_branch, run_id)
    assert not is_placed(sample_branch, run_id)
    result = export_lists(sample_branch, Order(as_of=AS_OF), act=_LATER, passwords=None, out=tmp_path / "other")
    assert result.finished == Finished(done=(run_id,))
    assert same_books(contents(tmp_path / "out"), whole)
    assert is_placed(sample_branch, run_id)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["other", "out"]


def test_what_a_killed_run_left_and_lost_is_printed_again_from_the_ledger(
    sample_branch: Workspace, tmp_path: Path, run_id: str, whole: dict[str, bytes]
) -> None:
    killed_there(started(sample_branch, tmp_path / "out", run_id, "papers"))
    left = workbooks(tmp_path / f".作成中-{run_id}")
    left[0].unlink()
    left[1].write_bytes(left[1].read_bytes()[:1000])  # a disk that lost its end
    assert finish_runs(sample_branch, _LATER, None) == Finished(done=(run_id,))
    assert same_books(contents(tmp_path / "out"), whole)


def test_killed_while_it_takes_the_place_of_an_earlier_export_that_one_is_put_back(
    sample_branch: Workspace, tmp_path: Path, run_id: str
) -> None:
    first = exported(sample_branch, tmp_path / "out")
    killed_there(started(sample_branch, tmp_path / "out", run_id, "room"))
    assert not (tmp_path / "out").exists()
    exported(sample_branch, tmp_path / "other")  # any export beside it
    assert contents(tmp_path / "out") == first
    assert {path.name for path in tmp_path.iterdir()} == {"out", "other"}


@pytest.mark.parametrize(("stop_at", "swept"), [("entered", False), ("papers", True)])
def test_killed_in_the_place_of_an_earlier_export_and_after_its_entry_it_takes_that_place(
    sample_branch: Workspace, tmp_path: Path, run_id: str, whole: dict[str, bytes], stop_at: str, swept: bool
) -> None:
    exported(sample_branch, tmp_path / "out")
    killed_there(started(sample_branch, tmp_path / "out", run_id, stop_at))
    if swept:  # by an export of another workspace into the same folder
        with own_folder(tmp_path, "elsewhere"):
            assert (tmp_path / "out").exists()
    assert finish_runs(sample_branch, _LATER, None) == Finished(done=(run_id,))
    assert same_books(contents(tmp_path / "out"), whole)
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_an_export_still_at_work_is_left_alone_though_it_is_in_the_ledger(
    sqlite_branch: Workspace, tmp_path: Path, run_id: str
) -> None:
    program = started(sqlite_branch, tmp_path / "out", run_id, "entered")
    assert program.stdout is not None
    program.stdout.readline()
    assert finish_runs(sqlite_branch, _LATER, None) == Finished()
    assert not (tmp_path / "out").exists()
    program.kill()
    program.communicate()
    assert finish_runs(sqlite_branch, _LATER, None) == Finished(done=(run_id,))


def test_a_run_of_another_computer_waits_for_that_one(sqlite_branch: Workspace, tmp_path: Path, run_id: str) -> None:
    killed_there(started(sqlite_branch, tmp_path / "out", run_id, "entered"))
    elsewhere = type(ACT)(ACT.at, ACT.user, "PC-2")
    assert finish_runs(sqlite_branch, elsewhere, None) == Finished(waiting=(run_id,))
    assert not (tmp_path / "out").exists()
    assert finish_runs(sqlite_branch, _LATER, None) == Finished(done=(run_id,))


def test_a_sealed_run_is_finished_with_the_files_that_it_left(
    sqlite_branch: Workspace, tmp_path: Path, run_id: str
) -> None:
    killed_there(started(sqlite_branch, tmp_path / "out", run_id, "entered", "ひみつ42"))
    left = {path.name: path.read_bytes() for path in workbooks(tmp_path / f".作成中-{run_id}")}
    assert finish_runs(sqlite_branch, _LATER, None) == Finished(done=(run_id,))
    assert {path.name: path.read_bytes() for path in workbooks(tmp_path / "out")} == left


def test_a_sealed_run_whose_files_are_gone_waits_for_the_password_and_is_never_printed_without(
    sqlite_branch: Workspace, tmp_path: Path, run_id: str, whole: dict[str, bytes]
) -> None:
    killed_there(started(sqlite_branch, tmp_path / "out", run_id, "entered", "ひみつ42"))
    shutil.rmtree(tmp_path / f".作成中-{run_id}")
    assert finish_runs(sqlite_branch, _LATER, None) == Finished(waiting=(run_id,))
    assert not any(data[:2] == b"PK" for data in contents(tmp_path).values())
    with reading(sqlite_branch.engine) as connection:
        before = ledger.latest(connection)
    assert finish_runs(sqlite_branch, _LATER, Passwords("ひみつ42", {})) == Finished(done=(run_id,))
    opened = {path: data for path, data in contents(tmp_path / "out").items() if "県支部控え" not in path}
    assert {path: open_sealed(data, "ひみつ42") for path, data in opened.items()} == {
        path: data for path, data in whole.items() if "県支部控え" not in path
    }
    with reading(sqlite_branch.engine) as connection:  # sealed again they are other files, and the ledger says so
        last = ledger.latest(connection)
    assert before is not None
    assert last is not None
    assert (last.seq, last.kind, last.made_by) == (before.seq + 1, "reprint", "suzuki")


def test_a_run_whose_place_somebody_took_waits_and_what_it_left_is_not_swept(
    sqlite_branch: Workspace, tmp_path: Path, run_id: str
) -> None:
    killed_there(started(sqlite_branch, tmp_path / "out", run_id, "entered", "ひみつ42"))
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "手紙.txt").write_text("mine")
    result = export_lists(sqlite_branch, Order(as_of=AS_OF), act=_LATER, passwords=None, out=tmp_path / "other")
    assert result.finished == Finished(waiting=(run_id,))
    assert len(workbooks(tmp_path / f".作成中-{run_id}")) == 12
    (tmp_path / "out" / "手紙.txt").unlink()
    assert finish_runs(sqlite_branch, _LATER, None) == Finished(done=(run_id,))


def test_a_folder_that_cannot_take_its_name_is_said_and_what_was_written_is_kept_for_the_next_start(
    sqlite_branch: Workspace, tmp_path: Path, run_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: Staging) -> None:
        raise OSError(28, "No space left on device")

    order = Order(as_of=AS_OF, run_id=run_id, union_codes=("17001",))
    with monkeypatch.context() as patch:
        patch.setattr(Staging, "place", full)
        with pytest.raises(ExportError, match=f"ledger reprint {run_id}"):
            export_lists(sqlite_branch, order, act=ACT, passwords=Passwords("ひみつ42", {}), out=tmp_path / "out")
    (left,) = workbooks(tmp_path / f".作成中-{run_id}")
    sealed = left.read_bytes()
    assert is_entered(sqlite_branch, run_id)
    assert finish_runs(sqlite_branch, _LATER, None) == Finished(done=(run_id,))
    assert [path.read_bytes() for path in workbooks(tmp_path / "out")] == [sealed]


def test_an_export_elsewhere_at_work_is_left_alone(sqlite_branch: Workspace, tmp_path: Path) -> None:
    with own_folder(tmp_path, "elsewhere") as working:
        (working.path / "a.xlsx").write_bytes(b"half")
        exported(sqlite_branch, tmp_path / "out")
        assert (working.path / "a.xlsx").read_bytes() == b"half"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


@pytest.mark.long
def test_killed_at_forty_moments_an_export_is_whole_or_not_there(
    sample_branch: Workspace, tmp_path: Path, whole: dict[str, bytes]
) -> None:
    began = time.monotonic()
    started(sample_branch, tmp_path / "out", secrets.token_hex(4)).wait()
    took = time.monotonic() - began
    rng, killed, finished = Random(1), 0, 0
    for _ in range(40):
        shutil.rmtree(tmp_path / "out", ignore_errors=True)
        run_id = secrets.token_hex(4)
        program = started(sample_branch, tmp_path / "out", run_id)
        time.sleep(rng.uniform(0.3, took * 1.05))
        program.kill()
        program.communicate()
        killed += not (tmp_path / "out").exists()
        finish_runs(sample_branch, _LATER, None)
        if is_entered(sample_branch, run_id):
            finish_runs(sample_branch, _LATER, None)  # a server may end a transaction after its client was killed
            assert earlier_run(tmp_path / "out") == run_id
            assert is_placed(sample_branch, run_id)
            finished += 1
        elif (tmp_path / "out").exists():  # an earlier run, which the killed one finished first
            assert is_entered(sample_branch, earlier_run(tmp_path / "out"))
        assert not (tmp_path / "out").exists() or contents(tmp_path / "out").keys() == whole.keys()
    assert finished > 0
    assert killed > 10
    exported(sample_branch, tmp_path / "out2")
    assert {path.name for path in tmp_path.iterdir()} <= {"out", "out2"}
