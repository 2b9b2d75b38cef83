"""A folder for the files of one test, and a workspace without rows on either database."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kyosai_lists.usecases.importing.import_files import import_files
from kyosai_lists.usecases.workspace import Workspace
from tests.conftest import AS_OF, sample_files, workspace_at
from tests.importing.importing_files import Contents, Files, contents
from tests.store.emptying import emptied, migrated


@pytest.fixture
def files(tmp_path: Path) -> Files:
    folder = tmp_path / "届いたファイル"
    folder.mkdir()
    return Files(folder)


@pytest.fixture(scope="package")
def samples_taken_in(tmp_path_factory: pytest.TempPathFactory) -> Contents:
    """Every row of a store that the samples came into and nothing else happened to: no export has added to its ledger."""
    workspace = workspace_at(tmp_path_factory.mktemp("taken in") / "workspace", ())
    import_files(workspace, sample_files(), today=AS_OF)
    found = contents(workspace)
    workspace.engine.dispose()
    return found


@pytest.fixture(scope="package")
def shared_postgres(new_database: Callable[[], str]) -> str:
    return migrated(new_database)


@pytest.fixture(params=["sqlite", "postgresql"])
def new_workspace(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[..., Workspace]]:
    """Makes a workspace on either database, one for each test: `new_workspace("17")`."""
    opened: list[Workspace] = []

    def make(*prefectures: str) -> Workspace:
        assert not opened
        url = emptied(request.getfixturevalue("shared_postgres")) if request.param == "postgresql" else ""
        opened.append(workspace_at(tmp_path / "workspace", prefectures, url))
        return opened[-1]

    yield make
    for workspace in opened:
        workspace.engine.dispose()
