"""A SELECT with named values gives the same frame on both databases."""

from datetime import date

import polars as pl
import pytest
import sqlalchemy as sa

from kyosai_lists.store import tables
from kyosai_lists.store.engine import reading, writing
from kyosai_lists.store.query import dialect, fetch

DAYS = [date(2024, 2, 29), date(2026, 11, 1)]
SCHEMA = {"id": pl.Int64(), "taken_in_on": pl.Date()}


@pytest.fixture
def engine(empty_engine: sa.Engine) -> sa.Engine:
    with writing(empty_engine) as connection:
        connection.execute(sa.insert(tables.imports), [{"taken_in_on": day} for day in DAYS])
    return empty_engine


def test_dates_come_out_as_dates_and_go_in_as_dates(engine: sa.Engine) -> None:
    sql = "SELECT id, taken_in_on FROM imports WHERE taken_in_on >= :day ORDER BY id"
    with reading(engine) as connection:
        whole = fetch(connection, sql, {"day": DAYS[0]}, SCHEMA)
        later = fetch(connection, sql, {"day": DAYS[1]}, SCHEMA)
    assert whole.schema == pl.Schema(SCHEMA)
    assert whole["taken_in_on"].to_list() == DAYS
    assert later.rows() == [(2, DAYS[1])]


def test_no_rows_keep_the_schema(engine: sa.Engine) -> None:
    with reading(engine) as connection:
        none = fetch(connection, "SELECT id, taken_in_on FROM imports WHERE id = :id", {"id": 99}, SCHEMA)
    assert none.schema == pl.Schema(SCHEMA)
    assert none.is_empty()


def test_a_missing_date_is_null(engine: sa.Engine) -> None:
    with reading(engine) as connection:
        frame = fetch(connection, "SELECT NULL AS day FROM imports", {}, {"day": pl.Date()})
    assert frame["day"].to_list() == [None, None]


@pytest.mark.parametrize("value", ["' OR 1=1--", "1; DROP TABLE imports", "%s", "?", ":id", "髙"])
def test_a_value_is_only_ever_a_value(value: str, engine: sa.Engine) -> None:
    sql = "SELECT CAST(:value AS TEXT) AS said FROM imports WHERE CAST(id AS TEXT) <> :value"
    with reading(engine) as connection:
        frame = fetch(connection, sql, {"value": value}, {"said": pl.String()})
    assert frame["said"].to_list() == [value, value]


def test_values_that_the_text_does_not_name_are_left_out(engine: sa.Engine) -> None:
    with reading(engine) as connection:
        frame = fetch(connection, "SELECT id FROM imports WHERE id = :id", {"id": 1, "other": "x"}, {"id": pl.Int64()})
    assert frame["id"].to_list() == [1]


def test_a_name_without_a_value_is_a_mistake(engine: sa.Engine) -> None:
    with reading(engine) as connection, pytest.raises(KeyError):
        fetch(connection, "SELECT id FROM imports WHERE id = :id", {}, {"id": pl.Int64()})


def test_the_database_is_named_as_rules_name_it(engine: sa.Engine) -> None:
    with reading(engine) as connection:
        assert dialect(connection) in {"sqlite", "postgresql"}
