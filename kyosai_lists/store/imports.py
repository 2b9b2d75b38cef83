"""The record of imports: when, which files, what became of their rows, and of what date each union's roster is."""

from collections.abc import Mapping, Sequence
from datetime import date

import sqlalchemy as sa

from kyosai_lists.store.tables import import_files, imports, rosters


def begin(connection: sa.Connection, today: date) -> int:
    """The number of a new import."""
    row = connection.execute(sa.insert(imports).values(taken_in_on=today).returning(imports.c.id))
    return int(row.scalar_one())


def settle(connection: sa.Connection) -> None:
    """Lets PostgreSQL look at what was loaded: until it has, it plans for empty tables, and an export takes ten times as long."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("ANALYZE members, contracts, applications, unions")


def record_files(connection: sa.Connection, import_id: int, files: Sequence[Mapping[str, str | int]]) -> None:
    """`files`: name, sha256, layout, encoding, read, and a number for each fate."""
    rows = [{"import_id": import_id, "number": number, **file} for number, file in enumerate(files, start=1)]
    connection.execute(sa.insert(import_files), rows)


def note_rosters(connection: sa.Connection, newest: Mapping[str, date]) -> None:
    """Keeps, per union code, the newest date that a roster of it said it was of."""
    query = sa.select(rosters.c.union_code, rosters.c.as_of)
    stored = {row.union_code: row.as_of for row in connection.execute(query)}
    for union_code, as_of in newest.items():
        if union_code not in stored:
            connection.execute(sa.insert(rosters).values(union_code=union_code, as_of=as_of))
        elif stored[union_code] < as_of:
            connection.execute(sa.update(rosters).where(rosters.c.union_code == union_code).values(as_of=as_of))
