"""The disk fills up while workbooks are written: the old export stands, no part of the new one is left (fault 30)."""

import errno
from pathlib import Path

import pytest

from kyosai_lists.errors import ExportError
from kyosai_lists.usecases.exporting.export_lists import Order, export_lists
from kyosai_lists.usecases.exporting.passwords import Passwords
from kyosai_lists.usecases.workspace import Workspace
from tests.conftest import ACT, AS_OF
from tests.exporting.killing import contents


@pytest.mark.parametrize("full_after", [0, 1, 7])
@pytest.mark.parametrize("passwords", [None, Passwords("himitu-1", {})], ids=["open", "sealed"])
def test_a_full_disk_leaves_the_old_export_and_nothing_of_the_new(
    sqlite_branch: Workspace,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    passwords: Passwords | None,
    full_after: int,
) -> None:
    export_lists(sqlite_branch, Order(as_of=AS_OF), act=ACT, passwords=None, out=tmp_path / "out")
    before = contents(tmp_path)
    written: list[Path] = []
    real = Path.write_bytes

    def write(self: Path, data: bytes) -> int:
        if len(written) == full_after:
            real(self, data[: len(data) // 2])
            raise OSError(errno.ENOSPC, "No space left on device")
        written.append(self)
        return real(self, data)

    monkeypatch.setattr(Path, "write_bytes", write)
    with pytest.raises(ExportError, match="空き"):
        export_lists(sqlite_branch, Order(as_of=AS_OF), act=ACT, passwords=passwords, out=tmp_path / "out")
    assert len(written) == full_after
    assert contents(tmp_path) == before
