"""Taking out of the store what a run was made from and who stood on it. Its entry stays, and so does what became of each file."""

import sqlite3
from collections.abc import Sequence
from contextlib import suppress
from typing import Any

import sqlalchemy as sa

from kyosai_lists.store.ledger_tables import run_books, run_people, runs


def forget(connection: sa.Connection, run_ids: Sequence[str]) -> None:
    """In a writing transaction."""
    for run_id in run_ids:
        connection.execute(sa.update(runs).where(runs.c.run_id == run_id).values(record=None, union_lists=None))
        connection.execute(sa.update(run_books).where(run_books.c.run_id == run_id).values(frozen=None))
        connection.execute(sa.delete(run_people).where(run_people.c.run_id == run_id))


def settle(engine: sa.Engine) -> None:
    """Writes SQLite's file anew without what was freed in it, unless somebody else is using it or the disk is too full for a
    second one. (A server sees to that itself.)
    """
    if engine.dialect.name != "sqlite":
        return
    with engine.connect() as connection, suppress(sqlite3.OperationalError):
        driver: Any = connection.connection.driver_connection  # SQLAlchemy would begin a transaction
        for statement in ("VACUUM", "PRAGMA wal_checkpoint(TRUNCATE)"):
            driver.execute(statement).close()


def people(connection: sa.Connection) -> dict[str, int]:
    """By run, how many rows of people there are."""
    counted = sa.select(run_people.c.run_id, sa.func.count()).group_by(run_people.c.run_id)
    return {row[0]: row[1] for row in connection.execute(counted)}
