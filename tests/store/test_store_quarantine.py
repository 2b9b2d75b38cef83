"""Rows on 保留 are kept whole, once, until they are resolved."""

from datetime import date

import polars as pl
import pytest
import sqlalchemy as sa

from kyosai_lists.store import tables
from kyosai_lists.store.engine import writing
from kyosai_lists.store.quarantine import SCHEMA, add, open_rows, resolve


@pytest.fixture
def engine(empty_engine: sa.Engine) -> sa.Engine:
    with writing(empty_engine) as connection:
        connection.execute(sa.insert(tables.imports), [{"taken_in_on": date(2026, 11, day)} for day in (1, 2)])
    return empty_engine


def rows(*changes: dict[str, object]) -> pl.DataFrame:
    usual = {
        "layout": "members", "file": "名簿.csv", "sheet": "", "row": 2, "record_key": "17\x1f1", "member_key": "17-1",
        "problems": '[{"column": "在籍区分"}]', "raw": '{"氏名": "山\\n田"}',
    }  # fmt: skip
    schema = {name: kind for name, kind in SCHEMA.items() if name != "id"}
    return pl.DataFrame([usual | change for change in changes], schema=schema)


def test_a_row_comes_back_as_it_was_put_in_with_a_number(engine: sa.Engine) -> None:
    with writing(engine) as connection:
        add(connection, rows({}), 1)
        found = open_rows(connection)
    assert found.schema == pl.Schema(SCHEMA)
    assert found.drop("id").equals(rows({}))
    assert found["id"].to_list() == [1]


def test_rows_are_asked_for_by_layout_oldest_first(engine: sa.Engine) -> None:
    with writing(engine) as connection:
        add(connection, rows({"row": 9}, {"layout": "contracts"}), 1)
        add(connection, rows({"row": 3, "raw": "{}"}), 2)
        assert open_rows(connection, "members")["row"].to_list() == [9, 3]
        assert open_rows(connection, "contracts").height == 1
        assert open_rows(connection).height == 3


def test_the_same_row_is_kept_once_though_it_stands_elsewhere_in_the_file(engine: sa.Engine) -> None:
    with writing(engine) as connection:
        add(connection, rows({}, {"row": 3}), 1)
        add(connection, rows({"row": 4, "file": "名簿2.csv"}), 2)
        assert open_rows(connection).select("file", "row").rows() == [("名簿.csv", 2)]


@pytest.mark.parametrize("change", [{"raw": "{}"}, {"record_key": ""}, {"layout": "contracts"}])
def test_a_row_that_differs_is_another_row(change: dict[str, object], engine: sa.Engine) -> None:
    with writing(engine) as connection:
        add(connection, rows({}), 1)
        add(connection, rows(change), 2)
        assert open_rows(connection).height == 2


def test_a_resolved_row_is_no_longer_open_and_is_kept_with_the_import_that_resolved_it(engine: sa.Engine) -> None:
    with writing(engine) as connection:
        add(connection, rows({}, {"raw": "{}"}), 1)
        resolve(connection, [1], 2)
        assert open_rows(connection)["id"].to_list() == [2]
        q = tables.quarantine
        kept = connection.execute(sa.select(q.c.id, q.c.resolved_by).order_by(q.c.id)).all()
    assert kept == [(1, 2), (2, None)]


def test_a_row_that_was_resolved_and_comes_again_is_open_again(engine: sa.Engine) -> None:
    with writing(engine) as connection:
        add(connection, rows({}), 1)
        resolve(connection, [1], 1)
        add(connection, rows({}), 2)
        assert open_rows(connection)["id"].to_list() == [2]


def test_thousands_are_resolved_at_once(engine: sa.Engine) -> None:
    with writing(engine) as connection:
        add(connection, rows(*({"raw": str(number)} for number in range(1200))), 1)
        resolve(connection, open_rows(connection)["id"].to_list(), 2)
        assert open_rows(connection).is_empty()


def test_no_rows_are_no_work(engine: sa.Engine) -> None:
    with writing(engine) as connection:
        add(connection, rows({}).clear(), 1)
        resolve(connection, [], 1)
        assert open_rows(connection).is_empty()


def test_a_row_that_comes_again_with_other_reasons_is_kept_once_with_the_newest(engine: sa.Engine) -> None:
    with writing(engine) as connection:
        add(connection, rows({}), 1)
        add(connection, rows({"problems": "[]"}), 2)
        assert open_rows(connection)["problems"].to_list() == ["[]"]
