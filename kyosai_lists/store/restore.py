"""A backup back into the store: looked at from all sides first, then loaded in one transaction, so that a kill leaves old or new."""

import contextlib
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path

import sqlalchemy as sa

from kyosai_lists.dates import UnreadableDate, read_date
from kyosai_lists.errors import StoreError
from kyosai_lists.store import migrate, transfer
from kyosai_lists.store.backup import Contents, contents, own_file
from kyosai_lists.store.backup_file import connect, is_whole, room, says_broken, written_in_words
from kyosai_lists.store.engine import StatementFailed, open_engine, reading, writing
from kyosai_lists.store.tables import members, metadata, unions

_MAGIC = b"SQLite format 3\0"
_OURS = {"alembic_version", "imports", "unions", "members", "contracts"}  # since the first revision


@contextmanager
def opened_backup(path: Path, workroom: Path) -> Iterator[tuple[sa.Engine, Contents]]:
    """A copy of the backup at `path`, made in the folder `workroom` and brought up to date; `path` itself is only read.

    Raises:
        StoreError: it is no backup of ours, is broken, or of a newer version.
    """
    with room(workroom) as folder:
        copy = folder / "backup.db"
        _copy(path, copy)
        made_on = _require_ours(copy, path.name)
        engine = open_engine(f"sqlite:///{copy.as_posix()}")
        try:
            migrate.upgrade(engine)
            _require_columns(engine, path.name)
            yield engine, contents(engine, made_on)
        finally:
            engine.dispose()


def prefectures(engine: sa.Engine) -> set[str]:
    """Whose unions and members there are."""
    with reading(engine) as connection:
        return {pref for table in (unions, members) for pref in connection.scalars(sa.select(table.c.pref).distinct())}


def load_backup(backup: sa.Engine, engine: sa.Engine, before: Callable[[], None]) -> None:
    """Puts what `backup` holds in place of what the store holds. `before` is called when nobody else can write any more.

    Raises:
        StoreError: nothing was changed.
    """
    try:
        with writing(engine) as target, reading(backup) as source:
            transfer.keep_others_from_writing(target)
            before()
            transfer.replace_rows(source, target)
    except (ValueError, StatementFailed):  # a file that a stranger changed: a date that is none, a letter in a number
        raise StoreError("控えの中身が正しくないので、戻せませんでした。", "別の控えを指定してください。") from None


def is_broken(engine: sa.Engine) -> bool:
    """True when the store's file is there and cannot be read through. (A server looks after itself.)"""
    file = own_file(engine)
    if file is None or not file.is_file():
        return False
    try:
        with closing(connect(file)) as db:
            return not is_whole(db)
    except sqlite3.DatabaseError as error:
        return says_broken(error)


def set_aside(engine: sa.Engine, path: Path) -> None:
    """Moves the broken file of the store to `path`, so that a new one can be made."""
    engine.dispose()
    file = own_file(engine)
    with written_in_words():
        shutil.move(f"{file}", path)
        path.chmod(0o600)
        wal = Path(f"{file}-wal")
        if wal.exists() and wal.stat().st_size:
            shutil.move(wal, f"{path}-wal")
        for left in (wal, Path(f"{file}-shm")):
            left.unlink(missing_ok=True)


def _copy(path: Path, copy: Path) -> None:
    try:
        shutil.copyfile(path, copy)
        with contextlib.suppress(FileNotFoundError):  # the newest rows of a store that was copied by hand
            shutil.copyfile(f"{path}-wal", f"{copy}-wal")
    except OSError:
        raise StoreError(
            f"控え {path.name} を読めませんでした(開けないか、ディスクの空きがありません)。",
            "場所と空きを確かめて、もう一度実行してください。",
        ) from None


def _require_ours(copy: Path, name: str) -> date | None:
    """The day the backup was made, as far as it says."""
    with copy.open("rb") as file:
        if file.read(len(_MAGIC)) != _MAGIC:
            raise _not_ours(name)
    try:
        with closing(connect(copy)) as db:
            whole = is_whole(db)
            names = {row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            revision = db.execute("SELECT version_num FROM alembic_version").fetchone() if names >= _OURS else None
            made_on = db.execute("PRAGMA user_version").fetchone()[0]
    except sqlite3.DatabaseError:
        raise _broken(name) from None
    if not whole:
        raise _broken(name)
    if revision is None:
        raise _not_ours(name)
    if revision[0] not in _known_revisions():
        raise StoreError(
            f"控え {name} は、この版より新しいkyosai-listsで作られています。",
            "kyosai-lists を新しい版にしてから、もう一度実行してください。",
        )
    return _as_date(made_on)


def _as_date(made_on: int) -> date | None:
    try:
        return read_date(str(made_on)).value if made_on else None
    except UnreadableDate:
        return None


def _known_revisions() -> set[str]:
    from alembic.script import ScriptDirectory  # costs 0.2 s

    return {script.revision for script in ScriptDirectory.from_config(migrate.alembic_config()).walk_revisions()}


def _require_columns(engine: sa.Engine, name: str) -> None:
    inspector = sa.inspect(engine)
    for table in metadata.sorted_tables:
        there = (
            {column["name"] for column in inspector.get_columns(table.name)} if inspector.has_table(table.name) else ()
        )
        if there != set(table.columns.keys()):
            raise _not_ours(name)


def _not_ours(name: str) -> StoreError:
    return StoreError(f"{name} はkyosai-listsの控えではありません。", "store backup で作った控えを指定してください。")


def _broken(name: str) -> StoreError:
    return StoreError(
        f"控え {name} は壊れています(途中で切れているか、あとから変わっています)。", "別の控えを指定してください。"
    )
