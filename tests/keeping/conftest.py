"""A branch with runs in its 台帳, on either database, that a test may do to what it likes."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from kyosai_lists.store import transfer
from kyosai_lists.store.engine import reading, writing
from kyosai_lists.usecases.exporting.export_lists import export_lists
from kyosai_lists.usecases.exporting.export_result import ExportResult
from kyosai_lists.usecases.exporting.order import Order
from kyosai_lists.usecases.workspace import Workspace
from tests.conftest import ACT, copied, empty_ledger, workspace_at
from tests.keeping.kept import Kept, copy_database
from tests.keeping.purging import IN_TIME, OLD


@pytest.fixture(scope="package")
def branch_database(
    new_database: Callable[[], str], sqlite_branch: Workspace, tmp_path_factory: pytest.TempPathFactory
) -> str:
    """A PostgreSQL database with the sample branch, to be copied."""
    url = new_database()
    workspace = workspace_at(tmp_path_factory.mktemp("to be copied") / "workspace", (), url)
    with reading(sqlite_branch.engine) as source, writing(workspace.engine) as target:
        transfer.replace_rows(source, target)
    empty_ledger(workspace)
    workspace.engine.dispose()
    return url


@pytest.fixture(params=["sqlite", "postgresql"])
def branch(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Workspace]:
    """The sample branch, with nothing in its 台帳."""
    workspace = branch_at(tmp_path / "branch", request, "branch")
    yield workspace
    workspace.engine.dispose()


def branch_at(folder: Path, request: pytest.FixtureRequest, database: str) -> Workspace:
    """The same, in a file or in a PostgreSQL `database` of its own, as the parameter of the fixture says."""
    if request.param == "sqlite":
        return copied(request.getfixturevalue("sqlite_branch"), folder)
    url = copy_database(sa.make_url(request.getfixturevalue("branch_database")), database)
    return workspace_at(folder, (), url.render_as_string(hide_password=False))


def kept_after(request: pytest.FixtureRequest, folder: Path, *orders: Order) -> Kept:
    """The same after a run for each of `orders`, for the tests of a module."""
    workspace = branch_at(folder / "branch", request, "kept")
    runs = [export_lists(workspace, order, act=ACT, passwords=None) for order in orders]
    return Kept(workspace, folder / "copy", runs)


@pytest.fixture
def old(branch: Workspace) -> ExportResult:
    return export_lists(branch, OLD, act=ACT, passwords=None)


@pytest.fixture
def young(branch: Workspace, old: ExportResult) -> ExportResult:
    return export_lists(branch, OLD, act=IN_TIME, passwords=None)
