"""Bringing accepted rows into a table: what is new, what changed, what stayed the same. No row is written for the last.

Rows come and are compared in canonical text (`intake.layouts.Kind`); null means "the file has no such column" and leaves
the stored value alone, "" empties it.
"""

from collections.abc import Mapping
from types import MappingProxyType

import polars as pl
import sqlalchemy as sa


def merge(
    connection: sa.Connection,
    table: sa.Table,
    rows: pl.DataFrame,
    import_id: int,
    usual: Mapping[str, str] = MappingProxyType({}),
) -> pl.DataFrame:
    """Inserts and updates `table` from `rows` (String columns named as the table's, its primary key filled).

    `usual`: what a new row gets where its file has no such column.

    Returns:
        `rows`' primary key columns and `fate` (String: "new", "changed" or "unchanged"), in the order of `rows`.
    """
    keys = [c.name for c in table.primary_key]
    fields = [c.name for c in table.columns if c.name in rows.columns and c.name not in keys]
    incoming = rows.select(*keys, *fields)
    stored = read_text(connection, table, [*keys, *fields])
    joined = incoming.join(
        stored.with_columns(known=pl.lit(True)), on=keys, how="left", suffix="__old", maintain_order="left"
    )
    old = [pl.col(f"{f}__old").fill_null(usual.get(f, "")) for f in fields]
    differs = pl.any_horizontal(
        pl.lit(False), *(pl.col(f).is_not_null() & (pl.col(f) != o) for f, o in zip(fields, old, strict=True))
    )
    fate = (
        pl.when(pl.col("known").is_null())
        .then(pl.lit("new"))
        .when(differs)
        .then(pl.lit("changed"))
        .otherwise(pl.lit("unchanged"))
    )
    whole = joined.with_columns(
        *(pl.coalesce(f, o).alias(f) for f, o in zip(fields, old, strict=True)), fate=fate, import_id=pl.lit(import_id)
    )
    written = [*fields, "import_id"]
    _insert(connection, table, whole.filter(pl.col("fate") == "new"), [*keys, *written])
    _update(connection, table, whole.filter(pl.col("fate") == "changed"), keys, written)
    return whole.select(*keys, "fate")


def read_text(connection: sa.Connection, table: sa.Table, columns: list[str]) -> pl.DataFrame:
    """`columns` of `table` as canonical text: one String column each, null where the store has none."""
    query = sa.select(*(sa.cast(table.c[name], sa.Text).label(name) for name in columns))
    return _frame(connection.execute(query), dict.fromkeys(columns, pl.String()))


def _frame(result: sa.CursorResult[tuple[object, ...]], schema: dict[str, pl.DataType]) -> pl.DataFrame:
    return pl.DataFrame([tuple(row) for row in result], schema=schema, orient="row")


def _insert(connection: sa.Connection, table: sa.Table, rows: pl.DataFrame, columns: list[str]) -> None:
    if rows.is_empty():
        return
    mark = _mark(connection)
    names = ", ".join(columns)
    statement = f"INSERT INTO {table.name} ({names}) VALUES ({', '.join([mark] * len(columns))})"
    connection.exec_driver_sql(statement, _tuples(table, rows, columns))


def _update(
    connection: sa.Connection, table: sa.Table, rows: pl.DataFrame, keys: list[str], columns: list[str]
) -> None:
    if rows.is_empty():
        return
    mark = _mark(connection)
    changes = ", ".join(f"{name} = {mark}" for name in columns)
    found = " AND ".join(f"{name} = {mark}" for name in keys)
    statement = f"UPDATE {table.name} SET {changes} WHERE {found}"
    connection.exec_driver_sql(statement, _tuples(table, rows, [*columns, *keys]))


def _mark(connection: sa.Connection) -> str:
    return "?" if connection.dialect.paramstyle == "qmark" else "%s"


def _tuples(table: sa.Table, rows: pl.DataFrame, columns: list[str]) -> list[tuple[object, ...]]:
    """Canonical text as the driver takes it: numbers as numbers, an empty cell as NULL except in a key."""
    expressions = []
    for name in columns:
        value = pl.col(name)
        if rows.schema[name] == pl.String and not table.c[name].primary_key:
            value = value.replace("", None)
        if isinstance(table.c[name].type, sa.Integer):
            value = value.cast(pl.Int64)
        expressions.append(value)
    return rows.select(expressions).rows()
