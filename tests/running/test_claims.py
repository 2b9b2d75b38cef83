"""Two machines, sixteen schedulers, dead ones: one export (faults 38, 39)."""

import json
import secrets
import subprocess
import sys
import time
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest

from kyosai_lists.store import runs, slots
from kyosai_lists.store.engine import reading, writing
from kyosai_lists.store.slots import Claim
from kyosai_lists.usecases.keeping.verify_ledger import verify_ledger
from kyosai_lists.usecases.running.claims import LEASE, claimed, is_living
from kyosai_lists.usecases.running.draw_up_plan import plan_on
from kyosai_lists.usecases.running.run_due import run_due
from kyosai_lists.usecases.workspace import Workspace
from tests.conftest import ACT
from tests.exporting.killing import killed_there
from tests.running.campaigning import MONDAY, at, enter, happened, issued, no_plan, run_on

PROGRAM = Path(__file__).with_name("run_due_and_wait.py")
START = date(2026, 11, 16)
ONCE = [("S1", START, False)]


def in_long(stop_at: str) -> Any:
    """Another moment of the same kind."""
    return pytest.param(stop_at, marks=pytest.mark.long)


@pytest.fixture(autouse=True)
def _one_campaign(branch: Workspace) -> None:
    no_plan(branch)
    enter(branch)


def started(branch: Workspace, stop_at: str = "", machine: str = ACT.machine) -> subprocess.Popen[str]:
    words = [str(branch.folder), MONDAY.isoformat(), machine, stop_at]
    return subprocess.Popen(
        [sys.executable, str(PROGRAM), *words], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )


def stands(branch: Workspace) -> None:
    """One run for the slot, with its folder and no other, and nothing lying about."""
    assert issued(branch) == ONCE
    with reading(branch.engine) as connection:
        assert runs.unplaced(connection) == []
        (slot,) = slots.every(connection)
        (run,) = runs.overview(connection)
    assert (slot.state, slot.run_id) == ("issued", run["run_id"])
    assert [path.name for path in branch.out.iterdir()] == [Path(run["out"]).name]
    assert [path.name for path in (branch.folder / "記録").glob(".*")] == []
    assert verify_ledger(branch, ACT).problems == ()


def race(branch: Workspace, how_many: int) -> list[str]:
    """What became of the slot in each of so many schedulers that start at one moment."""
    programs = [started(branch, "start", machine=f"PC-{number % 2}") for number in range(how_many)]
    for program in programs:
        assert program.stdout is not None
        assert program.stdout.readline() == "there\n"
    answers = [program.communicate("go\n") for program in programs[::-1]]
    assert [program.returncode for program in programs] == [0] * how_many
    return [outcome for said, _ in answers for outcome in json.loads(said)]


def test_two_schedulers_at_once_bring_out_one_export(branch: Workspace) -> None:
    outcomes = race(branch, 2)
    assert outcomes.count("issued") == 1
    assert set(outcomes) <= {"issued", "elsewhere"}
    stands(branch)


@pytest.mark.long
def test_sixteen_schedulers_at_once_bring_out_one_export(branch: Workspace) -> None:
    outcomes = race(branch, 16)
    assert outcomes.count("issued") == 1
    assert set(outcomes) <= {"issued", "elsewhere"}
    stands(branch)


@pytest.mark.parametrize("stop_at", ["books", in_long("claimed"), in_long("held")])
def test_one_at_work_is_left_alone_and_killed_before_its_entry_it_is_taken_over_at_once(
    branch: Workspace, stop_at: str
) -> None:
    program = started(branch, stop_at)
    assert program.stdout is not None
    assert program.stdout.readline() == "there\n"
    if stop_at != "held":  # it holds the store's write lock
        assert happened(run_on(branch, MONDAY)) == {"S1": "elsewhere"}
        assert issued(branch) == []
    program.kill()
    program.communicate()
    assert happened(run_on(branch, MONDAY)) == {"S1": "issued"}
    stands(branch)


