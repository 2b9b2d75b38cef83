"""The first rows of a table on PostgreSQL: keys are away meanwhile, and afterwards just as the schema's history made them."""

from collections.abc import Iterator
from datetime import date

import polars as pl
import pytest
import sqlalchemy as sa
from alembic import command

from kyosai_lists.store import bulk, tables
from kyosai_lists.store.engine import StatementFailed, open_engine, reading, writing
from kyosai_lists.store.first_fill import keys_made_afterwards
from kyosai_lists.store.load import merge, read_text
from kyosai_lists.store.migrate import alembic_config
from tests.store.emptying import emptied

FIELDS = ("member_key", "pref", "member_no", "union_code", "name", "born_on", "hired_on", "employment", "status")
KEYS = """
    SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid <> 0
    UNION ALL SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1, 2, 3
"""


@pytest.fixture
def engine(shared_postgres: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[sa.Engine]:
    """One union, 17001, and one import."""
    monkeypatch.setattr(bulk, "ENOUGH_ROWS", 1)
    made = open_engine(emptied(shared_postgres))
    with writing(made) as connection:
        connection.execute(sa.insert(tables.imports).values(taken_in_on=date(2026, 11, 1)))
        connection.execute(sa.insert(tables.unions).values(union_code="17001", pref="17", name="甲", import_id=1))
    yield made
    made.dispose()


def members(*numbers: str, union: str = "17001") -> pl.DataFrame:
    rows = [(f"17-{n}", "17", n, union, "山田", "1990-01-01", "2020-04-01", "正規", "現職") for n in numbers]
    return pl.DataFrame(rows, schema=dict.fromkeys(FIELDS, pl.String), orient="row")


def keys(connection: sa.Connection) -> list[tuple[str, ...]]:
    return [tuple(row) for row in connection.exec_driver_sql(KEYS)]


def stored(engine: sa.Engine) -> list[str]:
    with reading(engine) as connection:
        return sorted(read_text(connection, tables.members, ["member_no"])["member_no"])


def taken_off(engine: sa.Engine) -> set[str]:
    """The names of the keys of members that are away while they are written; it is a rehearsal."""
    with writing(engine, keep=False) as connection:
        before = keys(connection)
        with keys_made_afterwards(connection, tables.members):
            return {name for _, name, _ in {*before} - {*keys(connection)}}


def take_in(engine: sa.Engine, rows: pl.DataFrame, *, keep: bool = True) -> None:
    with writing(engine, keep=keep) as connection:
        merge(connection, tables.members, rows, 1)


def test_while_the_first_rows_come_in_every_key_is_away(engine: sa.Engine) -> None:
    with engine.connect() as connection:
        of_members = {name for table, name, _ in keys(connection) if table == "members"}
    not_null = {name for name in of_members if name.endswith("_not_null")}
    assert len(of_members - not_null) == 4
    assert taken_off(engine) >= of_members - not_null


@pytest.mark.parametrize("keep", [True, False])
def test_afterwards_the_keys_are_as_the_history_made_them(engine: sa.Engine, keep: bool) -> None:
    with engine.connect() as connection:
        before = keys(connection)
    take_in(engine, members("1", "2"), keep=keep)
    with engine.connect() as connection, connection.begin():
        assert keys(connection) == before
        config = alembic_config()
        config.attributes["connection"] = connection
        command.check(config)
    assert stored(engine) == (["1", "2"] if keep else [])


@pytest.mark.parametrize("rows", [members("1", union="99999"), pl.concat([members("1"), members("1")])])
def test_a_row_that_refers_to_nothing_or_has_anothers_key_takes_all_back(engine: sa.Engine, rows: pl.DataFrame) -> None:
    with engine.connect() as connection:
        before = keys(connection)
    with pytest.raises(StatementFailed):
        take_in(engine, rows)
    with engine.connect() as connection:
        assert keys(connection) == before
    assert stored(engine) == []


def test_a_table_with_rows_keeps_its_keys(engine: sa.Engine) -> None:
    take_in(engine, members("1"))
    assert taken_off(engine) == set()
    take_in(engine, members("1", "2"))
    assert stored(engine) == ["1", "2"]


def test_a_table_whose_key_the_database_numbers_goes_on_numbering(engine: sa.Engine) -> None:
    with engine.connect() as connection:
        before = keys(connection)
    for name in ("山田", "山本", "山川"):
        take_in(engine, members("1", "2").with_columns(name=pl.lit(name)))
    with engine.connect() as connection:
        assert keys(connection) == before
        lines = connection.execute(sa.select(tables.changes.c.id, tables.changes.c.after)).all()
    assert sorted(after for _, after in lines) == ["山川", "山川", "山本", "山本"]
    assert len({number for number, _ in lines}) == 4


def test_a_table_that_somebody_reads_keeps_its_keys_and_he_sees_nothing_of_it(engine: sa.Engine) -> None:
    with reading(engine) as other:
        assert read_text(other, tables.members, ["member_no"]).is_empty()
        assert taken_off(engine) == set()
        take_in(engine, members("1"))
        assert read_text(other, tables.members, ["member_no"]).is_empty()
    assert stored(engine) == ["1"]


def test_a_table_with_something_of_the_branchs_own_on_its_key_keeps_its_keys(engine: sa.Engine) -> None:
    with writing(engine) as connection:
        connection.exec_driver_sql("CREATE VIEW own AS SELECT member_key, name FROM members GROUP BY member_key")
    try:
        assert taken_off(engine) == set()
        take_in(engine, members("1"))
        assert stored(engine) == ["1"]
    finally:
        with writing(engine) as connection:
            connection.exec_driver_sql("DROP VIEW own")


def test_who_does_not_own_the_tables_takes_in_as_before(engine: sa.Engine) -> None:
    with writing(engine) as connection:
        connection.exec_driver_sql("CREATE ROLE clerk")
        connection.exec_driver_sql("GRANT SELECT, INSERT, UPDATE ON ALL TABLES IN SCHEMA public TO clerk")
    try:
        with writing(engine) as connection:
            connection.exec_driver_sql("SET LOCAL ROLE clerk")
            merge(connection, tables.members, members("1"), 1)
        assert stored(engine) == ["1"]
    finally:
        with writing(engine) as connection:
            connection.exec_driver_sql("DROP OWNED BY clerk")
            connection.exec_driver_sql("DROP ROLE clerk")
