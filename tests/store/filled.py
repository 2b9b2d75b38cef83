"""A store with something in every column of every table, whichever tables there are, and all that it holds as plain text."""

from datetime import date, datetime
from pathlib import Path

import sqlalchemy as sa

from kyosai_lists.store import tables
from kyosai_lists.store.engine import open_engine, writing
from tests.store.emptying import new_file

ROWS = 4
TRICKY = ("髙﨑　𠮷", "=1+1\t'\";--\r\n", "", "①㈱〜%s %(x)s :name ?")
Cell = object


def fill(engine: sa.Engine, prefecture: str = "17", rows: int = ROWS) -> None:
    """Numbers that the database gives are left to it, as in use."""
    with writing(engine) as connection:
        for table in tables.metadata.sorted_tables:
            given = [column for column in table.columns if column is not table.autoincrement_column]
            filled = [{column.name: _cell(column, i, prefecture) for column in given} for i in range(1, rows + 1)]
            connection.execute(sa.insert(table), filled)


def _cell(column: sa.Column[Cell], i: int, prefecture: str) -> Cell:
    if column.nullable and i % 3 == 0:
        return None
    if column.name in ("pref", "prefecture"):
        return prefecture
    kind = column.type
    if isinstance(kind, sa.Boolean):
        return i % 2 == 0
    if isinstance(kind, sa.DateTime):
        return datetime(2026, 11, i, 12, 30, 59)
    if isinstance(kind, sa.Date):
        return date(2026, 11, i)
    if isinstance(kind, sa.BigInteger):
        return 2**40 + i
    if isinstance(kind, sa.Integer):
        return i
    if isinstance(kind, sa.LargeBinary):
        return bytes([0, i, 255])
    return f"{prefecture}{i}" if column.primary_key or column.foreign_keys else f"{TRICKY[i % 4]}{column.name}{i}"


def everything(engine: sa.Engine) -> dict[str, list[str]]:
    """Every row of every table as text, and the revision."""
    with engine.connect() as connection:
        held = {
            table.name: sorted(str(tuple(row)) for row in connection.execute(sa.select(table)))
            for table in tables.metadata.sorted_tables
        }
        held["alembic_version"] = list(connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalars())
    return held


def in_file(path: Path) -> dict[str, list[str]]:
    """The same of a backup; the file is looked at in a copy, since looking leaves traces beside it."""
    copy = path.with_name(f"looked-at-{path.name}")
    copy.write_bytes(path.read_bytes())
    engine = open_engine(f"sqlite:///{copy.as_posix()}")
    try:
        return everything(engine)
    finally:
        engine.dispose()
        copy.unlink()


def new_file_store(path: Path) -> sa.Engine:
    return open_engine(new_file(path))
