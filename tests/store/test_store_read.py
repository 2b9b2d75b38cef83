"""What is read of the store besides rules: unions with their roster's date, stops, campaigns, waiting contracts, numbers."""

from datetime import date

import polars as pl
import pytest
import sqlalchemy as sa

from kyosai_lists.store import read, tables
from kyosai_lists.store.engine import reading, writing
from kyosai_lists.store.load import merge

UNION = {"pref": "17", "name": "市", "renewal_campaign_on": "2026-06-01"}
MEMBER = {
    "pref": "17", "union_code": "17001", "name": "山田", "born_on": "1990-01-01", "hired_on": "2015-04-01",
    "employment": "regular", "status": "active",
}  # fmt: skip
CONTRACT = {"pref": "17", "product": "fire", "effective_on": "2020-04-01"}


@pytest.fixture
def engine(empty_engine: sa.Engine) -> sa.Engine:
    people = [("17-1", "1"), ("18-1", "1"), ("17-11", "11"), ("17-a_b", "a_b"), ("17-axb", "axb")]
    rows = {
        "unions": [UNION | {"union_code": code} for code in ("17002", "17001")],
        "members": [MEMBER | {"member_key": key, "member_no": number} for key, number in people],
        "contracts": [
            CONTRACT | {"contract_key": f"17-{i}", "contract_no": str(i), "member_key": key, "member_no": key[3:]}
            for i, key in enumerate(("17-1", "17-9", "18-11"))
        ],
        "suppressions": [
            {
                "member_key": "17-1",
                "pref": "17",
                "member_no": "1",
                "product": "",
                "starts_on": "",
                "ends_on": "2026-12-31",
            }
        ],
        "campaigns": [{"code": "A", "name": "募集", "kind": "spot", "ends_on": "2026-12-31", "list_ids": "fire-only"}],
    }
    with writing(empty_engine) as connection:
        connection.execute(sa.insert(tables.imports).values(taken_in_on=date(2026, 11, 1)))
        for name, some in rows.items():
            merge(connection, tables.metadata.tables[name], pl.DataFrame(some), 1)
        connection.execute(sa.insert(tables.rosters).values(union_code="17001", as_of=date(2026, 10, 31), import_id=1))
    return empty_engine


def test_unions_come_by_code_with_the_date_of_their_roster(engine: sa.Engine) -> None:
    with reading(engine) as connection:
        frame = read.unions(connection)
    assert frame.schema == pl.Schema(read.UNION_SCHEMA)
    assert frame["union_code"].to_list() == ["17001", "17002"]
    assert frame["roster_on"].to_list() == [date(2026, 10, 31), None]
    assert frame["renewal_campaign_on"].to_list() == [date(2026, 6, 1)] * 2


def test_a_stop_comes_with_open_dates_as_null_and_everything_as_an_empty_product(engine: sa.Engine) -> None:
    with reading(engine) as connection:
        frame = read.stops(connection)
    assert frame.schema == pl.Schema(read.STOP_SCHEMA)
    assert frame.rows() == [("17-1", "", None, date(2026, 12, 31))]


def test_a_campaign_is_found_by_its_code(engine: sa.Engine) -> None:
    with reading(engine) as connection:
        found = read.campaign(connection, "A")
        assert read.campaign(connection, "B") is None
    assert found is not None
    assert (found["name"], found["starts_on"], found["ends_on"]) == ("募集", None, date(2026, 12, 31))


@pytest.mark.parametrize(("undone", "known_on"), [([], date(2026, 11, 1)), ([2, 3], date(2026, 11, 4))])
def test_a_campaign_is_known_since_the_import_that_brought_it_and_still_stands(
    engine: sa.Engine, undone: list[int], known_on: date
) -> None:
    told = {"code": "A", "kind": "spot", "ends_on": "2026-12-31", "list_ids": "fire-only"}
    with writing(engine) as connection:
        for number in (2, 3, 4):
            connection.execute(sa.insert(tables.imports).values(taken_in_on=date(2026, 11, number)))
        for number in (2, 3):
            merge(connection, tables.campaigns, pl.DataFrame([told | {"name": f"募集{number}"}]), number)
        if undone:  # and the first: then the fourth brings it anew
            connection.execute(
                sa.update(tables.imports).where(tables.imports.c.id.in_(undone)).values(undone_on=known_on)
            )
            connection.execute(sa.delete(tables.campaigns))
            merge(connection, tables.campaigns, pl.DataFrame([told | {"name": "募集"}]), 4)
    with reading(engine) as connection:
        assert [row["known_on"] for row in read.campaigns(connection)] == [known_on]


def test_contracts_wait_whose_member_of_that_prefecture_is_not_there(engine: sa.Engine) -> None:
    with reading(engine) as connection:
        assert read.waiting_contracts(connection) == {"17-1", "17-2"}


@pytest.mark.parametrize(
    ("number", "keys"),
    [
        ("1", ["17-1", "18-1"]),
        ("17-1", ["17-1"]),
        ("a_b", ["17-a_b"]),
        ("A_B", []),
        ("%", []),
        ("_", []),
        ("", []),
        ("' OR 1=1--", []),
    ],
)
def test_a_number_finds_its_people_and_nobody_else(number: str, keys: list[str], engine: sa.Engine) -> None:
    with reading(engine) as connection:
        assert read.member_keys(connection, number) == keys
