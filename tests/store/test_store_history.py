"""What is read of one person: rows as text, numbers that no member has, and the changes of a contract that changed hands."""

from datetime import date

import polars as pl
import pytest
import sqlalchemy as sa

from kyosai_lists.store import history, tables
from kyosai_lists.store.engine import reading, writing
from kyosai_lists.store.load import merge

UNION = {"union_code": "17001", "pref": "17", "name": "市"}
MEMBER = {
    "pref": "17", "union_code": "17001", "name": "髙橋　𠮷", "born_on": "1990-01-01", "hired_on": "2015-04-01",
    "employment": "regular", "status": "active", "workplace": "",
}  # fmt: skip
CONTRACT = {"contract_key": "17-9", "contract_no": "9", "pref": "17", "product": "fire", "effective_on": "2020-04-01"}
STOP = {"member_key": "17-7", "member_no": "7", "pref": "17", "product": "", "starts_on": "", "ends_on": "2026-12-31"}


def member(number: str) -> dict[str, str]:
    return MEMBER | {"member_key": f"17-{number}", "member_no": number}


def contract_of(number: str, **cells: str) -> dict[str, str]:
    return CONTRACT | {"member_key": f"17-{number}", "member_no": number} | cells


@pytest.fixture
def engine(empty_engine: sa.Engine) -> sa.Engine:
    """One contract: brought for 1, changed, given to 2 and changed again, given to 3."""
    steps = [
        {"unions": [UNION], "members": [member(n) for n in "123"], "contracts": [contract_of("1")], "suppressions": [STOP]},
        {"contracts": [contract_of("1", units="5")]},
        {"contracts": [contract_of("2")]},
        {"contracts": [contract_of("2", units="7")]},
        {"contracts": [contract_of("3")]},
    ]  # fmt: skip
    with writing(empty_engine) as connection:
        for number, step in enumerate(steps, start=1):
            connection.execute(sa.insert(tables.imports).values(taken_in_on=date(2026, 11, number)))
            for name, rows in step.items():
                merge(connection, tables.metadata.tables[name], pl.DataFrame(rows), number)
    return empty_engine


def test_people_come_with_their_union_and_nothing_stored_is_an_empty_text(engine: sa.Engine) -> None:
    with reading(engine) as connection:
        frame = history.people(connection)
        some = history.people(connection, ["17-2", "17-9"])
    assert frame.schema == pl.Schema(history.PEOPLE_SCHEMA)
    assert frame.row(0) == ("17-1", "1", "髙橋　𠮷", "", "17001", "市", "", "active")
    assert frame["member_key"].to_list() == ["17-1", "17-2", "17-3"]
    assert some["member_key"].to_list() == ["17-2"]


def test_a_number_that_only_a_stop_names_is_known(engine: sa.Engine) -> None:
    with reading(engine) as connection:
        assert history.keys_without_member(connection, ["17-1", "17-3", "17-7", "17-8"]) == ["17-7"]
        assert history.keys_without_member(connection, ["17-3"]) == []


def test_rows_come_as_canonical_text_whatever_the_database(engine: sa.Engine) -> None:
    with reading(engine) as connection:
        row = history.rows_of(connection, "contracts", "17-3").row(0, named=True)
        assert history.rows_of(connection, "contracts", "17-1").is_empty()
        stop = history.rows_of(connection, "suppressions", "17-7").row(0, named=True)
    assert (row["units"], row["effective_on"], row["ended_on"], row["import_id"]) == ("7", "2020-04-01", "", "5")
    assert (stop["starts_on"], stop["ends_on"], stop["product"]) == ("", "2026-12-31", "")


def test_the_changes_of_a_contract_are_followed_through_every_owner(engine: sa.Engine) -> None:
    with reading(engine) as connection:
        frame = history.changes_of(connection, "17-3", ["17-9"])
    assert frame.schema == pl.Schema(history.HISTORY_SCHEMA)
    told = frame.select("import_id", "field", "before", "after").rows()
    assert told == [
        (2, "units", "", "5"),
        (3, "member_key", "17-1", "17-2"), (3, "member_no", "1", "2"),
        (4, "units", "5", "7"),
        (5, "member_key", "17-2", "17-3"), (5, "member_no", "2", "3"),
    ]  # fmt: skip


def test_a_contract_given_back_and_forth_ends_the_search(engine: sa.Engine) -> None:
    with writing(engine) as connection:
        connection.execute(sa.insert(tables.imports).values(taken_in_on=date(2026, 11, 6)))
        merge(connection, tables.contracts, pl.DataFrame([contract_of("1")]), 6)
    with reading(engine) as connection:
        frame = history.changes_of(connection, "17-1", ["17-9"])
    assert frame["import_id"].to_list() == [2, 3, 3, 4, 5, 5, 6, 6]
