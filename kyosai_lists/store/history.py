"""What is stored of one person, and how it came to be so: rows, what else names them, every change an import made."""

from collections.abc import Collection

import polars as pl
import sqlalchemy as sa

from kyosai_lists.store import tables
from kyosai_lists.store.load import CHANGE_SCHEMA
from kyosai_lists.store.query import frame

PEOPLE_SCHEMA: dict[str, pl.DataType] = dict.fromkeys(
    ("member_key", "member_no", "name", "kana", "union_code", "union_name", "workplace", "status"), pl.String()
)
HISTORY_SCHEMA: dict[str, pl.DataType] = CHANGE_SCHEMA | {"import_id": pl.Int64()}
_NAME_A_MEMBER = (tables.contracts, tables.applications, tables.suppressions)


def people(connection: sa.Connection, keys: Collection[str] | None = None) -> pl.DataFrame:
    """PEOPLE_SCHEMA, by key: everybody, or those of `keys` who are members; "" where nothing is stored."""
    m, u = tables.members.c, tables.unions.c
    columns: dict[str, sa.ColumnElement[str]] = {**m, "union_name": u.name}
    query = (
        sa.select(*(columns[name] for name in PEOPLE_SCHEMA))
        .join_from(tables.members, tables.unions)
        .order_by(m.member_key)
    )
    if keys is not None:
        query = query.where(m.member_key.in_(keys))
    return frame(connection, query, PEOPLE_SCHEMA).fill_null("")


def keys_without_member(connection: sa.Connection, keys: Collection[str]) -> list[str]:
    """Those of `keys` that are no member's (yet), and that a contract, an application or a stop names."""
    named: set[str] = set()
    for table in _NAME_A_MEMBER:
        query = sa.select(table.c.member_key).where(table.c.member_key.in_(keys))
        named |= set(connection.execute(query).scalars())
    m = tables.members.c.member_key
    return sorted(named - set(connection.execute(sa.select(m).where(m.in_(named))).scalars()))


def rows_of(connection: sa.Connection, table_name: str, member_key: str) -> pl.DataFrame:
    """The rows of a table that are this person's, by primary key: every column as canonical text, "" where nothing is stored."""
    table = tables.metadata.tables[table_name]
    columns = [sa.cast(column, sa.Text).label(column.name) for column in table.columns]
    query = sa.select(*columns).where(table.c.member_key == member_key).order_by(*table.primary_key)
    return frame(connection, query, {column.name: pl.String() for column in table.columns}).fill_null("")


def changes_of(connection: sa.Connection, member_key: str, contracts: Collection[str]) -> pl.DataFrame:
    """HISTORY_SCHEMA, oldest first: every change of a row of this person.

    `contracts`: the keys of the person's contracts; their changes count also from the time when they were another's.
    """
    own = _changes(connection, member_key)
    found, asked = [own], {member_key}
    while True:
        moved = pl.concat(found).filter(pl.col("field") == "member_key", pl.col("record_key").is_in(list(contracts)))
        before = set(moved["before"]) - asked
        if not before:
            return pl.concat(found).sort("import_id", maintain_order=True)
        theirs = pl.col("table_name") == "contracts", pl.col("record_key").is_in(list(contracts))
        found += [_changes(connection, key).filter(*theirs) for key in sorted(before)]
        asked |= before


def _changes(connection: sa.Connection, member_key: str) -> pl.DataFrame:
    c = tables.changes.c
    query = sa.select(*(c[name] for name in HISTORY_SCHEMA)).where(c.member_key == member_key)
    return frame(connection, query.order_by(c.id), HISTORY_SCHEMA)
