"""The file of a backup as a file: written in a folder of its own beside its place, checked, made durable, in office words when it fails."""

import contextlib
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa

from kyosai_lists.errors import StoreError

ASIDE = ".控えの作成中-"
_DAY = 24 * 60 * 60
_BROKEN = {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}


class Damaged(StoreError):
    """The store in use cannot be read any more."""

    def __init__(self) -> None:
        super().__init__(
            "データの置き場所が壊れています。", "kyosai-lists store restore 控え で、前の控えに戻してください。"
        )


def connect(path: Path) -> sqlite3.Connection:
    db = sqlite3.connect(path, isolation_level=None, timeout=30)
    db.execute("PRAGMA trusted_schema = OFF")
    return db


def is_whole(db: sqlite3.Connection, *, quick: bool = False) -> bool:
    """`quick` leaves out whether indexes and references fit their rows, which takes long."""
    if quick:
        return bool(db.execute("PRAGMA quick_check(1)").fetchone() == ("ok",))
    whole = db.execute("PRAGMA integrity_check(1)").fetchone() == ("ok",)
    return whole and db.execute("PRAGMA foreign_key_check").fetchone() is None


@contextmanager
def room(folder: Path) -> Iterator[Path]:
    """A folder in `folder` that only its owner may look into; gone afterwards, and with it what killed ones left days ago."""
    with written_in_words():
        made = Path(tempfile.mkdtemp(prefix=ASIDE, dir=folder))
    try:
        for other in folder.glob(f"{ASIDE}*"):
            if other.stat().st_mtime < made.stat().st_mtime - _DAY:
                shutil.rmtree(other, ignore_errors=True)
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


def put_in_place(aside: Path, path: Path) -> None:
    """For its owner alone, and on the disk before and after it takes its name."""
    aside.chmod(0o600)
    _sync(aside, os.O_RDWR)
    aside.replace(path)
    with contextlib.suppress(OSError):  # Windows cannot do this to a folder, and need not
        _sync(path.parent, os.O_RDONLY)


def _sync(path: Path, mode: int) -> None:
    handle = os.open(path, mode)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def store_in_words() -> Iterator[None]:
    """
    Raises:
        Damaged: what is read here is the store, and it is broken.
    """
    try:
        yield
    except sqlite3.DatabaseError as error:
        if says_broken(error):
            raise Damaged from None
        raise


def says_broken(error: sqlite3.DatabaseError) -> bool:
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in _BROKEN


@contextmanager
def written_in_words() -> Iterator[None]:
    try:
        yield
    except (OSError, sqlite3.Error, sa.exc.DBAPIError) as error:
        if isinstance(error, sa.exc.DBAPIError) and not isinstance(error.orig, sqlite3.Error):
            raise  # the server it is read from
        raise unwritable() from None


def unwritable() -> StoreError:
    return StoreError(
        "控えを書けませんでした(ディスクの空きがないか、フォルダーがないか、書き込めない場所です)。",
        "空きと場所を確かめて、もう一度実行してください。",
    )
