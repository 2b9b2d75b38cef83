"""kill -9 at random moments of whatever a branch does: no row lost, nothing handed out twice, no plaintext left behind, the next
start completes it, and the 台帳 holds throughout (faults 22, 29, 32, 39, 46).
"""

import csv
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest

from kyosai_lists.store import runs
from kyosai_lists.store.engine import reading
from kyosai_lists.usecases.custody.look_at_custody import handed_out
from kyosai_lists.usecases.keeping.verify_ledger import verify_ledger
from kyosai_lists.usecases.sealing.make_passwords import make_passwords
from kyosai_lists.usecases.workspace import Workspace
from tests.exporting.reading import workbooks
from tests.kills.steps import ISSUE_DAY, NOW, STEPS, TWO, campaign_of, drive_of, file_of, run_of
from tests.running.campaigning import enter, no_plan

_HEADINGS = {
    "組合員番号": "member_no", "単組コード": "union_code", "氏名": "name", "生年月日": "born_on",
    "採用年月日": "hired_on", "在籍区分": "'現職'", "雇用区分": "'正規'",
}  # fmt: skip


class Branch:
    """A branch with a step under way in a program of its own. The next program loads while this one's work is looked at."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace, self.rng = workspace, Random()
        self.took: dict[str, float] = {}
        self.caught: Counter[str] = Counter()
        self.next = self._started()

    def _started(self) -> "subprocess.Popen[str]":
        words = [sys.executable, "-m", "tests.kills.step_when_told", str(self.workspace.folder)]
        here = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2]), "TMPDIR": str(self.workspace.folder.parent)}
        pipe = subprocess.PIPE
        return subprocess.Popen(words, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, text=True, env=here)

    def _told(self, step: str, number: int) -> "subprocess.Popen[str]":
        program = self.next
        assert program.stdin is not None
        assert program.stdout is not None
        assert program.stdout.readline() == "ready\n"
        program.stdin.write(f"{step} {number}\n")
        program.stdin.flush()
        return program

    def done(self, step: str, number: int) -> None:
        """Nobody kills it."""
        program, began = self._told(step, number), time.monotonic()
        assert program.stdout is not None
        assert program.stdout.readline() == "done\n"
        self.took[step] = time.monotonic() - began
        program.communicate()
        self.next = self._started()

    def killed(self, step: str, number: int) -> None:
        """At any moment of it, sometimes just after its end."""
        program = self._told(step, number)
        time.sleep(self.rng.uniform(0, 0.9 * self.took[step]))
        program.kill()
        self.caught[step] += program.communicate()[0] != "done\n"
        self.next = self._started()

    def close(self) -> None:
        self.next.kill()
        self.next.communicate()


@pytest.fixture
def branch(own_branch: Workspace) -> Iterator[Branch]:
    no_plan(own_branch)
    make_passwords(own_branch, 2026, (), ISSUE_DAY)
    made = Branch(own_branch)
    yield made
    made.close()


def prepare(workspace: Workspace, number: int) -> None:
    """A roster in which everybody's 職場 is another, and a campaign that is due."""
    columns = ", ".join(_HEADINGS.values())
    with reading(workspace.engine) as connection:
        rows = connection.exec_driver_sql(f"SELECT {columns} FROM members WHERE union_code = '17001'").all()
    with file_of(workspace, number).open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([[*_HEADINGS, "職場名"], *([*row, f"第{number}課"] for row in rows)])
    enter(workspace, campaign_of(number), name=f"募集{number}")


def look(workspace: Workspace) -> dict[str, set[str]]:
    with reading(workspace.engine) as connection:
        places = connection.exec_driver_sql(
            "SELECT DISTINCT workplace FROM members WHERE union_code = '17001'"
        ).scalars()
        overview = runs.overview(connection)
        people = connection.exec_driver_sql("SELECT DISTINCT run_id FROM run_people").scalars()
        books = handed_out(connection)
        return {
            "places": set(places),
            "runs": {row["run_id"] for row in overview},
            "placed": {row["run_id"] for row in overview if row["placed_on"]},
            "campaigns": {row["campaign_code"] for row in overview},
            "kept": set(people),
            "received": {one.book_no for one in books if one.standing.state == "received"},
        }


