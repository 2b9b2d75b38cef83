"""保留: rows that could not be taken in, kept whole until they are mended."""

from hashlib import sha256

import polars as pl
import sqlalchemy as sa

from kyosai_lists.store.load import confirm
from kyosai_lists.store.query import frame
from kyosai_lists.store.tables import quarantine

SCHEMA: dict[str, pl.DataType] = {
    "id": pl.Int64(),
    "layout": pl.String(),
    "file": pl.String(),
    "sheet": pl.String(),
    "row": pl.Int64(),
    "record_key": pl.String(),
    "member_key": pl.String(),
    "problems": pl.String(),
    "raw": pl.String(),
}


def number(row_id: int, raw: str) -> str:
    """The 保留番号 people see, such as `12-3fa9c1`: its end tells a row of this store from one of another with the same id."""
    return f"{row_id}-{sha256(raw.encode()).hexdigest()[:6]}"


def open_rows(connection: sa.Connection, layout: str | None = None) -> pl.DataFrame:
    """Every row still on 保留 (SCHEMA), oldest first; `problems` is a JSON list, `raw` a JSON object."""
    query = sa.select(*(quarantine.c[name] for name in SCHEMA)).where(quarantine.c.resolved_by.is_(None))
    if layout is not None:
        query = query.where(quarantine.c.layout == layout)
    return frame(connection, query.order_by(quarantine.c.id), SCHEMA)


def add(connection: sa.Connection, rows: pl.DataFrame, import_id: int) -> None:
    """Keeps `rows` (SCHEMA without id); a row that is on 保留 already is not kept twice, but with its newest reasons.

    That it was brought again is kept, or taking its first import back would take it off 保留.
    """
    row, same = ["layout", "record_key", "raw"], ["layout", "record_key", "raw", "problems"]
    waiting = open_rows(connection)
    fresh = rows.join(waiting, on=same, how="anti", maintain_order="left").unique(same, maintain_order=True)
    again = waiting.join(rows, on=same, how="semi")["id"].to_list()
    confirm(connection, _imports_of(connection, again), import_id)
    superseded = waiting.join(rows, on=row, how="semi").join(rows, on=same, how="anti")
    resolve(connection, superseded["id"].to_list(), import_id)
    if not fresh.is_empty():
        connection.execute(sa.insert(quarantine), [row | {"import_id": import_id} for row in fresh.to_dicts()])


def _imports_of(connection: sa.Connection, ids: list[int]) -> pl.Series:
    found: set[int] = set()
    for start in range(0, len(ids), 500):
        query = sa.select(quarantine.c.import_id).where(quarantine.c.id.in_(ids[start : start + 500]))
        found |= set(connection.execute(query.distinct()).scalars())
    return pl.Series(sorted(found), dtype=pl.Int64)


def resolve(connection: sa.Connection, ids: list[int], import_id: int) -> None:
    for start in range(0, len(ids), 500):
        part = quarantine.c.id.in_(ids[start : start + 500])
        connection.execute(sa.update(quarantine).where(part).values(resolved_by=import_id))
