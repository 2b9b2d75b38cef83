"""Every connection is set up alike; `reading` cannot write; `writing` is all or nothing."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from kyosai_lists.errors import StoreError
from kyosai_lists.store import tables
from kyosai_lists.store.engine import StatementFailed, open_engine, reading, writing
from kyosai_lists.store.migrate import upgrade

INSERT = "INSERT INTO imports (taken_in_on) VALUES ('2026-11-01')"
WRITES = [
    INSERT,
    "UPDATE imports SET taken_in_on = '2026-11-02'",
    "DELETE FROM imports",
    "CREATE TABLE extra (id INTEGER)",
    "DROP TABLE rosters",
]


def imports(engine: sa.Engine) -> int:
    with engine.connect() as connection:
        return connection.execute(sa.select(sa.func.count()).select_from(tables.imports)).scalar_one()


@pytest.fixture
def sqlite_file(tmp_path: Path) -> str:
    return f"sqlite:///{(tmp_path / 'other.db').as_posix()}"


def test_every_sqlite_connection_is_durable_and_holds_foreign_keys(sqlite_file: str) -> None:
    engine = open_engine(sqlite_file)
    with engine.connect() as one, engine.connect() as two:
        for connection in (one, two):
            settings = {
                name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
                for name in ("journal_mode", "foreign_keys", "synchronous", "busy_timeout")
            }
            assert settings == {"journal_mode": "wal", "foreign_keys": 1, "synchronous": 2, "busy_timeout": 30000}
    engine.dispose()


def test_a_reference_to_nothing_is_refused(empty_engine: sa.Engine) -> None:
    with pytest.raises(StatementFailed), writing(empty_engine) as connection:
        connection.exec_driver_sql(
            "INSERT INTO rosters (union_code, as_of, import_id) VALUES ('99999', '2026-11-01', 1)"
        )


@pytest.mark.parametrize("statement", WRITES)
def test_reading_cannot_write_and_leaves_the_connection_usable(statement: str, empty_engine: sa.Engine) -> None:
    with writing(empty_engine) as connection:
        connection.exec_driver_sql(INSERT)
    with pytest.raises((StoreError, StatementFailed)), reading(empty_engine) as connection:
        connection.exec_driver_sql(statement)
    assert imports(empty_engine) == 1
    with writing(empty_engine) as connection:
        connection.exec_driver_sql(INSERT)
    assert imports(empty_engine) == 2


def test_reading_sees_one_moment_however_much_is_written_meanwhile(empty_engine: sa.Engine) -> None:
    count = sa.select(sa.func.count()).select_from(tables.imports)
    with reading(empty_engine) as reader:
        assert reader.execute(count).scalar() == 0
        with writing(empty_engine) as writer:
            writer.exec_driver_sql(INSERT)
        assert reader.execute(count).scalar() == 0
    assert imports(empty_engine) == 1


def test_writing_keeps_all_of_it(empty_engine: sa.Engine) -> None:
    with writing(empty_engine) as connection:
        connection.exec_driver_sql(INSERT)
        connection.exec_driver_sql(INSERT)
    assert imports(empty_engine) == 2


def test_writing_keeps_nothing_after_an_error(empty_engine: sa.Engine) -> None:
    def insert_and_fail(connection: sa.Connection) -> None:
        connection.exec_driver_sql(INSERT)
        raise RuntimeError

    with pytest.raises(RuntimeError), writing(empty_engine) as connection:
        insert_and_fail(connection)
    assert imports(empty_engine) == 0


def test_a_rehearsal_sees_what_it_wrote_and_keeps_nothing(empty_engine: sa.Engine) -> None:
    with writing(empty_engine, keep=False) as connection:
        connection.exec_driver_sql(INSERT)
        assert connection.exec_driver_sql("SELECT count(*) FROM imports").scalar() == 1
    assert imports(empty_engine) == 0


def test_two_writers_on_sqlite_wait_for_each_other(sqlite_file: str) -> None:
    engine = open_engine(sqlite_file)
    with writing(engine) as one, engine.connect() as two:
        one.exec_driver_sql("CREATE TABLE a (id INTEGER)")
        two.exec_driver_sql("PRAGMA busy_timeout=50")
        with pytest.raises(sa.exc.OperationalError, match="locked"):
            two.exec_driver_sql("CREATE TABLE b (id INTEGER)")
    engine.dispose()


@pytest.mark.parametrize(
    "url", ["", "nonsense", "mysql://root:geheim@localhost/x", "mssql+pyodbc://a", "sqlite+aiosqlite:///a.db"]
)
def test_an_address_of_another_kind_is_refused_without_repeating_it(url: str) -> None:
    with pytest.raises(StoreError) as raised:
        open_engine(url)
    assert "geheim" not in str(raised.value)


@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO imports (id, taken_in_on) VALUES (1, '2026-11-01')",
        "DELETE FROM members",
        "CREATE TEMP TABLE t (x int)",
        "CREATE TEMP VIEW v AS SELECT 1",
        "PRAGMA query_only=OFF",
        "ATTACH DATABASE 'copy.db' AS copy",
        "VACUUM INTO 'copy.db'",
        "SELECT load_extension('x')",
    ],
)
def test_a_reading_connection_on_sqlite_refuses_whatever_is_not_reading(tmp_path: Path, statement: str) -> None:
    engine = open_engine(f"sqlite:///{(tmp_path / 'store.db').as_posix()}")
    upgrade(engine)
    with pytest.raises((StoreError, StatementFailed)), reading(engine) as connection:
        connection.exec_driver_sql(statement)
    assert not (tmp_path / "copy.db").exists()
    with writing(engine) as connection:  # and the next one may write again
        connection.exec_driver_sql("INSERT INTO imports (id, taken_in_on) VALUES (7, '2026-11-01')")
    engine.dispose()
