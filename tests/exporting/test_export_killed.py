"""Killed in mid-export: no half export, what was there stands, the next run sweeps and completes (faults 29, 30)."""

import shutil
import subprocess
import sys
import time
from datetime import date
from pathlib import Path
from random import Random

import pytest

from kyosai_lists.usecases.exporting.export_lists import Order, export_lists
from kyosai_lists.usecases.exporting.leftovers import own_folder
from kyosai_lists.usecases.workspace import Workspace

PROGRAM = Path(__file__).with_name("export_and_wait.py")


def started(workspace: Workspace, out: Path, run_id: str, stop_at: str = "") -> subprocess.Popen[str]:
    command = [sys.executable, str(PROGRAM), str(workspace.folder), str(out), run_id, *([stop_at] if stop_at else [])]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def killed_there(program: subprocess.Popen[str]) -> None:
    assert program.stdout is not None
    assert program.stdout.readline() == "there\n"
    program.kill()
    program.communicate()


def exported(workspace: Workspace, out: Path, run_id: str = "next") -> dict[str, bytes]:
    export_lists(workspace, Order(as_of=date(2026, 11, 1), run_id=run_id), passwords=None, out=out)
    return contents(out)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_killed_before_it_has_its_name_nothing_appears_and_the_next_run_sweeps(
    sqlite_branch: Workspace, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    killed_there(started(sqlite_branch, out, "killed", "books"))
    assert not out.exists()
    assert [path for path in tmp_path.iterdir() if path.is_dir()] == [tmp_path / ".作成中-killed"]
    assert len(exported(sqlite_branch, out)) > 10
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_killed_while_it_takes_the_place_of_an_earlier_export_that_one_is_put_back(
    sqlite_branch: Workspace, tmp_path: Path
) -> None:
    first = exported(sqlite_branch, tmp_path / "out", "first")
    killed_there(started(sqlite_branch, tmp_path / "out", "killed", "renamed"))
    assert not (tmp_path / "out").exists()
    exported(sqlite_branch, tmp_path / "other")  # any export beside it
    assert contents(tmp_path / "out") == first
    assert {path.name for path in tmp_path.iterdir()} == {"out", "other"}


def test_an_export_still_at_work_is_left_alone(sqlite_branch: Workspace, tmp_path: Path) -> None:
    with own_folder(tmp_path, "elsewhere") as working:
        (working / "a.xlsx").write_bytes(b"half")
        exported(sqlite_branch, tmp_path / "out")
        assert (working / "a.xlsx").read_bytes() == b"half"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


@pytest.mark.long
def test_killed_at_forty_moments_an_export_is_whole_or_not_there(sqlite_branch: Workspace, tmp_path: Path) -> None:
    began = time.monotonic()
    started(sqlite_branch, tmp_path / "out", "same").wait()
    took, whole = time.monotonic() - began, contents(tmp_path / "out")
    shutil.rmtree(tmp_path / "out")
    rng, killed = Random(1), 0
    for _ in range(40):
        program = started(sqlite_branch, tmp_path / "out", "same")
        time.sleep(rng.uniform(0.3, took * 1.05))
        program.kill()
        program.communicate()
        killed += not (tmp_path / "out").exists()
        assert not (tmp_path / "out").exists() or contents(tmp_path / "out") == whole
        shutil.rmtree(tmp_path / "out", ignore_errors=True)
    assert killed > 10
    assert exported(sqlite_branch, tmp_path / "out", "same") == whole
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
