"""How what is stored of a person came to be so: which import brought it, what each later one changed, in the words people read."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from kyosai_lists.intake.layouts import LAYOUTS
from kyosai_lists.store import imports
from kyosai_lists.store.engine import Connection
from kyosai_lists.usecases.wording import heading, shown_key, shown_value

_ORDER = [layout.id for layout in LAYOUTS]


@dataclass(frozen=True)
class FieldChange:
    """`column`: the standard heading; the values as people write them, "" for an empty cell."""

    column: str
    before: str
    after: str


@dataclass(frozen=True)
class Event:
    """What one import did to one row. `kind`: "created", "changed", or "earliest" (brought or changed, before changes were kept).

    `files`: those of its files that may have held the row. `undone_on`: the day the import was taken back.
    `record`: what tells the row from the person's others, in words; "" for the person's row of the 名簿.
    """

    import_number: int
    on: date
    undone_on: date | None
    files: tuple[str, ...]
    table: str
    record: str
    kind: str
    changes: tuple[FieldChange, ...]


@dataclass(frozen=True)
class _Import:
    number: int
    on: date
    undone_on: date | None
    reversible: bool
    files: list[dict[str, str | int]]

    def event(self, table: str, record_key: str, kind: str, changes: tuple[FieldChange, ...] = ()) -> Event:
        files = [file for file in self.files if file["layout"] == table] or self.files
        names = (imports.TYPED if file["encoding"] == imports.TYPED else str(file["name"]) for file in files)
        record = _record(table, record_key)
        return Event(
            self.number, self.on, self.undone_on, tuple(dict.fromkeys(names)), table, record, kind, changes
        )  # fmt: skip


def events(connection: Connection, rows: list[tuple[str, str, int]], changes: pl.DataFrame) -> list[Event]:
    """The newest first. `rows`: table, record_key, import_id of all that is stored; `changes`: `store.history.HISTORY_SCHEMA`."""
    known = {past.id: _import(past, files) for past, files in imports.history(connection)}
    told = [_creation(known, table, key, import_id, changes) for table, key, import_id in rows]
    for (import_id, table, key), of_row in changes.group_by(
        "import_id", "table_name", "record_key", maintain_order=True
    ):
        if fields := _field_changes(str(table), of_row):
            told.append(known[import_id].event(str(table), str(key), "changed", fields))
    return sorted(told, key=lambda event: (-event.import_number, _ORDER.index(event.table), event.record))


def _import(past: Any, files: list[dict[str, str | int]]) -> _Import:
    return _Import(past.id, past.taken_in_on, past.undone_on, past.reversible, files)


def _creation(known: dict[int, _Import], table: str, key: str, import_id: int, changes: pl.DataFrame) -> Event:
    """The first import that has to do with the row. One taken back is none: the row it brought went with it."""
    mine = changes.filter(pl.col("table_name") == table, pl.col("record_key") == key)
    ids = {import_id, *mine["before_import_id"]}
    first = known[min(i for i in ids if known[i].undone_on is None)]
    return first.event(table, key, "created" if first.reversible else "earliest")


def _field_changes(table: str, of_row: pl.DataFrame) -> tuple[FieldChange, ...]:
    """Without what people have no word for: keys and normalised forms."""
    return tuple(
        FieldChange(column, shown_value(table, field, before), shown_value(table, field, after))
        for field, before, after in of_row.select("field", "before", "after").iter_rows()
        if (column := heading(table, field))
    )


def _record(table: str, record_key: str) -> str:
    if table == "members":
        return ""
    words = shown_key(table, record_key)
    return words if table == "contracts" else words.partition(" ")[2]  # the number is the person's own
