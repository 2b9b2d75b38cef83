"""The guard on SQLite: the file opened for reading only, and SQLite asked at each step what it is about to do."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError, ResourceClosedError

from kyosai_lists.errors import StoreError
from kyosai_lists.store.guard.terms import Allowed, Guard, Reason, Stopped
from kyosai_lists.store.moment import same_moment

_STEPS = 10_000  # of SQLite's machine between two looks at the clock: well under a millisecond
# No single step may take long, which no look at the clock would end; nor may a value fill the memory.
_LIMITS = {
    sqlite3.SQLITE_LIMIT_LENGTH: 1_000_000,
    sqlite3.SQLITE_LIMIT_LIKE_PATTERN_LENGTH: 1_000,
    sqlite3.SQLITE_LIMIT_ATTACHED: 0,
    sqlite3.SQLITE_LIMIT_WORKER_THREADS: 0,
}
_REASONS = {
    sqlite3.SQLITE_INTERRUPT: Reason.TOO_LONG,
    sqlite3.SQLITE_AUTH: Reason.FORBIDDEN,
    sqlite3.SQLITE_READONLY: Reason.FORBIDDEN,
    sqlite3.SQLITE_TOOBIG: Reason.TOO_MUCH,
    sqlite3.SQLITE_NOMEM: Reason.TOO_MUCH,
    sqlite3.SQLITE_FULL: Reason.TOO_MUCH,
}


@contextmanager
def guarded_sqlite(connection: sa.Connection, guard: Guard, allowed: Allowed) -> Iterator[sa.Connection]:
    """
    Raises:
        Stopped: what was run is not allowed, too much, or not done in time.
        StoreError: something was taken in since `connection` began to read.
    """
    engine = sa.create_engine("sqlite://", creator=lambda: _open(connection.engine), poolclass=sa.NullPool)
    with engine.connect() as beside:
        beside.exec_driver_sql("BEGIN")
        if not same_moment(connection, beside):
            raise StoreError("リストを調べている間に、ほかの画面で取り込みがありました。", "もう一度実行してください。")
        with _locked(beside.connection.driver_connection, guard.seconds, allowed), _why_it_stopped():
            yield beside


def _open(engine: sa.Engine) -> sqlite3.Connection:
    if not engine.url.database:
        raise StoreError("ファイルのないデータでは、県支部のルールを使えません。", "[store] url を見直してください。")
    address = f"{Path(engine.url.database).absolute().as_uri()}?mode=ro"
    connection = sqlite3.connect(address, uri=True, isolation_level=None, timeout=30, check_same_thread=False)
    for pragma in ("query_only=ON", "trusted_schema=OFF"):
        with closing(connection.execute(f"PRAGMA {pragma}")):
            pass
    for limit, value in _LIMITS.items():
        connection.setlimit(limit, value)
    return connection


@contextmanager
def _locked(driver: Any, seconds: float, allowed: Allowed) -> Iterator[None]:
    """Until the end, `driver` does only what is allowed, and only for so long; then it can be closed again."""
    end = time.monotonic() + seconds

    def may(action: int, first: str | None, second: str | None, _database: str | None, _by: str | None) -> int:
        return sqlite3.SQLITE_OK if _may(action, first or "", second or "", allowed) else sqlite3.SQLITE_DENY

    driver.set_authorizer(may)
    driver.set_progress_handler(lambda: time.monotonic() > end, _STEPS)
    try:
        yield
    finally:
        driver.set_progress_handler(None, 0)
        driver.set_authorizer(None)


def _may(action: int, first: str, second: str, allowed: Allowed) -> bool:
    """SQLite names a table and its column ("" where none is looked at), or a function second; nothing else is allowed."""
    if action == sqlite3.SQLITE_READ:
        return first in allowed.columns and (not second or second in allowed.columns[first])
    if action == sqlite3.SQLITE_FUNCTION:
        return second.lower() in allowed.functions
    return action == sqlite3.SQLITE_SELECT


@contextmanager
def _why_it_stopped() -> Iterator[None]:
    try:
        yield
    except (sqlite3.Warning, ResourceClosedError):  # two statements in one; no SELECT
        raise Stopped(Reason.FORBIDDEN) from None
    except (DBAPIError, sqlite3.Error) as error:  # the second: while rows are fetched
        code = getattr(getattr(error, "orig", error), "sqlite_errorcode", None)
        raise Stopped(_REASONS.get(code & 0xFF, Reason.OTHER) if code else Reason.OTHER) from None
