"""The record of imports: when, which files, what became of their rows, and of what date each union's roster is."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import polars as pl
import sqlalchemy as sa

from kyosai_lists.store.load import merge, read_text
from kyosai_lists.store.tables import import_files, imports, rosters


def begin(connection: sa.Connection, today: date) -> int:
    """The number of a new import."""
    row = connection.execute(sa.insert(imports).values(taken_in_on=today, reversible=True).returning(imports.c.id))
    return int(row.scalar_one())


TYPED = "手入力"  # in place of the encoding, where a clerk typed the row


def most_rows(connection: sa.Connection, layout: str) -> int:
    """The most rows that one of the last ten imports with files of this layout read; 0 when there was none.

    The most, because a file with a few rows that come later is no measure for the next whole one.
    """
    f = import_files.c
    counted = (
        sa.select(sa.func.sum(f.read))
        .join(imports, imports.c.id == f.import_id)
        .where(f.layout == layout, f.whole, imports.c.undone_on.is_(None))
        .group_by(f.import_id)
        .order_by(f.import_id.desc())
        .limit(10)
    )
    return max((int(rows) for rows in connection.execute(counted).scalars()), default=0)


def settle(connection: sa.Connection) -> None:
    """Lets PostgreSQL look at what was loaded: until it has, it plans for empty tables, and an export takes ten times as long."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("ANALYZE members, contracts, applications, unions")


def record_files(connection: sa.Connection, import_id: int, files: Sequence[Mapping[str, str | int]]) -> None:
    """`files`: name, sha256, layout, encoding, read, and a number for each fate."""
    rows = [{"import_id": import_id, "number": number, **file} for number, file in enumerate(files, start=1)]
    connection.execute(sa.insert(import_files), rows)


def note_rosters(connection: sa.Connection, newest: pl.DataFrame, import_id: int) -> None:
    """Keeps, per union, the date of its newest roster. `newest`: union_code, as_of (ISO text), one row a union."""
    stored = read_text(connection, rosters, ["union_code", "as_of"])
    older = stored.join(newest, on="union_code").filter(pl.col("as_of_right") < pl.col("as_of"))
    merge(connection, rosters, newest.join(older, on="union_code", how="anti"), import_id)


FILE_FIELDS = ("name", "layout", "encoding", "read", "new", "changed", "unchanged", "duplicate", "quarantined", "held")


def one(connection: sa.Connection, import_id: int) -> sa.Row[Any] | None:
    """id, taken_in_on, undone_on, reversible of one import, or None."""
    return connection.execute(sa.select(imports).where(imports.c.id == import_id)).one_or_none()


def history(connection: sa.Connection) -> list[tuple[sa.Row[Any], list[dict[str, str | int]]]]:
    """Every import (as `one`), the newest first, with its files (FILE_FIELDS)."""
    f = import_files.c
    files: dict[int, list[dict[str, str | int]]] = {}
    query = sa.select(f.import_id, *(f[name] for name in FILE_FIELDS)).order_by(f.import_id, f.number)
    for import_id, *values in connection.execute(query):
        files.setdefault(import_id, []).append(dict(zip(FILE_FIELDS, values, strict=True)))
    past = connection.execute(sa.select(imports).order_by(imports.c.id.desc())).all()
    return [(row, files.get(row.id, [])) for row in past]
