"""Which writer makes the workbooks is a matter of time, not of contents."""

import dataclasses
from pathlib import Path

import pytest

from kyosai_lists.errors import ExportError
from kyosai_lists.usecases.exporting.export_lists import export_lists
from kyosai_lists.usecases.exporting.order import Order
from kyosai_lists.usecases.rendering import writers
from kyosai_lists.usecases.workspace import Workspace
from kyosai_lists.workbook.check import count_rows
from tests.conftest import ACT, AS_OF, copied
from tests.exporting.reading import workbooks
from tests.stamp.comparing import differences

ORDER = Order(as_of=AS_OF, run_id="261101-AAAAA", list_ids=("all",))


def written_by(workspace: Workspace, writer: str) -> Workspace:
    export = workspace.settings.export.model_copy(update={"writer": writer})
    return dataclasses.replace(workspace, settings=workspace.settings.model_copy(update={"export": export}))


def test_both_writers_make_the_samples_alike(sqlite_branch: Workspace, tmp_path: Path) -> None:
    assert sqlite_branch.settings.export.writer == "stamp"
    for writer in ("stamp", "openpyxl"):
        branch = copied(sqlite_branch, tmp_path / f"workspace {writer}")
        export_lists(written_by(branch, writer), ORDER, act=ACT, passwords=None, out=tmp_path / writer)
    stamped, filled = workbooks(tmp_path / "stamp"), workbooks(tmp_path / "openpyxl")
    assert [path.name for path in stamped] == [path.name for path in filled]
    assert len(stamped) == 12
    for one, other in zip(stamped, filled, strict=True):
        assert differences(other.read_bytes(), one.read_bytes()) == []


def test_of_each_sheet_of_a_run_a_workbook_is_read_as_a_stranger_reads_it(
    sqlite_branch: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not of each choice of sheets: with all lists nearly every union has one of its own."""
    read: list[set[str]] = []

    def counted(data: bytes) -> dict[str, int]:
        found = count_rows(data)
        read.append(set(found))
        return found

    monkeypatch.setattr(writers, "count_rows", counted)
    branch = copied(sqlite_branch, tmp_path / "workspace")
    order = dataclasses.replace(ORDER, run_id=None)
    result = export_lists(branch, order, act=ACT, passwords=None, out=tmp_path / "out")
    sheets = [set(book.sheet_rows) for book in result.books if book.path]
    assert set().union(*read) == set().union(*sheets)
    for number, found in enumerate(read):
        assert found - set().union(*read[:number])


@pytest.mark.parametrize("check", ["count_rows", "recounted"])
def test_a_stamped_workbook_is_looked_at_twice(
    sqlite_branch: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, check: str
) -> None:
    monkeypatch.setattr(writers, check, lambda *_: {"名簿": 1})
    order = dataclasses.replace(ORDER, run_id=None)
    with pytest.raises(ExportError, match="行の数"):
        export_lists(sqlite_branch, order, act=ACT, passwords=None, out=tmp_path / "out")
    assert not (tmp_path / "out").exists()
