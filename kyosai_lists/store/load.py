"""Bringing accepted rows into a table: what is new, what changed, what stayed the same. No row is written for the last.

Every change of a field is kept beside the table (`tables.changes`), so that the import can be taken back. Rows come and are compared in canonical text (`intake.layouts.Kind`); null means "the file has no such column" and leaves
the stored value alone, "" empties it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

import polars as pl
import sqlalchemy as sa

from kyosai_lists.store import bulk, tables
from kyosai_lists.store.query import frame

_ROWS_AT_ONCE = 20_000
KEY_SEPARATOR = "\t"  # between the parts of a record's key; codes are stored without white space
CHANGE_SCHEMA: dict[str, pl.DataType] = {
    "table_name": pl.String(),
    "record_key": pl.String(),
    "member_key": pl.String(),
    "field": pl.String(),
    "before": pl.String(),
    "after": pl.String(),
    "before_import_id": pl.Int64(),
}


@dataclass(frozen=True)
class Merged:
    """`rows`: the rows' primary key columns and `fate` (String: "new", "changed" or "unchanged"), in their order.

    `changes`: CHANGE_SCHEMA, a line for each field of each changed row, in canonical text.
    """

    rows: pl.DataFrame
    changes: pl.DataFrame


def merge(
    connection: sa.Connection,
    table: sa.Table,
    rows: pl.DataFrame,
    import_id: int,
    usual: Mapping[str, str] = MappingProxyType({}),
) -> Merged:
    """Inserts and updates `table` from `rows` (String columns named as the table's, its primary key filled).

    `usual`: what a new row gets where its file has no such column.
    """
    keys = [c.name for c in table.primary_key]
    fields = [c.name for c in table.columns if c.name in rows.columns and c.name not in keys]
    incoming, stored = rows.select(*keys, *fields), _stored(connection, table, keys, fields)
    new = incoming.join(stored, on=keys, how="anti", maintain_order="left") if stored.height else incoming
    known = _beside_stored(incoming, stored, keys, fields, usual)
    written = [*fields, "import_id"]
    changed = known.filter(pl.col("fate") == "changed")
    changes = _changes(table, changed, keys, fields)
    now: dict[str, pl.Expr] = {"import_id": pl.lit(import_id)}
    _insert(connection, table, new, [*keys, *written], _filled_up(fields, usual) | now)
    update(connection, table, changed.with_columns(**now), keys, written)
    _insert(connection, tables.changes, changes, [*CHANGE_SCHEMA, "import_id"], now)
    confirm(connection, known.filter(pl.col("fate") == "unchanged")["before_import_id"], import_id)
    fates = incoming.select(keys).join(known.select(*keys, "fate"), on=keys, how="left", maintain_order="left")
    return Merged(fates.with_columns(pl.col("fate").fill_null("new")), changes)


def _filled_up(fields: list[str], usual: Mapping[str, str]) -> dict[str, pl.Expr]:
    return {field: pl.col(field).fill_null(usual.get(field, "")) for field in fields}


def confirm(connection: sa.Connection, earlier: pl.Series, import_id: int) -> None:
    """Keeps that this import said again what the imports `earlier` (Int64) had brought."""
    c = tables.confirmations.c
    known = connection.execute(sa.select(c.earlier_import_id).where(c.import_id == import_id)).scalars()
    fresh = set(earlier.drop_nulls()) - {*known, import_id}
    rows = [{"import_id": import_id, "earlier_import_id": number} for number in sorted(fresh)]
    if rows:
        connection.execute(sa.insert(tables.confirmations), rows)


def _stored(connection: sa.Connection, table: sa.Table, keys: list[str], fields: list[str]) -> pl.DataFrame:
    stored = read_text(connection, table, [*keys, *fields, "import_id"])
    return stored.with_columns(pl.col("import_id").cast(pl.Int64).alias("before_import_id")).drop("import_id")


def _beside_stored(
    incoming: pl.DataFrame, stored: pl.DataFrame, keys: list[str], fields: list[str], usual: Mapping[str, str]
) -> pl.DataFrame:
    """The rows of `incoming` that are `stored`, with what is to be written, `<field>__old` beside each field,
    `before_import_id` and `fate`.
    """
    joined = incoming.join(stored, on=keys, how="inner", suffix="__old", maintain_order="left")
    old = {f"{field}__old": pl.col(f"{field}__old").fill_null(usual.get(field, "")) for field in fields}
    joined = joined.with_columns(**old).with_columns(pl.coalesce(f, f"{f}__old").alias(f) for f in fields)
    differs = pl.any_horizontal(pl.lit(False), *(_differs(f) for f in fields))
    return joined.with_columns(fate=pl.when(differs).then(pl.lit("changed")).otherwise(pl.lit("unchanged")))


def _differs(field: str) -> pl.Expr:
    return pl.col(field) != pl.col(f"{field}__old")


def _changes(table: sa.Table, changed: pl.DataFrame, keys: list[str], fields: list[str]) -> pl.DataFrame:
    whose = pl.col("member_key") if "member_key" in changed.columns else pl.lit("")
    said = [
        changed.filter(_differs(field)).select(
            pl.lit(table.name).alias("table_name"),
            record_key(keys),
            whose.alias("member_key"),
            pl.lit(field).alias("field"),
            pl.col(f"{field}__old").alias("before"),
            pl.col(field).alias("after"),
            "before_import_id",
        )
        for field in fields
    ]
    return pl.concat([pl.DataFrame(schema=CHANGE_SCHEMA), *said])


def record_key(keys: list[str]) -> pl.Expr:
    """The key of a row as `tables.changes` has it, from its primary key columns."""
    return pl.concat_str(keys, separator=KEY_SEPARATOR).alias("record_key")


def read_text(connection: sa.Connection, table: sa.Table, columns: list[str]) -> pl.DataFrame:
    """`columns` of `table` as canonical text: one String column each, null where the store has none."""
    query = sa.select(*(sa.cast(table.c[name], sa.Text).label(name) for name in columns))
    return frame(connection, query, dict.fromkeys(columns, pl.String()))


def _insert(
    connection: sa.Connection, table: sa.Table, rows: pl.DataFrame, columns: list[str], given: dict[str, pl.Expr]
) -> None:
    """`columns` of `rows`, with what is `given` for each row. A slice at a time, so that little stands twice."""
    at_once = bulk.ROWS_AT_ONCE if bulk.can_insert(connection, rows) else _ROWS_AT_ONCE
    slices = (part.with_columns(**given) for part in rows.iter_slices(at_once))
    values = (_as_driver_takes(table, part, columns) for part in slices)
    if bulk.can_insert(connection, rows):
        bulk.insert_slices(connection, table, columns, values)
    elif not rows.is_empty():
        marks = ", ".join([_mark(connection)] * len(columns))
        statement = f"INSERT INTO {table.name} ({', '.join(columns)}) VALUES ({marks})"
        _executemany(connection, statement, values)


def update(connection: sa.Connection, table: sa.Table, rows: pl.DataFrame, keys: list[str], columns: list[str]) -> None:
    """Sets `columns` of the rows of `table` that `keys` name; all in canonical text but numbers."""
    if rows.is_empty():
        return
    mark = _mark(connection)
    changes = ", ".join(f"{name} = {mark}" for name in columns)
    found = " AND ".join(f"{name} = {mark}" for name in keys)
    statement = f"UPDATE {table.name} SET {changes} WHERE {found}"
    slices = rows.iter_slices(_ROWS_AT_ONCE)
    _executemany(connection, statement, (_as_driver_takes(table, part, [*columns, *keys]) for part in slices))


def _executemany(connection: sa.Connection, statement: str, values: Iterable[pl.DataFrame]) -> None:
    """A slice at a time: as Python's objects a row takes ten times the room."""
    for part in values:
        connection.exec_driver_sql(statement, part.rows())


def _mark(connection: sa.Connection) -> str:
    return "?" if connection.dialect.paramstyle == "qmark" else "%s"


def _as_driver_takes(table: sa.Table, rows: pl.DataFrame, columns: list[str]) -> pl.DataFrame:
    """`columns` of `rows`, canonical text as the driver takes it: numbers as numbers, an empty cell as NULL except in a key or in a change."""
    expressions = []
    for name in columns:
        value = pl.col(name)
        if rows.schema[name] == pl.String and table is not tables.changes and not table.c[name].primary_key:
            value = value.replace("", None)
        if isinstance(table.c[name].type, sa.Integer):
            value = value.cast(pl.Int64)
        expressions.append(value)
    return rows.select(expressions)
