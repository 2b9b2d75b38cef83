"""Every row of one store into another, whichever databases they are: tables in the order of their references, in batches."""

from collections.abc import Callable, Sequence
from typing import Any

import sqlalchemy as sa

from kyosai_lists.store import imports
from kyosai_lists.store.engine import StatementFailed
from kyosai_lists.store.tables import metadata

_BATCH = 5_000
_BATCH_OF_CONTENTS = 100  # of rows that hold whole workbooks' contents
# Table name → the statement that counts its rows.
COUNTING = {table.name: f'SELECT count(*) FROM "{table.name}"' for table in metadata.sorted_tables}


def count_rows(connection: sa.Connection) -> dict[str, int]:
    """The number of rows by table name."""
    return {name: int(connection.exec_driver_sql(count).scalar_one()) for name, count in COUNTING.items()}


def keep_others_from_writing(target: sa.Connection) -> None:
    """SQLite has one writer at a time; on PostgreSQL another's rows could come in between deleting and inserting."""
    if target.dialect.name == "postgresql":
        names = ", ".join(f'"{name}"' for name in COUNTING)
        target.exec_driver_sql("SET LOCAL lock_timeout = '30s'")
        target.exec_driver_sql(f"LOCK TABLE {names} IN EXCLUSIVE MODE")


def replace_rows(source: sa.Connection, target: sa.Connection) -> None:
    """`target` holds afterwards what `source` holds, and its numbers go on behind the last one."""
    for table in reversed(metadata.sorted_tables):
        target.execute(sa.delete(table))
    copy_rows(source, target)
    if count_rows(target) != count_rows(source):
        raise StatementFailed("count")
    _number_on(target)
    imports.settle(target)


def copy_rows(source: sa.Connection, target: sa.Connection) -> None:
    """Into empty tables; no more than a batch of rows is in memory at a time."""
    for table in metadata.sorted_tables:
        names = ", ".join(f'"{column.name}"' for column in table.columns)
        found = source.exec_driver_sql(
            f'SELECT {names} FROM "{table.name}"', execution_options={"stream_results": True}
        )
        mark = "?" if target.dialect.paramstyle == "qmark" else "%s"
        insert = f'INSERT INTO "{table.name}" ({names}) VALUES ({", ".join([mark] * len(table.columns))})'
        translate = _translator(table, source.dialect, target.dialect)
        large = any(isinstance(column.type, sa.LargeBinary) for column in table.columns)
        for rows in found.partitions(min(_BATCH, _BATCH_OF_CONTENTS) if large else _BATCH):
            target.exec_driver_sql(insert, [translate(row) for row in rows])


def _translator(table: sa.Table, source: sa.Dialect, target: sa.Dialect) -> Callable[[Sequence[Any]], tuple[Any, ...]]:
    """What makes a row of one driver's values one of the other's; a value that its column cannot hold is a ValueError."""
    steps = []
    for place, column in enumerate(table.columns):
        read = column.type.dialect_impl(source).result_processor(source, None)
        write = column.type.dialect_impl(target).bind_processor(target)
        steps += [(place, step) for step in (read, write) if step is not None]

    def translate(row: Sequence[Any]) -> tuple[Any, ...]:
        values = list(row)
        for place, step in steps:
            values[place] = step(values[place])
        return tuple(values)

    return translate


def _number_on(target: sa.Connection) -> None:
    """PostgreSQL keeps the next number apart from the rows. RESTART is taken back with the transaction, setval is not."""
    if target.dialect.name != "postgresql":
        return
    for table in metadata.sorted_tables:
        column = table.autoincrement_column
        if column is None:
            continue
        asked = sa.select(sa.func.pg_get_serial_sequence(f'"{table.name}"', column.name))
        if sequence := target.execute(asked).scalar():
            following = target.execute(sa.select(sa.func.coalesce(sa.func.max(column), 0) + 1)).scalar_one()
            target.exec_driver_sql(f"ALTER SEQUENCE {sequence} RESTART WITH {int(following)}")
