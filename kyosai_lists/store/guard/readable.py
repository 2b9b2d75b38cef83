"""Which columns and functions a query uses: SQLite says so itself while it prepares it."""

import sqlite3
from contextlib import closing

import sqlalchemy as sa
from sqlalchemy.dialects import sqlite as sqlite_dialect
from sqlalchemy.schema import CreateTable

from kyosai_lists.store.guard.terms import Allowed
from kyosai_lists.store.tables import metadata


def reads(query: str) -> Allowed:
    """The columns that `query`, in SQLite's words, reads and the functions that it calls.

    Nothing runs: it is prepared against empty tables.
    """
    columns: dict[str, set[str]] = {}
    functions: set[str] = set()

    def note(action: int, first: str | None, second: str | None, _database: str | None, _by: str | None) -> int:
        if action == sqlite3.SQLITE_READ and first and first in metadata.tables:
            columns.setdefault(first, set()).update([second] if second else [])
        elif action == sqlite3.SQLITE_FUNCTION and second:
            functions.add(second.lower())
        return sqlite3.SQLITE_OK

    with closing(sqlite3.connect(":memory:")) as empty:
        for table in metadata.sorted_tables:
            empty.execute(str(CreateTable(table).compile(dialect=sqlite_dialect.dialect())))
        empty.set_authorizer(note)
        empty.execute(f"EXPLAIN {query}", dict.fromkeys(sa.text(query)._bindparams, 0))
    return Allowed({table: frozenset(names) for table, names in columns.items()}, frozenset(functions))