def members(workspace: Workspace) -> list[str]:
    with reading(workspace.engine) as connection:
        return list(connection.exec_driver_sql("SELECT member_key FROM members ORDER BY member_key").scalars())


def refuse_plaintext(workspace: Workspace) -> None:
    """No workbook that is not sealed, under whatever name, but for what holds counts only."""
    places = [workspace.out, drive_of(workspace), *workspace.folder.parent.glob("tmp*")]
    for place in places:
        for path in (path for path in place.rglob("*") if path.is_file() and "県支部控え" not in path.parts):
            assert path.read_bytes()[:2] != b"PK", path


def all_or_nothing(step: str, before: dict[str, set[str]], after: dict[str, set[str]], number: int) -> None:
    """Right after the kill."""
    if step == "import":
        assert after["places"] in (before["places"], {f"第{number}課"})
    if step == "custody":
        assert after["received"] - before["received"] in (set(), {f"{run_of(number)}-{code}" for code in TWO})
    if step == "purge":
        assert after["kept"] in (before["kept"], set())
    assert after["runs"] >= before["runs"]


def complete(step: str, now: dict[str, set[str]], workspace: Workspace, number: int) -> None:
    """After the next start."""
    with reading(workspace.engine) as connection:
        overview = runs.overview(connection)
    assert now["runs"] == now["placed"]
    if step == "import":
        assert now["places"] == {f"第{number}課"}
    if step == "export":
        assert len(workbooks(_out(workspace, run_of(number)))) == len(TWO)
    if step == "deliver":
        delivered = [path for path in workbooks(drive_of(workspace)) if run_of(number) in str(path)]
        assert len(delivered) == len(TWO)
    if step == "custody":
        assert {f"{run_of(number)}-{code}" for code in TWO} <= now["received"]
    if step == "run-due":
        assert [row["campaign_code"] for row in overview].count(campaign_of(number)) == 1
    if step == "purge":
        assert now["kept"] == set()
        assert workbooks(workspace.out) == []


def _out(workspace: Workspace, run_id: str) -> Path:
    with reading(workspace.engine) as connection:
        row = runs.one(connection, run_id)
    assert row is not None
    return Path(row["out"])


def rounds(branch: Branch, numbers: range, way: Callable[[str, int], None]) -> None:
    workspace, everybody = branch.workspace, members(branch.workspace)
    for number in numbers:
        prepare(workspace, number)
        for step, again in STEPS.items():
            before = look(workspace)
            way(step, number)
            refuse_plaintext(workspace)
            all_or_nothing(step, before, look(workspace), number)
            assert verify_ledger(workspace, NOW).problems == ()
            again(workspace, number)
            refuse_plaintext(workspace)
            complete(step, look(workspace), workspace, number)
            assert members(workspace) == everybody
        assert verify_ledger(workspace, NOW).problems == ()
        assert not [path for path in workspace.out.iterdir() if path.name.startswith(".")]


def test_killed_once_in_each_of_six_steps_all_is_whole_and_the_next_start_completes_it(branch: Branch) -> None:
    branch.took = dict.fromkeys(STEPS, 0.6)
    rounds(branch, range(1, 2), branch.killed)


@pytest.mark.long
@pytest.mark.parametrize("seed", [1, 2])
def test_killed_a_hundred_and_two_times_all_is_whole_each_time_and_the_next_start_completes_it(
    branch: Branch, seed: int
) -> None:
    """Twice, so that each half takes some minutes alone: 204 kills."""
    branch.rng = Random(seed)
    rounds(branch, range(1), branch.done)
    rounds(branch, range(1, 18), branch.killed)
    assert sum(branch.caught.values()) > 50  # else too many were at their end already
    assert all(branch.caught[step] > 2 for step in STEPS)
