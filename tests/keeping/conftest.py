"""A branch with runs in its 台帳, on either database, that a test may do to what it likes."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kyosai_lists.store import transfer
from kyosai_lists.store.engine import reading, writing
from kyosai_lists.usecases.exporting.export_lists import export_lists
from kyosai_lists.usecases.exporting.export_result import ExportResult
from kyosai_lists.usecases.workspace import Workspace
from tests.conftest import ACT, copied, empty_ledger, workspace_at
from tests.keeping.purging import IN_TIME, OLD
from tests.store.emptying import emptied, migrated


@pytest.fixture(scope="package")
def ledger_database(new_database: Callable[[], str]) -> str:
    return migrated(new_database)


@pytest.fixture(params=["sqlite", "postgresql"])
def branch(request: pytest.FixtureRequest, sqlite_branch: Workspace, tmp_path: Path) -> Iterator[Workspace]:
    """The sample branch, with nothing in its 台帳."""
    if request.param == "sqlite":
        workspace = copied(sqlite_branch, tmp_path / "branch")
    else:
        workspace = workspace_at(tmp_path / "branch", (), emptied(request.getfixturevalue("ledger_database")))
        with reading(sqlite_branch.engine) as source, writing(workspace.engine) as target:
            transfer.replace_rows(source, target)
        empty_ledger(workspace)
    yield workspace
    workspace.engine.dispose()


@pytest.fixture
def old(branch: Workspace) -> ExportResult:
    return export_lists(branch, OLD, act=ACT, passwords=None)


@pytest.fixture
def young(branch: Workspace, old: ExportResult) -> ExportResult:
    return export_lists(branch, OLD, act=IN_TIME, passwords=None)
