"""Rows that come as one value, on several connections at once, are the rows that the driver gives."""

import threading
from datetime import date
from pathlib import Path

import polars as pl
import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from kyosai_lists.errors import StoreError
from kyosai_lists.store import at_once, packed, tables
from kyosai_lists.store.at_once import Query, fetch_at_once
from kyosai_lists.store.engine import StatementFailed, open_engine, reading, writing
from kyosai_lists.store.packed import fetch_packed
from kyosai_lists.store.query import Bind, fetch

SCHEMA = {"text": pl.String(), "number": pl.Int64(), "day": pl.Date()}
# What stands between values in the packed ones, NULL's mark, what a reader of CSV might trip over; no NUL, which no store holds.
TEXTS = st.one_of(
    st.none(),
    st.text(alphabet="山𠮷\x1a\x1e\x1f\r\n\t\" ',;#\ufeff0", max_size=4),
    st.text(st.characters(codec="utf-8"), max_size=5),
)
ROWS = st.lists(st.tuples(TEXTS, st.none() | st.integers(-(2**63), 2**63 - 1), st.none() | st.dates()), max_size=6)
COUNTING = Query("SELECT COUNT(*) AS n FROM imports", {}, {"n": pl.Int64()})
engine = open_engine("sqlite://")


def values_of(rows: list[tuple[Bind, ...]]) -> tuple[str, dict[str, Bind]]:
    binds = {f"v{i}_{k}": value for i, row in enumerate(rows) for k, value in enumerate(row)}
    lines = [f"SELECT :v{i}_0 AS text, :v{i}_1 AS number, :v{i}_2 AS day" for i in range(len(rows))]
    return " UNION ALL ".join(lines) or "SELECT NULL AS text, 1 AS number, NULL AS day WHERE 0", binds


@given(ROWS)
def test_whatever_the_texts_packed_rows_are_the_drivers_rows(rows: list[tuple[Bind, ...]]) -> None:
    rows = [(text if text is None else text.replace("\0", ""), *others) for text, *others in rows]
    sql, binds = values_of(rows)
    with reading(engine) as connection:
        found = fetch_packed(connection, sql, binds, SCHEMA)
        assert found.equals(fetch(connection, sql, binds, SCHEMA))
    assert found.rows() == rows


@given(st.lists(TEXTS, max_size=6))
def test_a_single_column_too(texts: list[str | None]) -> None:
    sql, binds = values_of([(text and text.replace("\0", ""), None, None) for text in texts])
    with reading(engine) as connection:
        sql = f"SELECT text FROM ({sql})"
        schema = {"text": pl.String()}
        assert fetch_packed(connection, sql, binds, schema).equals(fetch(connection, sql, binds, schema))


@pytest.fixture
def stored(tmp_path: Path) -> sa.Engine:
    engine = open_engine(f"sqlite:///{(tmp_path / 'store.db').as_posix()}")
    tables.metadata.create_all(engine)
    return engine


def added(engine: sa.Engine) -> None:
    with writing(engine) as connection:
        connection.execute(sa.insert(tables.imports), {"taken_in_on": date(2026, 11, 1)})


def test_the_answers_come_in_the_order_of_the_questions(empty_engine: sa.Engine) -> None:
    queries = [Query("SELECT CAST(:n AS INTEGER) AS n", {"n": n}, {"n": pl.Int64()}) for n in range(20)]
    with reading(empty_engine) as connection:
        assert [frame.item() for frame in fetch_at_once(connection, queries)] == list(range(20))


def test_several_are_really_asked_at_once(stored: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    both = threading.Barrier(2, timeout=20)
    monkeypatch.setattr(at_once.os, "cpu_count", lambda: 2)
    monkeypatch.setattr(at_once, "fetch_packed", lambda *_: both.wait())
    with reading(stored) as connection:
        fetch_at_once(connection, [COUNTING] * 2)


def test_what_somebody_writes_meanwhile_is_in_none_of_the_answers(
    stored: sa.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(at_once.os, "cpu_count", lambda: 4)
    added(stored)
    with reading(stored) as connection:
        assert connection.execute(sa.select(sa.func.count()).select_from(tables.imports)).scalar() == 1
        added(stored)
        assert [frame.item() for frame in fetch_at_once(connection, [COUNTING] * 8)] == [1] * 8
    with reading(stored) as connection:
        assert [frame.item() for frame in fetch_at_once(connection, [COUNTING] * 8)] == [2] * 8


@pytest.mark.parametrize(
    "sql", ["SELECT nothing FROM imports", "INSERT INTO imports (taken_in_on) VALUES ('2026-11-01')"]
)
def test_a_query_that_is_refused_is_refused_in_words_wherever_it_ran(sql: str, stored: sa.Engine) -> None:
    wrong = Query(sql, {}, {"n": pl.Int64()})
    with pytest.raises((StoreError, StatementFailed)), reading(stored) as connection:
        fetch_at_once(connection, [wrong] * 3)


def test_what_is_too_much_for_one_value_comes_row_by_row(stored: sa.Engine) -> None:
    added(stored)
    with reading(stored) as connection:
        connection.connection.driver_connection.setlimit(0, 20)  # SQLITE_LIMIT_LENGTH
        sql = "SELECT taken_in_on AS day FROM imports, (SELECT 1 UNION ALL SELECT 2)"
        assert fetch_packed(connection, sql, {}, {"day": pl.Date()})["day"].to_list() == [date(2026, 11, 1)] * 2


def test_packing_is_what_is_used(stored: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packed, "fetch", None)
    with reading(stored) as connection:
        assert fetch_packed(connection, COUNTING.sql, {}, COUNTING.schema).item() == 0


def test_sqlite_works_a_value_out_once(stored: sa.Engine) -> None:
    seen: list[int] = []
    with reading(stored) as connection:
        connection.connection.driver_connection.create_function("noted", 1, lambda n: seen.append(n) or n)
        sql = "SELECT noted(value) AS n FROM json_each('[1, 2, 3]')"
        assert fetch_packed(connection, sql, {}, {"n": pl.Int64()})["n"].to_list() == [1, 2, 3]
    assert seen == [1, 2, 3]
