"""Merging rows into a table: new, changed, unchanged; null leaves alone, "" empties; nothing is written twice."""

from datetime import date

import polars as pl
import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kyosai_lists.store import bulk, load, query, tables
from kyosai_lists.store.engine import writing
from kyosai_lists.store.load import merge, read_text

Row = dict[str, str | None]
GUIDES = ("kind", "age_from", "age_to", "family_size", "dwelling", "units")
UNION: Row = {
    "union_code": "17001",
    "pref": "17",
    "name": "金沢",
    "contact_name": "担当",
    "renewal_campaign_on": "2026-04-01",
}


@pytest.fixture(params=["by the driver", "in bulk"])
def engine(empty_engine: sa.Engine, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> sa.Engine:
    for module, name in ((load, "_ROWS_AT_ONCE"), (bulk, "ROWS_AT_ONCE"), (query, "_ROWS_AT_ONCE")):
        monkeypatch.setattr(module, name, 2)  # so that a few rows are many slices
    if request.param == "in bulk":
        monkeypatch.setattr(bulk, "ENOUGH_ROWS", 1)
    with writing(empty_engine) as connection:
        for _ in range(3):
            connection.execute(sa.insert(tables.imports).values(taken_in_on=date(2026, 11, 1)))
    return empty_engine


def frame(*rows: Row) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=dict.fromkeys(rows[0], pl.String()))


def fates(engine: sa.Engine, table: sa.Table, *rows: Row, import_id: int = 1) -> list[str]:
    with writing(engine) as connection:
        return merge(connection, table, frame(*rows), import_id).rows["fate"].to_list()


def stored(engine: sa.Engine, *names: str) -> list[tuple[object, ...]]:
    with engine.connect() as connection:
        query = sa.select(*(tables.unions.c[name] for name in names)).order_by("union_code")
        return [tuple(row) for row in connection.execute(query)]


def test_a_row_is_new_then_unchanged_then_changed_and_the_last_import_that_changed_it_is_noted(
    engine: sa.Engine,
) -> None:
    assert fates(engine, tables.unions, UNION) == ["new"]
    assert fates(engine, tables.unions, UNION, import_id=2) == ["unchanged"]
    assert stored(engine, "import_id") == [(1,)]
    assert fates(engine, tables.unions, UNION | {"name": "七尾"}, import_id=3) == ["changed"]
    assert stored(engine, "name", "import_id") == [("七尾", 3)]


def test_fates_come_in_the_order_of_the_rows(engine: sa.Engine) -> None:
    fates(engine, tables.unions, UNION, UNION | {"union_code": "17003"})
    rows = [UNION | {"union_code": code} for code in ("17004", "17003", "17002", "17001")]
    rows[1]["name"] = "別"
    assert fates(engine, tables.unions, *rows) == ["new", "changed", "new", "unchanged"]


def test_null_leaves_the_stored_value_alone_and_empty_empties_it(engine: sa.Engine) -> None:
    fates(engine, tables.unions, UNION)
    assert fates(engine, tables.unions, UNION | {"contact_name": None, "renewal_campaign_on": None}) == ["unchanged"]
    assert fates(engine, tables.unions, UNION | {"contact_name": "", "renewal_campaign_on": None}) == ["changed"]
    assert stored(engine, "contact_name", "renewal_campaign_on") == [(None, date(2026, 4, 1))]
    assert fates(engine, tables.unions, UNION | {"contact_name": "", "renewal_campaign_on": ""}) == ["changed"]
    assert stored(engine, "contact_name", "renewal_campaign_on") == [(None, None)]
    assert fates(engine, tables.unions, UNION | {"contact_name": "", "renewal_campaign_on": ""}) == ["unchanged"]


def test_null_beside_a_change_leaves_the_stored_value_alone(engine: sa.Engine) -> None:
    fates(engine, tables.unions, UNION)
    assert fates(engine, tables.unions, UNION | {"name": "七尾", "contact_name": None}) == ["changed"]
    assert stored(engine, "name", "contact_name") == [("七尾", "担当")]


