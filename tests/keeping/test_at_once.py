"""Several exports at once: each has its entry, numbered without a gap, and its folder."""

import secrets
from pathlib import Path

from kyosai_lists.store import ledger, runs
from kyosai_lists.store.engine import reading
from kyosai_lists.usecases.keeping.verify_ledger import verify_ledger
from kyosai_lists.usecases.workspace import Workspace
from tests.conftest import ACT
from tests.exporting.killing import started


def test_exports_at_once_leave_entries_without_gaps_and_whole_folders(branch: Workspace, tmp_path: Path) -> None:
    names = [secrets.token_hex(4) for _ in range(3)]
    programs = [started(branch, tmp_path / "outs" / name, name) for name in names]
    assert [program.wait() for program in programs] == [0] * len(names)
    with reading(branch.engine) as connection:
        assert [entry.seq for entry in ledger.entries(connection)] == list(range(1, len(names) + 1))
        assert runs.unplaced(connection) == []
    found = verify_ledger(branch, ACT)
    assert (found.problems, found.runs, found.gone) == ((), len(names), 0)
    assert {path.name for path in (tmp_path / "outs").iterdir()} == set(names)
