"""Killed at any moment: the store is as it was before, or as it is after, and the next try works (fault 22)."""

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
import sqlalchemy as sa

from kyosai_lists.usecases.importing.past_imports import past_imports, undo_import
from kyosai_lists.usecases.workspace import Workspace
from tests.importing.importing_files import (
    TODAY,
    Files,
    contents,
    contract,
    counts,
    member,
    stop,
    take_in,
    union,
)

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


def test_killed_while_the_first_contracts_come_in_nothing_is_changed_and_the_next_import_completes(
    new_workspace: New, files: Files, many: list[Path]
) -> None:
    empty = new_workspace("17")
    before, keys = contents(empty, without=()), keys_of(empty)
    killed_when("written", started(empty, "rows", many))
    assert (contents(empty, without=()), keys_of(empty)) == (before, keys)
    assert take_in(empty, *many).files[2].counts["held"] == ROWS
    assert keys_of(empty) == keys


@pytest.mark.long
@pytest.mark.parametrize("table", ["unions", "members", "contracts", "suppressions"])
def test_killed_after_any_table_nothing_is_changed(table: str, workspace: Workspace, many: list[Path]) -> None:
    before = contents(workspace, without=())
    killed_when("written", started(workspace, table, many))
    assert contents(workspace, without=()) == before
    assert take_in(workspace, *many).files[2].counts["new"] == ROWS - 1


@pytest.mark.long
def test_killed_at_forty_moments_it_is_all_or_nothing_each_time_and_the_next_import_completes(
    workspace: Workspace, many: list[Path]
) -> None:
    before = state(workspace)
    began = time.monotonic()
    started(workspace, "", many).wait()
    took, whole = time.monotonic() - began, state(workspace)
    undo_import(workspace, 2, TODAY)
    rng, done = Random(1), 0
    for _ in range(40):
        program = started(workspace, "", many)
        time.sleep(rng.uniform(0.2, took * 1.1))
        program.kill()
        program.communicate()
        if state(workspace) != before:
            assert state(workspace) == whole
            undo_import(workspace, past_imports(workspace)[0].number, TODAY)
            done += 1
        assert state(workspace) == before
    assert done < 40  # else nothing was ever killed in time
    last = take_in(workspace, *many)
    assert (last.files[2].counts["new"], last.files[2].counts["changed"]) == (ROWS - 1, 1)
    assert state(workspace) == whole


def keys_of(workspace: Workspace) -> list[object]:
    look = sa.inspect(workspace.engine)
    return [look.get_pk_constraint("contracts"), look.get_indexes("contracts"), look.get_foreign_keys("contracts")]


def state(workspace: Workspace) -> dict[str, list[tuple[object, ...]]]:
    """Every row, but for the numbers of imports and of rows on 保留: a killed import may have used one up."""
    kept = contents(workspace)
    kept["quarantine"] = [row[2:-1] for row in kept["quarantine"] if row[-1] is None]
    return {name: [row if name == "quarantine" else row[:-1] for row in rows] for name, rows in kept.items()}