def test_a_column_the_rows_do_not_have_is_left_alone(engine: sa.Engine) -> None:
    fates(engine, tables.unions, UNION)
    few: Row = {"union_code": "17001", "pref": "17", "name": "七尾"}
    assert fates(engine, tables.unions, few) == ["changed"]
    assert stored(engine, "contact_name") == [("担当",)]


def test_a_new_row_takes_the_usual_value_of_a_missing_column_and_a_stored_one_keeps_its_own(
    engine: sa.Engine,
) -> None:
    row: Row = {"member_key": "17-1", "pref": "17", "member_no": "1", "product": "fire", "received_on": "2026-10-01"}
    usual = {"state": "received"}
    with writing(engine) as connection:
        merge(connection, tables.applications, frame(row | {"state": "withdrawn"}), 1, usual)
        again = merge(connection, tables.applications, frame(row | {"state": None}), 1, usual).rows
        merge(connection, tables.applications, frame(row | {"state": None, "product": "sogo"}), 1, usual)
        states = read_text(connection, tables.applications, ["product", "state"]).sort("product").rows()
    assert again["fate"].to_list() == ["unchanged"]
    assert states == [("fire", "withdrawn"), ("sogo", "received")]


def test_text_that_looks_like_sql_is_text(engine: sa.Engine) -> None:
    name = "a'; DROP TABLE unions;-- %s ? :name \\ \U00020bb7 \U000e0100"
    fates(engine, tables.unions, UNION | {"name": name})
    assert stored(engine, "name") == [(name,)]
    assert fates(engine, tables.unions, UNION | {"name": name}) == ["unchanged"]


def test_no_rows_are_no_change(engine: sa.Engine) -> None:
    with writing(engine) as connection:
        assert merge(connection, tables.unions, frame(UNION).clear(), 1).rows.is_empty()


CELLS = st.one_of(st.none(), st.sampled_from(["", "a", "b", " ", "NULL", "0"]))
ROWS = st.lists(
    st.fixed_dictionaries({"union_code": st.sampled_from("123"), "contact_name": CELLS, "contact_mail": CELLS}),
    unique_by=lambda row: row["union_code"],
    min_size=1,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(ROWS, max_size=4))
def test_any_sequence_of_merges_equals_a_dictionary(engine: sa.Engine, calls: list[list[Row]]) -> None:
    model: dict[str, Row] = {}
    with writing(engine, keep=False) as connection:
        for rows in calls:
            expected = [_merged(model, row) for row in rows]
            whole = frame(*({"pref": "17", "name": "市"} | row for row in rows))
            assert merge(connection, tables.unions, whole, 1).rows["fate"].to_list() == expected
        names = ["union_code", "contact_name", "contact_mail"]
        found = read_text(connection, tables.unions, names).sort("union_code").fill_null("").to_dicts()
    assert found == sorted(model.values(), key=lambda row: str(row["union_code"]))


def _merged(model: dict[str, Row], row: Row) -> str:
    key = str(row["union_code"])
    before = model.get(key, {"union_code": key, "contact_name": "", "contact_mail": ""})
    after = before | {name: value for name, value in row.items() if value is not None}
    fate = "new" if key not in model else "changed" if after != before else "unchanged"
    model[key] = after
    return fate


def test_numbers_and_dates_are_stored_as_such_in_keys_and_beside_them(engine: sa.Engine) -> None:
    guide = dict(zip(GUIDES, ("group_life", "20", "29", "", "owned", "10"), strict=True))
    assert fates(engine, tables.guides, guide) == ["new"]
    assert fates(engine, tables.guides, guide | {"units": "9"}) == ["changed"]
    with engine.connect() as connection:
        row = connection.execute(sa.select(*(tables.guides.c[name] for name in GUIDES))).one()
    assert tuple(row) == ("group_life", 20, 29, "", "owned", 9)
