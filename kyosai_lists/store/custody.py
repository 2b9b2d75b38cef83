"""What was told of handed-out workbooks, in the store."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from kyosai_lists.store.ledger_tables import custody_events, run_books, runs

Row = sa.RowMapping
Rows = Sequence[Row]


def add(connection: sa.Connection, seq: int, rows: Iterable[Mapping[str, Any]]) -> None:
    """Rows of `custody_events` of the entry `seq`, in the transaction in which that was appended."""
    connection.execute(sa.insert(custody_events), [{**row, "seq": seq} for row in rows])


def events(connection: sa.Connection, run_ids: Sequence[str] | None = None) -> Rows:
    """Every column of `custody_events`, by `seq`; of these runs, None: of all."""
    query = sa.select(custody_events).order_by(custody_events.c.seq, custody_events.c.union_code)
    if run_ids is not None:
        query = query.where(custody_events.c.run_id.in_(list(run_ids)))
    return connection.execute(query).mappings().all()


def files(connection: sa.Connection, run_ids: Sequence[str] | None = None) -> Rows:
    """Every workbook of the runs whose folder stands (of these, None: of all), the newest run first: run_id, title, placed_on,
    sealed, union_code, recipient, path, people, return_by.
    """
    r, b = runs.c, run_books.c
    columns = (r.run_id, r.title, r.placed_on, r.sealed, b.union_code, b.recipient, b.path, b.people, b.return_by)
    query = (
        sa.select(*columns)
        .join_from(run_books, runs, b.run_id == r.run_id)
        .where(r.placed_on.is_not(None))
        .order_by(r.seq.desc(), b.union_code)
    )
    if run_ids is not None:
        query = query.where(r.run_id.in_(list(run_ids)))
    return connection.execute(query).mappings().all()
