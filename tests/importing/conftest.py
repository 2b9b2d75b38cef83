"""A folder for the files of one test, and a workspace without rows on either database."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kyosai_lists.usecases.workspace import Workspace
from tests.conftest import workspace_at
from tests.importing.importing_files import Files
from tests.store.emptying import emptied, migrated


@pytest.fixture
def files(tmp_path: Path) -> Files:
    folder = tmp_path / "届いたファイル"
    folder.mkdir()
    return Files(folder)


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
