"""What goes wrong with the store is said in office words, and nothing of a row or a password is in it (fault 64)."""

import traceback
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
import sqlalchemy as sa

from kyosai_lists.errors import StoreError
from kyosai_lists.store import tables
from kyosai_lists.store.engine import StatementFailed, open_engine, reading, writing
from kyosai_lists.store.load import merge
from kyosai_lists.store.migrate import require_current, upgrade
from kyosai_lists.store.query import fetch

NAME = "目印　花子"
UNION = {"union_code": "17001", "pref": "17", "name": "市"}
MEMBER = {
    "member_key": "17-1", "pref": "17", "member_no": "1", "union_code": "17001", "name": NAME, "born_on": "1990-01-01",
    "hired_on": "2015-04-01", "employment": "regular", "status": "active",
}  # fmt: skip
UNREACHABLE = "postgresql://branch:geheim@127.0.0.1:1/kyosai"
# Each makes a statement fail that carries the name.
SPOILED = {
    "an empty cell that must be filled": {"born_on": ""},
    "an unknown union": {"union_code": "99999"},
    "a date that is none": {"hired_on": f"{NAME}-04-01", "union_code": "99999"},
}


def everything_said(error: BaseException) -> str:
    return "".join(traceback.format_exception(error)) + str(error) + repr(error)


@pytest.mark.parametrize("spoiled", SPOILED.values(), ids=SPOILED)
def test_a_row_that_the_database_refuses_is_in_no_error_and_no_traceback(
    spoiled: dict[str, str], empty_engine: sa.Engine
) -> None:
    with writing(empty_engine) as connection:
        connection.execute(sa.insert(tables.imports).values(taken_in_on=sa.func.current_date()))
        merge(connection, tables.unions, pl.DataFrame([UNION]), 1)
    with pytest.raises((StatementFailed, StoreError)) as raised, writing(empty_engine) as connection:
        merge(connection, tables.members, pl.DataFrame([MEMBER | spoiled]), 1)
    assert NAME not in everything_said(raised.value)


def test_the_same_key_twice_is_in_no_error_and_no_traceback(empty_engine: sa.Engine) -> None:
    insert = f"INSERT INTO unions VALUES ('{NAME}', '17', '市')"
    with pytest.raises((StatementFailed, StoreError)) as raised, writing(empty_engine) as connection:
        connection.exec_driver_sql(insert)
    assert NAME not in everything_said(raised.value)


@pytest.mark.parametrize(
    "use", [require_current, upgrade, lambda e: reading(e).__enter__(), lambda e: writing(e).__enter__()]
)
def test_a_broken_file_is_a_store_that_cannot_be_used(use: Callable[[sa.Engine], object], tmp_path: Path) -> None:
    (tmp_path / "broken.db").write_text(NAME * 500, "utf-8")
    with pytest.raises(StoreError, match="データ") as raised:
        use(open_engine(f"sqlite:///{(tmp_path / 'broken.db').as_posix()}"))
    assert NAME not in everything_said(raised.value)
    assert (tmp_path / "broken.db").read_text("utf-8") == NAME * 500


@pytest.mark.parametrize("use", [require_current, lambda e: reading(e).__enter__()])
def test_a_server_that_cannot_be_reached_is_said_without_its_password(use: Callable[[sa.Engine], object]) -> None:
    pytest.importorskip("psycopg")
    with pytest.raises(StoreError, match="使えませんでした") as raised:
        use(open_engine(UNREACHABLE))
    assert "geheim" not in everything_said(raised.value)


def test_a_store_locked_by_another_program_is_said_so(tmp_path: Path) -> None:
    url = f"sqlite:///{(tmp_path / 'store.db').as_posix()}"
    engine, other = open_engine(url), open_engine(url)
    upgrade(engine)
    engine.dispose()
    sa.event.listen(engine, "connect", lambda c, _: c.execute("PRAGMA busy_timeout=50").close())
    with writing(other), pytest.raises(StoreError, match="ほかで使用中"), writing(engine):
        pass
    engine.dispose()
    other.dispose()


def test_an_error_among_the_rows_is_said_in_office_words_too(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{(tmp_path / 'store.db').as_posix()}")
    second_row_fails = "SELECT abs(x) AS n FROM (SELECT 1 AS x UNION ALL SELECT -9223372036854775807 - 1)"
    with pytest.raises(StoreError, match="使えませんでした"), reading(engine) as connection:
        fetch(connection, second_row_fails, {}, {"n": pl.Int64()})
    engine.dispose()
