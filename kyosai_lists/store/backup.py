"""控え: the whole store as one SQLite file, whichever database it came from, that is known to be whole.

It is opened again and checked before it takes its name, needs no file beside it (no WAL), and holds the day it was made as
its `user_version` (20261123).
"""

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from kyosai_lists.errors import StoreError
from kyosai_lists.store import migrate, transfer
from kyosai_lists.store.backup_file import (
    Damaged,
    connect,
    is_whole,
    put_in_place,
    room,
    store_in_words,
    unwritable,
    written_in_words,
)
from kyosai_lists.store.engine import open_engine, reading

_Ask = Callable[[str], Sequence[Sequence[Any]]]


@dataclass(frozen=True)
class Contents:
    """What a store or a backup holds. `rows`: their number by table; a day is None where it is not known."""

    rows: dict[str, int]
    revision: str
    last_import_on: date | None
    made_on: date | None

    @property
    def people(self) -> int:
        return self.rows["members"]

    @property
    def contracts(self) -> int:
        return self.rows["contracts"]


def own_file(engine: sa.Engine) -> Path | None:
    """The store's file on SQLite, None on a server."""
    return Path(engine.url.database) if engine.dialect.name == "sqlite" and engine.url.database else None


def contents(engine: sa.Engine, made_on: date | None = None) -> Contents:
    with reading(engine) as connection:
        return _contents(lambda sql: connection.exec_driver_sql(sql).all(), made_on)


def write_backup(engine: sa.Engine, path: Path, made_on: date, *, quick: bool = False) -> Contents:
    """Writes everything that is committed, of one moment, to `path`, in place of what is there; its folder exists.

    Raises:
        StoreError: it could not be written; nothing is left of it, and what was at `path` still is.
        Damaged: the store is broken.
    """
    file = own_file(engine)
    with written_in_words(), room(path.parent) as folder:
        aside = folder / "new.db"
        at_source = _copy_file(file, aside) if file else _copy_tables(engine, aside)
        with closing(connect(aside)) as db:
            db.execute("PRAGMA synchronous = OFF")  # it is made durable once, when it is whole
            db.execute("PRAGMA journal_mode = DELETE")
            db.execute(f"PRAGMA user_version = {made_on:%Y%m%d}")
        with closing(connect(aside)) as db:
            if not is_whole(db, quick=quick):
                raise Damaged
            written = _contents(_asking(db), made_on)
        if written.rows != at_source:
            raise Damaged
        put_in_place(aside, path)
    return written


def _copy_file(file: Path, aside: Path) -> dict[str, int]:
    """The number of rows by table, of the moment that was copied."""
    with store_in_words(), closing(connect(file)) as source, closing(connect(aside)) as copy:
        copy.execute("PRAGMA synchronous = OFF")
        source.execute("BEGIN")
        rows = _count(_asking(source))
        source.backup(copy)
    return rows


def _copy_tables(engine: sa.Engine, aside: Path) -> dict[str, int]:
    copy = open_engine(f"sqlite:///{aside.as_posix()}")
    try:
        migrate.upgrade(copy)
    except StoreError:
        raise unwritable() from None
    try:
        with reading(engine) as source, written_in_words(), copy.execution_options(write=True).begin() as target:
            transfer.copy_rows(source, target)
            return transfer.count_rows(source)
    finally:
        copy.dispose()


def _asking(db: sqlite3.Connection) -> _Ask:
    return lambda sql: db.execute(sql).fetchall()


def _count(ask: _Ask) -> dict[str, int]:
    return {name: int(ask(sql)[0][0]) for name, sql in transfer.COUNTING.items()}


def _contents(ask: _Ask, made_on: date | None) -> Contents:
    last = ask("SELECT max(taken_in_on) FROM imports")[0][0]
    return Contents(
        rows=_count(ask),
        revision=str(ask("SELECT version_num FROM alembic_version")[0][0]),
        last_import_on=date.fromisoformat(last) if isinstance(last, str) else last,
        made_on=made_on,
    )
