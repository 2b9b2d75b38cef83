"""One file onto a shared drive: what has the name keeps it, whoever put it there and whenever."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from kyosai_lists.usecases.custody import copy_whole as copying
from kyosai_lists.usecases.custody.copy_whole import copy_whole

DATA = b"a workbook"
SHA256 = hashlib.sha256(DATA).hexdigest()


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "17" / "17001.xlsx"


def meanwhile(monkeypatch: pytest.MonkeyPatch, happens: Callable[[], object]) -> None:
    """While the copy is on its way to the drive."""

    def fsync(number: int) -> None:
        happens()

    monkeypatch.setattr(copying.os, "fsync", fsync)


@pytest.mark.parametrize(("there", "told"), [(DATA, "same"), (b"filled in", "other")])
def test_what_is_there_is_not_copied_once_more_though_the_drive_is_full(
    target: Path, monkeypatch: pytest.MonkeyPatch, there: bytes, told: str
) -> None:
    def full() -> None:
        raise OSError(28, "no space left")

    target.parent.mkdir()
    target.write_bytes(there)
    meanwhile(monkeypatch, full)
    assert copy_whole(DATA, target, SHA256) == told
    assert target.read_bytes() == there


@pytest.mark.parametrize(("there", "told"), [(DATA, "same"), (b"filled in", "other")])
def test_what_somebody_else_put_there_meanwhile_stays(
    target: Path, monkeypatch: pytest.MonkeyPatch, there: bytes, told: str
) -> None:
    meanwhile(monkeypatch, lambda: target.write_bytes(there))
    assert copy_whole(DATA, target, SHA256) == told
    assert [(path, path.read_bytes()) for path in target.parent.iterdir()] == [(target, there)]


def test_a_folder_with_the_name_is_something_else(target: Path) -> None:
    target.mkdir(parents=True)
    assert copy_whole(DATA, target, SHA256) == "other"
