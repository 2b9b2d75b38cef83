"""Taking an import back: what it brought goes, what it changed is as before. Not when something later built on it."""

from datetime import date

import polars as pl
import sqlalchemy as sa

from kyosai_lists.store.load import KEY_SEPARATOR, update
from kyosai_lists.store.query import frame
from kyosai_lists.store.tables import (
    campaigns,
    changes,
    confirmations,
    imports,
    members,
    metadata,
    quarantine,
    rosters,
    targets,
    unions,
)

_CHANGE = {
    "table_name": pl.String(),
    "record_key": pl.String(),
    "field": pl.String(),
    "before": pl.String(),
    "before_import_id": pl.Int64(),
}
# The tables whose rows came by imports.
_RECORDS = ("import_files", "changes", "confirmations", "quarantine")
_LOADED = [table for table in metadata.sorted_tables if "import_id" in table.c and table.name not in _RECORDS]


def built_on(connection: sa.Connection, import_id: int) -> list[int]:
    """The later imports that changed what this one brought or said it again, or that belong to a union that it brought."""
    later = (
        sa.select(changes.c.import_id)
        .join(imports, imports.c.id == changes.c.import_id)
        .where(changes.c.before_import_id == import_id, imports.c.undone_on.is_(None))
    )
    again = (
        sa.select(confirmations.c.import_id)
        .join(imports, imports.c.id == confirmations.c.import_id)
        .where(confirmations.c.earlier_import_id == import_id, imports.c.undone_on.is_(None))
    )
    found = {*connection.execute(later.distinct()).scalars(), *connection.execute(again).scalars()}
    return sorted(found | _of_unions(connection, _new_unions(connection, import_id), import_id))


def _new_unions(connection: sa.Connection, import_id: int) -> list[str]:
    changed = sa.select(changes.c.record_key).where(changes.c.import_id == import_id, changes.c.table_name == "unions")
    query = sa.select(unions.c.union_code).where(
        unions.c.import_id == import_id, unions.c.union_code.not_in(changed.scalar_subquery())
    )
    return list(connection.execute(query).scalars())


def _of_unions(connection: sa.Connection, codes: list[str], import_id: int) -> set[int]:
    """The imports of rows that name one of these unions."""
    if not codes:
        return set()
    found: set[int] = set()
    for table, column in ((members, "union_code"), (rosters, "union_code"), (targets, "union_code")):
        query = sa.select(table.c.import_id, table.c[column]).where(table.c.import_id != import_id).distinct()
        found |= {row.import_id for row in connection.execute(query) if row[1] in set(codes)}
    query = sa.select(campaigns.c.import_id, campaigns.c.union_codes).where(campaigns.c.import_id != import_id)
    return found | {row[0] for row in connection.execute(query) if {*(row[1] or "").split(";")} & {*codes}}


def take_back(connection: sa.Connection, import_id: int, today: date) -> dict[str, tuple[int, int]]:
    """Takes the import back, which nothing later may have built on (`built_on`).

    Returns:
        Table name → how many rows went, how many are as before.
    """
    kept = _kept_changes(connection, import_id)
    restored = {
        table.name: _restore(connection, table, kept.filter(pl.col("table_name") == table.name)) for table in _LOADED
    }
    # What changed has its earlier import again: the rest is what this one brought.
    gone = {
        table.name: connection.execute(sa.delete(table).where(table.c.import_id == import_id)).rowcount
        for table in reversed(_LOADED)
    }
    _settle_quarantine(connection, import_id)
    connection.execute(sa.update(imports).where(imports.c.id == import_id).values(undone_on=today))
    return {name: (gone[name], restored[name]) for name in restored if gone[name] or restored[name]}


def _kept_changes(connection: sa.Connection, import_id: int) -> pl.DataFrame:
    query = sa.select(*(changes.c[name] for name in _CHANGE)).where(changes.c.import_id == import_id)
    return frame(connection, query, _CHANGE)


def _restore(connection: sa.Connection, table: sa.Table, kept: pl.DataFrame) -> int:
    keys = [column.name for column in table.primary_key]
    parts = pl.col("record_key").str.split(KEY_SEPARATOR)
    rows = kept.with_columns(parts.list.get(place).alias(key) for place, key in enumerate(keys))
    for (field,), of_field in rows.group_by("field"):
        before = of_field.select(*keys, pl.col("before").alias(str(field)), import_id="before_import_id")
        update(connection, table, before, keys, [str(field), "import_id"])
    return kept["record_key"].n_unique()


def _settle_quarantine(connection: sa.Connection, import_id: int) -> None:
    """What it put on 保留 goes; what it took off is open again, unless that came with an import taken back too."""
    q = quarantine.c
    undone = sa.select(imports.c.id).where(imports.c.undone_on.is_not(None))
    again = sa.and_(q.resolved_by == import_id, q.import_id != import_id, q.import_id.not_in(undone))
    connection.execute(sa.update(quarantine).where(again).values(resolved_by=None))
    gone = sa.and_(q.import_id == import_id, q.resolved_by.is_(None))
    connection.execute(sa.update(quarantine).where(gone).values(resolved_by=import_id))
