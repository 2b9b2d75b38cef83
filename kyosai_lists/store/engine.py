"""Opening the store. One connection setup for every connection; SQLite is made durable here and nowhere else."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError

from kyosai_lists.errors import StoreError
from kyosai_lists.store.bulk import tidied_afterwards
from kyosai_lists.store.sqlite_memory import leave_memory_uncounted

# What other rooms hand on without knowing what it is.
Connection = sa.Connection
Engine = sa.Engine


def open_engine(url: str) -> sa.Engine:
    """An engine for SQLite or PostgreSQL; parameters never reach a log or an error text.

    Raises:
        StoreError: the address is of no kind that is supported.
    """
    try:
        # A server may be set to write dates otherwise; they are compared as text here.
        iso = {"options": "-c datestyle=ISO,YMD"} if sa.make_url(url).get_backend_name() == "postgresql" else {}
        engine = sa.create_engine(url, hide_parameters=True, connect_args=iso)
    except (ArgumentError, NoSuchModuleError, ModuleNotFoundError) as error:
        raise StoreError(
            "データの置き場所の指定が正しくありません。", "kyosai.toml の [store] url を見直してください。"
        ) from error
    if engine.dialect.name == "sqlite":
        leave_memory_uncounted()
        sa.event.listen(engine, "connect", _set_up_sqlite)
        sa.event.listen(engine, "begin", _begin_sqlite)
    elif engine.dialect.name != "postgresql":
        raise StoreError(
            f"データの置き場所として {engine.dialect.name} は使えません。", "SQLite か PostgreSQL を指定してください。"
        )
    return engine


def _set_up_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # the driver's own BEGIN would leave DDL outside the transaction
    for pragma in ("journal_mode=WAL", "foreign_keys=ON", "synchronous=FULL", "busy_timeout=30000"):
        connection.execute(f"PRAGMA {pragma}").close()
    # Met for the first time, a table-valued function is noted like a new table, which only-reading would not let pass.
    connection.execute("SELECT value FROM json_each('[]')").close()


def _begin_sqlite(connection: sa.Connection) -> None:
    options = connection.get_execution_options()
    if options.get("rebuild", False):
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")  # only possible before a transaction begins
    connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("write", False) else "BEGIN")


@contextmanager
def writing(engine: sa.Engine, *, keep: bool = True) -> Iterator[sa.Connection]:
    """One transaction that writes: all of it or nothing. Without `keep` it is a rehearsal, taken back at its end."""
    with (
        _in_office_words(),
        engine.connect().execution_options(write=True) as connection,
        tidied_afterwards(connection),
        connection.begin() as all_of_it,
    ):
        yield connection
        if not keep:
            all_of_it.rollback()


@contextmanager
def rebuilding(engine: sa.Engine) -> Iterator[sa.Connection]:
    """As `writing`, for a change of schema: SQLite changes a table by making it anew, which its references must survive."""
    try:
        with (
            _in_office_words(),
            engine.connect().execution_options(write=True, rebuild=True) as connection,
            connection.begin(),
        ):
            yield connection
            if connection.dialect.name == "sqlite" and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
                raise StatementFailed("foreign_key_check")
    finally:
        engine.dispose()  # the next connection holds foreign keys again


@contextmanager
def reading(engine: sa.Engine) -> Iterator[sa.Connection]:
    """One transaction that only reads, so that everything a run reads is of one moment."""
    with _in_office_words(), engine.connect() as connection, connection.begin():
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield connection
            return
        driver: Any = connection.connection.driver_connection
        driver.set_authorizer(_only_reading)
        try:
            yield connection
        finally:
            driver.set_authorizer(None)


# What a statement may do while only reading: no write, no setting, no ATTACH (which VACUUM INTO needs too).
_READING = {
    sqlite3.SQLITE_SELECT,
    sqlite3.SQLITE_READ,
    sqlite3.SQLITE_FUNCTION,
    sqlite3.SQLITE_RECURSIVE,
    sqlite3.SQLITE_TRANSACTION,
}


_LOOKING = {"table_info", "table_xinfo"}  # how SQLAlchemy asks whether there is a table


def _only_reading(action: int, first: str | None, second: str | None, _database: str | None, _by: str | None) -> int:
    """SQLite asks this of everything a statement would do; a PRAGMA's name comes first, a function's second."""
    loads_code = action == sqlite3.SQLITE_FUNCTION and (second or "").lower() == "load_extension"
    looks = action == sqlite3.SQLITE_PRAGMA and (first or "").lower() in _LOOKING
    return sqlite3.SQLITE_OK if looks or (action in _READING and not loads_code) else sqlite3.SQLITE_DENY


class StatementFailed(Exception):
    """A mistake of ours that the database refused. What it says may hold a person's data (PostgreSQL's DETAIL), so it is left out."""


@contextmanager
def _in_office_words() -> Iterator[None]:
    """A store that cannot be reached or is broken is an expected failure; its text may hold data, so it is not shown."""
    try:
        yield
    except DBAPIError as error:
        if isinstance(error, sa.exc.ProgrammingError | sa.exc.IntegrityError | sa.exc.DataError):
            raise StatementFailed(type(error.orig).__name__).with_traceback(error.__traceback__) from None
        raise StoreError(
            "データの置き場所を使えませんでした(ほかで使用中、または壊れているおそれがあります)。",
            "ほかの画面で処理中でないか確かめて、もう一度実行してください。",
        ) from None
