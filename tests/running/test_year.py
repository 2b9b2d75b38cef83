"""A year of branches whose machines are off on random days: each campaign comes out exactly once, late ones are marked, the 台帳 is
whole and prints every run again as it was."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest

from kyosai_lists.campaigns.due import Standing
from kyosai_lists.store import runs
from kyosai_lists.store.engine import reading
from kyosai_lists.usecases.keeping.reprint import reprint
from kyosai_lists.usecases.keeping.verify_ledger import verify_ledger
from kyosai_lists.usecases.running.draw_up_plan import plan_on
from kyosai_lists.usecases.running.run_due import run_due
from kyosai_lists.usecases.workspace import Workspace
from tests.conftest import ACT
from tests.exporting.killing import contents
from tests.running.campaigning import at, issued
from tests.running.small_branches import FIRST, LAST, empty_workspace, rename_somebody, small_branch

LONGEST_OFF = 20  # days; every campaign is open for longer


def days_on(rng: Random, first: date, last: date) -> Iterator[date]:
    """The days on which a machine runs: here and there one without it, and now and then weeks."""
    day = first
    while day <= last:
        if rng.random() < 0.03:
            day += timedelta(days=rng.randint(5, LONGEST_OFF - 5))
        if rng.random() < 0.7:
            yield day
        day += timedelta(days=1)


def live_through(branch: Workspace, first: date, last: date, rng: Random) -> list[tuple[str, date, bool]]:
    """Runs the branch from day to day. What should have come out: 募集コード, 開始日, whether late."""
    expected: dict[tuple[str, date], bool] = {}
    for today in days_on(rng, first, last):
        for line in plan_on(branch, today).lines:
            slot = line.slot
            if slot.issue.on <= today <= slot.campaign.ends_on:
                expected.setdefault(slot.key, today > slot.issue.on)
        for hour in sorted(rng.sample(range(7, 19), k=rng.choice([1, 1, 1, 2]))):
            result = run_due(branch, today, acting=at(today, hour), passwords=None)
            assert not result.missed
            assert all(outcome.happened == "issued" for outcome in result.outcomes), result
        if rng.random() < 0.05:
            rename_somebody(branch, rng)
    return [(*key, late) for key, late in sorted(expected.items())]


def prints_all_again(branch: Workspace, tmp_path: Path) -> int:
    """Every run of the branch, byte for byte; how many. A union this small may have nobody on a list."""
    with reading(branch.engine) as connection:
        rows = [(row["run_id"], Path(row["out"])) for row in runs.overview(connection)]
    for run_id, out in rows:
        again = reprint(branch, run_id, act=ACT, passwords=None, out=tmp_path / run_id)
        assert again.changed == ()
        assert books(tmp_path / run_id) == books(out)
    assert any(books(out) for _, out in rows)
    return len(rows)


def books(folder: Path) -> dict[str, bytes]:
    return {path: data for path, data in contents(folder).items() if "県支部控え" not in path}


def check(branch: Workspace, first: date, last: date, rng: Random, tmp_path: Path) -> list[tuple[str, date, bool]]:
    expected = live_through(branch, first, last, rng)
    assert issued(branch) == expected
    found = verify_ledger(branch, ACT)
    assert (found.problems, found.runs) == ((), len(expected))
    assert prints_all_again(branch, tmp_path) == len(expected)
    assert verify_ledger(branch, ACT).problems == ()
    branch.engine.dispose()
    return expected


def test_two_months_of_three_branches(tmp_path: Path) -> None:
    pattern = empty_workspace(tmp_path / "pattern")
    out = []
    for pref in ("01", "17", "47"):
        branch = small_branch(pattern, tmp_path / pref, pref)
        out += check(branch, FIRST, date(2026, 6, 5), Random(pref), tmp_path / f"again{pref}")
    assert {code[3:] for code, _, _ in out} == {"NEW", "JUN"}
    assert {late for _, _, late in out} == {True, False}


@pytest.mark.long
def test_a_year_of_forty_seven_branches(tmp_path: Path) -> None:
    pattern = empty_workspace(tmp_path / "pattern")
    late = 0
    for number in range(1, 48):
        pref = f"{number:02}"
        branch = small_branch(pattern, tmp_path / pref, pref)
        expected = check(branch, FIRST, LAST, Random(number), tmp_path / f"again{pref}")
        planned = [line.slot.key for line in plan_on(branch, LAST).lines]
        assert sorted((code, day) for code, day, _ in expected) == sorted(planned)  # not one was missed
        assert all(line.standing is Standing.ISSUED for line in plan_on(branch, LAST).lines)
        late += sum(was_late for _, _, was_late in expected)
    assert late > 47
