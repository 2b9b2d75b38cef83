"""One PostgreSQL database for many tests: making a new one for each takes longer than they do."""

from collections.abc import Callable

import sqlalchemy as sa

from kyosai_lists.store import tables
from kyosai_lists.store.engine import open_engine
from kyosai_lists.store.migrate import upgrade


def migrated(new_database: Callable[[], str]) -> str:
    """The URL of a new database with the present schema."""
    url = new_database()
    engine = open_engine(url)
    upgrade(engine)
    engine.dispose()
    return url


def emptied(url: str) -> str:
    """The same URL; no table holds a row, and numbers start again at 1."""
    names = ", ".join(f'"{table.name}"' for table in tables.metadata.sorted_tables)
    engine = sa.create_engine(url)
    with engine.begin() as connection:
        connection.exec_driver_sql(f"TRUNCATE {names} RESTART IDENTITY CASCADE")
    engine.dispose()
    return url