@pytest.mark.parametrize("stop_at", ["entered", in_long("placed")])
def test_killed_after_its_entry_the_next_run_finishes_it_and_makes_no_other(branch: Workspace, stop_at: str) -> None:
    killed_there(started(branch, stop_at))
    result = run_on(branch, MONDAY)
    assert (happened(result), len(result.finished.done)) == ({}, 1)
    stands(branch)


def claim_of(branch: Workspace, machine: str, claimed_at: str, lock: str) -> Claim:
    (line,) = plan_on(branch, MONDAY).lines
    claim = Claim(*line.slot.key, line.slot.issue.on, secrets.token_hex(8), claimed_at, machine, lock)
    with writing(branch.engine) as connection:
        assert slots.claim(connection, claim)
    return claim


@pytest.mark.parametrize("age", [timedelta(minutes=1), LEASE])
def test_another_computer_s_claim_is_taken_over_when_it_is_dead(branch: Workspace, age: timedelta) -> None:
    claim_of(branch, "PC-9", replace(ACT, at=at(MONDAY)().at - age).made_at, "D:\\x.lock")
    assert happened(run_on(branch, MONDAY)) == {"S1": "issued" if age == LEASE else "elsewhere"}
    assert issued(branch) == (ONCE if age == LEASE else [])


def test_a_slow_export_whose_slot_was_taken_over_leaves_nothing(branch: Workspace) -> None:
    """What the lease cannot tell, the entering transaction sees."""
    slow = at(MONDAY)
    later = replace(slow(), at=slow().at + LEASE, machine="PC-2")
    taken: list[dict[str, str]] = []

    def meanwhile(step: str, _done: int = 0, _total: int = 0) -> None:
        if "台帳に" in step and not taken:
            taken.append({})
            taken[0] |= happened(run_due(branch, MONDAY, acting=lambda: later, passwords=None))

    result = run_due(branch, MONDAY, acting=slow, passwords=None, progress=meanwhile)
    assert (happened(result), taken) == ({"S1": "elsewhere"}, [{"S1": "issued"}])
    stands(branch)


def test_of_two_that_saw_the_same_dead_claim_one_takes_it_over(branch: Workspace) -> None:
    dead = claim_of(branch, "PC-9", ACT.made_at, "")
    first, second = replace(dead, claimed_by="a"), replace(dead, claimed_by="b")
    with writing(branch.engine) as connection:
        assert slots.take_over(connection, dead, first)
        assert not slots.take_over(connection, dead, second)
        assert (slots.hold(connection, first), slots.hold(connection, second)) == (True, False)


def test_a_claim_ends_with_its_lock_and_leaves_no_file(branch: Workspace) -> None:
    (line,) = plan_on(branch, MONDAY).lines
    logs = branch.folder / "記録"
    with claimed(branch.engine, line.slot, ACT, logs) as claim:
        assert claim is not None
        assert is_living(claim, ACT)
        with claimed(branch.engine, line.slot, ACT, logs) as another:
            assert another is None
    assert not is_living(claim, ACT)
    assert list(logs.iterdir()) == []


@pytest.mark.long
def test_killed_at_sixty_random_moments_the_slot_comes_out_once(branch: Workspace) -> None:
    began = time.monotonic()
    started(branch).wait()
    took, rng, killed = time.monotonic() - began, Random(4), 0
    for number in range(60):
        code = f"K{number:02}"
        enter(branch, code)
        program = started(branch)
        time.sleep(rng.uniform(0.3, took * 1.1))
        program.kill()
        program.communicate()
        killed += [row[0] for row in issued(branch)].count(code) == 0
        run_on(branch, MONDAY)
        run_on(branch, MONDAY)  # a server may end a transaction after its client was killed
        assert [row[0] for row in issued(branch)].count(code) == 1
    assert killed > 10
    with reading(branch.engine) as connection:
        assert runs.unplaced(connection) == []
        out = {Path(run["out"]).name for run in runs.overview(connection)}
    assert {path.name for path in branch.out.iterdir()} == out
    assert verify_ledger(branch, ACT).problems == ()
