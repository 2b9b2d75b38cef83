"""The guard on PostgreSQL: the store entered as a role that may read some columns and nothing else (`role.py`).

The role is entered by logging in: a rule's own SQL could give back a role that was only put on (SET ROLE, set_config).
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, ResourceClosedError

from kyosai_lists.errors import StoreError
from kyosai_lists.store.guard.role import refuse_unfit
from kyosai_lists.store.guard.terms import Allowed, Guard, Reason, Stopped

_SET_UP = "kyosai-lists store guard の表示のとおりに用意し、kyosai.toml の [store] rules_url を見直してください。"
# By the first characters of SQLSTATE, the longest that fits.
_REASONS = {
    "57014": Reason.TOO_LONG,
    "42501": Reason.FORBIDDEN,
    "25": Reason.FORBIDDEN,  # a write in a transaction that only reads
    "42601": Reason.FORBIDDEN,  # two statements in one; a mere slip was found when the file was read
    "53": Reason.TOO_MUCH,
    "54": Reason.TOO_MUCH,
    "22": Reason.KINDS,
    "42883": Reason.KINDS,
    "42804": Reason.KINDS,
    "42846": Reason.KINDS,
}


@contextmanager
def guarded_postgresql(connection: sa.Connection, guard: Guard, allowed: Allowed) -> Iterator[sa.Connection]:
    """A login for this alone: a setting that a rule changes for its session counts for nobody else, nor for its next query's time.

    Raises:
        Stopped: what was run is not allowed, too much, or not done in time.
        StoreError: there is no role to enter as, or one that may do more or less than it should.
    """
    snapshot = str(connection.exec_driver_sql("SELECT pg_export_snapshot()").scalar_one())
    with _entered(guard.rules_url) as beside:
        _begin(beside, snapshot)
        refuse_unfit(beside, allowed.columns)
        sa.event.listen(beside, "before_cursor_execute", _timed(guard.seconds))
        with _why_it_stopped():
            yield beside


@contextmanager
def _entered(url: str) -> Iterator[sa.Connection]:
    if not url:
        raise StoreError(
            "共用のデータ(PostgreSQL)では、県支部のルールは、読むことしかできない利用者で動かします。その設定がありません。",
            _SET_UP,
        )
    try:
        # Prepared from the first time on, so that the server takes one statement and no second one behind it.
        options = {"options": "-c datestyle=ISO,YMD", "prepare_threshold": 0}
        engine = sa.create_engine(url, hide_parameters=True, poolclass=sa.NullPool, connect_args=options)
        connection = engine.connect()
    except (ArgumentError, NoSuchModuleError, ModuleNotFoundError, TypeError, DBAPIError):
        raise StoreError("県支部のルールを動かす利用者で、データに接続できませんでした。", _SET_UP) from None
    with connection:  # whose transaction is rolled back at the end, whatever happened in it
        yield connection


def _begin(beside: sa.Connection, snapshot: str) -> None:
    if not re.fullmatch(r"[0-9A-F-]+", snapshot):
        raise ValueError("snapshot")
    try:
        beside.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        beside.exec_driver_sql(f"SET TRANSACTION SNAPSHOT '{snapshot}'")
    except DBAPIError:
        raise StoreError("[store] の rules_url が、url と同じデータを指していません。", _SET_UP) from None


def _timed(seconds: float) -> Callable[..., None]:
    """Sets the time limit anew before each query: the one before may have changed it."""
    limit = f"SET LOCAL statement_timeout = {max(1, round(seconds * 1000))}"

    def arm(_connection: object, cursor: Any, *_more: object) -> None:
        cursor.connection.execute(limit)

    return arm


@contextmanager
def _why_it_stopped() -> Iterator[None]:
    try:
        yield
    except ResourceClosedError:  # it was no SELECT
        raise Stopped(Reason.FORBIDDEN) from None
    except DBAPIError as error:  # the server sends no row before it has them all
        state = getattr(error.orig, "sqlstate", None) or ""
        raise Stopped(next((_REASONS[state[:n]] for n in (5, 2) if state[:n] in _REASONS), Reason.OTHER)) from None
