from pathlib import Path

import pytest

from kyosai_lists.usecases.importing.import_files import import_files
from kyosai_lists.usecases.workspace import Workspace
from tests.cli.running import Typed, typed_into
from tests.conftest import workspace_at
from tests.importing.importing_files import Here


@pytest.fixture(autouse=True)
def _reads_here(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands read files in the tests' own process, which is seconds faster for each, unless a test is `reads_apart`."""
    if "reads_apart" not in request.keywords:
        monkeypatch.setitem(import_files.__kwdefaults__, "readers", Here)


@pytest.fixture
def typed(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Typed:
    """`typed("lists", "--json")` in the samples-free default folder."""
    return typed_into(None, capsys, monkeypatch)


@pytest.fixture
def typed_at_samples(
    sqlite_branch: Workspace, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Typed:
    """The same in a workspace with the sample branch."""
    return typed_into(sqlite_branch.folder, capsys, monkeypatch)


@pytest.fixture
def typed_at_empty(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Typed:
    """The same in a workspace of 石川県 with nothing in it."""
    workspace_at(tmp_path / "w", ("17",)).engine.dispose()
    return typed_into(tmp_path / "w", capsys, monkeypatch)
