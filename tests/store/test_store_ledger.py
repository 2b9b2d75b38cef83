"""The 台帳 in the store: no gaps however many append at once; a run comes back as it was put in."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import polars as pl
import pytest
import sqlalchemy as sa

from kyosai_lists.ledger.chain import breaks
from kyosai_lists.store import bulk, ledger, runs
from kyosai_lists.store.engine import open_engine, reading, writing

PEOPLE = [("17001", 1, "17-1", "fire-only;young-unenrolled"), ("17001", 2, "17-2", "fire-only")]
BOOK = {
    "union_code": "17001", "path": "17/a.xlsx", "sha256": "s", "file_sha256": "f", "people": 2, "frozen": b"\0z",
    "frozen_sha256": "z", "recipient": "金沢市", "return_by": date(2026, 12, 1),
}  # fmt: skip


def new_run(run_id: str, people: list[tuple[Any, ...]] = PEOPLE) -> runs.NewRun:
    row = {
        "run_id": run_id, "as_of": date(2026, 11, 1), "title": "秋", "purpose": "案内", "sealed": False,
        "out": "/out", "machine": "pc", "writer": "stamp", "record": b"\0r",
    }  # fmt: skip
    frame = pl.DataFrame(people, schema=runs.PEOPLE_SCHEMA, orient="row")
    return runs.NewRun(row, [BOOK], frame, ("t", b"\0t"), {"r1": "SELECT 1", "r2": "SELECT 2"})


def entered(engine: sa.Engine, run_id: str) -> int:
    with writing(engine) as connection:
        entry = ledger.append(connection, "run", "2026-11-01T00:00:00+00:00", "tanaka", f'{{"run":"{run_id}"}}')
        runs.add(connection, new_run(run_id), entry.seq)
    return entry.seq


def test_entries_are_numbered_from_one_and_chained(empty_engine: sa.Engine) -> None:
    assert [entered(empty_engine, f"r{n}") for n in range(3)] == [1, 2, 3]
    with reading(empty_engine) as connection:
        found = list(ledger.entries(connection))
        assert ledger.latest(connection) == found[-1]
        assert ledger.entry_of_run(connection, "r1") == found[1]
        assert ledger.hashes(connection) == {entry.seq: entry.hash for entry in found}
    assert breaks(found, [found[-1].hash]) == []


def test_many_that_append_at_once_leave_no_gap_and_none_twice(empty_engine: sa.Engine) -> None:
    url = empty_engine.url.render_as_string(hide_password=False)

    def one(number: int) -> int:
        engine = open_engine(url)
        try:
            return entered(engine, f"r{number}")
        finally:
            engine.dispose()

    with ThreadPoolExecutor(6) as pool:
        assert sorted(pool.map(one, range(12))) == list(range(1, 13))
    with reading(empty_engine) as connection:
        assert breaks(ledger.entries(connection)) == []


def test_an_append_that_is_taken_back_leaves_its_number_to_the_next(empty_engine: sa.Engine) -> None:
    def fail_afterwards() -> None:
        with writing(empty_engine) as connection:
            ledger.append(connection, "run", "", "", "{}")
            raise KeyError

    with pytest.raises(KeyError):
        fail_afterwards()
    assert entered(empty_engine, "r") == 1


def test_a_run_comes_back_as_it_was_put_in(empty_engine: sa.Engine) -> None:
    entered(empty_engine, "r")
    with reading(empty_engine) as connection:
        run, (book,) = runs.one(connection, "r"), runs.books(connection, "r")
        assert run is not None
        assert (run["title"], run["record"], run["placed_on"], run["late"]) == ("秋", b"\0r", None, False)
        assert dict(book) == BOOK | {"run_id": "r"}
        assert runs.people(connection, "r").sort("no").rows() == PEOPLE
        assert runs.template(connection, "t") == b"\0t"
        assert runs.rule_texts(connection) == {"r1": "SELECT 1", "r2": "SELECT 2"}
        assert (runs.is_known(connection, "r"), runs.is_known(connection, "x")) == (True, False)
        assert (runs.one(connection, "x"), runs.template(connection, "x")) == (None, None)


def test_what_several_runs_were_made_with_is_kept_once(empty_engine: sa.Engine) -> None:
    entered(empty_engine, "r1")
    entered(empty_engine, "r2")
    with reading(empty_engine) as connection:
        assert len(runs.rule_texts(connection)) == 2


def test_everything_a_person_was_handed_out_on_comes_oldest_first(empty_engine: sa.Engine) -> None:
    for run_id in ("r2", "r1"):
        entered(empty_engine, run_id)
    with reading(empty_engine) as connection:
        found = [dict(row) for row in runs.handed_out(connection, "17-2")]
        told = {"union_code": "17001", "no": 2, "list_ids": "fire-only", "placed_on": None}
        assert found == [{"run_id": "r2"} | told, {"run_id": "r1"} | told]
        assert runs.handed_out(connection, "17-3") == []


def test_the_overview_counts_and_a_run_is_unplaced_until_it_is_marked(empty_engine: sa.Engine) -> None:
    for run_id in ("r1", "r2"):
        entered(empty_engine, run_id)
    with writing(empty_engine) as connection:
        runs.mark_placed(connection, "r1", date(2026, 11, 2), "/other", "pc2")
    with reading(empty_engine) as connection:
        assert [row["run_id"] for row in runs.unplaced(connection)] == ["r2"]
        newest, oldest = runs.overview(connection)
    assert (newest["run_id"], newest["books"], newest["people"], newest["made_by"]) == ("r2", 1, 2, "tanaka")
    assert (oldest["placed_on"], oldest["out"], oldest["machine"]) == (date(2026, 11, 2), "/other", "pc2")


def test_very_many_people_go_in_by_the_fast_way(empty_engine: sa.Engine) -> None:
    many = [("17001", n, f"17-{n}", "fire-only") for n in range(1, bulk.ENOUGH_ROWS + 2)]
    with writing(empty_engine) as connection:
        entry = ledger.append(connection, "run", "", "", "{}")
        runs.add(connection, new_run("r", many), entry.seq)
    with reading(empty_engine) as connection:
        assert runs.people(connection, "r").sort("no").rows() == many
