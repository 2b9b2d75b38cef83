"""Killed at any moment: the store is as it was before, or as it is after, and the next try works (fault 22)."""

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from kyosai_lists.usecases.workspace import Workspace
from tests.importing.importing_files import Files, contents, contract, counts, member, stop, take_in, union

PROGRAM = Path(__file__).with_name("import_and_wait.py")
ROWS = 60_000
New = Callable[..., Workspace]


@pytest.fixture
def workspace(new_workspace: New, files: Files) -> Workspace:
    made = new_workspace("17")
    take_in(made, files("単組.csv", union()), files("名簿.csv", member()), files("契約.csv", contract("0000000001")))
    return made


@pytest.fixture
def many(files: Files) -> list[Path]:
    """New rows for four tables, changed ones among them."""
    contracts = [contract(f"{number:010}", 口数=str(number % 10)) for number in range(1, ROWS + 1)]
    roster = files("名簿2.csv", member(氏名="新姓"), member("14", 在籍区分="？"))
    return [files("単組2.csv", union("17002")), roster, files("契約2.csv", *contracts), files("停止.csv", stop())]


def started(workspace: Workspace, stop_at: str, paths: list[Path]) -> subprocess.Popen[str]:
    command = [sys.executable, str(PROGRAM), str(workspace.folder), stop_at, *map(str, paths)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def killed_when(said: str, program: subprocess.Popen[str]) -> None:
    assert program.stdout is not None
    assert any(line.strip() == said for line in program.stdout)
    program.kill()
    program.communicate()


def test_killed_after_sixty_thousand_rows_were_written_nothing_is_changed(
    workspace: Workspace, files: Files, many: list[Path]
) -> None:
    before = contents(workspace, without=())
    killed_when("written", started(workspace, "contracts", many))
    assert contents(workspace, without=()) == before
    assert counts(take_in(workspace, files("停止2.csv", stop())).files[0]) == {"new": 1}


@pytest.mark.long
@pytest.mark.parametrize("table", ["unions", "members", "contracts", "suppressions"])
def test_killed_after_any_table_nothing_is_changed(table: str, workspace: Workspace, many: list[Path]) -> None:
    before = contents(workspace, without=())
    killed_when("written", started(workspace, table, many))
    assert contents(workspace, without=()) == before
    assert take_in(workspace, *many).files[2].counts["new"] == ROWS - 1


@pytest.mark.long
def test_killed_at_thirty_moments_the_store_is_whole_each_time(workspace: Workspace, many: list[Path]) -> None:
    before, rng = contents(workspace, without=()), Random(1)
    for _ in range(30):
        program = started(workspace, "", many)
        time.sleep(rng.uniform(0.5, 6))
        program.kill()
        program.communicate()
        after = contents(workspace, without=())
        if after != before:  # it was done before it was killed: all of it, or a second time would find something new
            again = take_in(workspace, *many)
            assert all(set(counts(file)) <= {"unchanged", "quarantined"} for file in again.files)
            break
    take_in(workspace, *many)
    assert len(contents(workspace)["contracts"]) == ROWS
    assert len(contents(workspace)["members"]) == 1
