"""Many rows at once: every text as it was, all or nothing, and nothing left beside the store."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kyosai_lists.errors import StoreError
from kyosai_lists.store import bulk, tables
from kyosai_lists.store.engine import StatementFailed, open_engine, writing
from kyosai_lists.store.load import merge, read_text
from kyosai_lists.store.migrate import upgrade

SCHEMA = dict.fromkeys(("union_code", "pref", "name", "contact_name"), pl.String())
# What the intake lets through: no control character but TAB, CR, LF, and no lone surrogate.
TEXTS = st.text(st.characters(exclude_categories=("Cs", "Cc"), include_characters="\t\r\n"), max_size=8)


@pytest.fixture
def engine(empty_engine: sa.Engine, monkeypatch: pytest.MonkeyPatch) -> sa.Engine:
    monkeypatch.setattr(bulk, "ENOUGH_ROWS", 1)
    bring_in(empty_engine)
    return empty_engine


def bring_in(engine: sa.Engine, *frames: pl.DataFrame) -> None:
    """Each of `frames` as unions, and one more import, in one transaction."""
    with writing(engine) as connection:
        connection.execute(sa.insert(tables.imports).values(taken_in_on=date(2026, 11, 1)))
        for rows in frames:
            merge(connection, tables.unions, rows, 1)


def unions(*names: str) -> pl.DataFrame:
    return pl.DataFrame([(f"{i:05}", "17", name, "") for i, name in enumerate(names)], schema=SCHEMA, orient="row")


def names(engine: sa.Engine) -> list[str | None]:
    with engine.connect() as connection:
        return read_text(connection, tables.unions, ["union_code", "name"]).sort("union_code")["name"].to_list()


def beside(engine: sa.Engine) -> list[str]:
    """What lies beside a store on SQLite, besides what is its own."""
    if engine.dialect.name != "sqlite":
        return []
    store = Path(str(engine.url.database))
    own = {store.name, f"{store.name}-wal", f"{store.name}-shm"}
    return [path.name for path in store.parent.iterdir() if path.name not in own]


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(TEXTS, min_size=1, max_size=6))
def test_every_text_arrives_as_it_was(engine: sa.Engine, texts: list[str]) -> None:
    texts = [f"{text}x" for text in [*texts, '"', "\\.", "\\N", "a,b", "名\r\n前", "NULL"]]
    with writing(engine, keep=False) as connection:
        merge(connection, tables.unions, unions(*texts), 1)
        stored = read_text(connection, tables.unions, ["union_code", "name", "contact_name"]).sort("union_code")
        assert stored["name"].to_list() == texts
        assert stored["contact_name"].null_count() == len(texts)  # empty is nothing


def test_an_empty_part_of_a_key_stays_empty(engine: sa.Engine) -> None:
    columns = ("member_key", "product", "pref", "member_no")
    stop = pl.DataFrame([("17-1", "", "17", "1")], schema=dict.fromkeys(columns, pl.String()), orient="row")
    with writing(engine) as connection:
        merge(connection, tables.suppressions, stop, 1)
        assert connection.execute(sa.select(tables.suppressions.c.product)).scalar_one() == ""


@pytest.mark.parametrize("keep", [True, False])
def test_nothing_is_left_beside_the_store(engine: sa.Engine, keep: bool) -> None:
    before = beside(engine)
    for _ in range(3):
        with writing(engine, keep=keep) as connection:
            for table, rows in ((tables.unions, unions("甲")), (tables.unions, unions("甲", "乙"))):
                merge(connection, table, rows, 1)
    assert beside(engine) == before
    assert names(engine) == (["甲", "乙"] if keep else [])


def test_more_tables_than_a_store_can_hold_aside_are_written_by_the_driver(engine: sa.Engine) -> None:
    with writing(engine) as connection:
        for number in range(12):
            merge(connection, tables.unions, unions("甲").with_columns(union_code=pl.lit(f"{number:05}")), 1)
    assert len(names(engine)) == 12


def test_a_failure_leaves_all_as_it_was_and_shows_no_row(engine: sa.Engine) -> None:
    before = beside(engine)
    nameless = unions("").with_columns(union_code=pl.lit("99999"))  # a name must not be empty
    with pytest.raises(StatementFailed) as failed:
        bring_in(engine, unions("甲"), nameless)
    assert "99999" not in str(failed.value)
    assert names(engine) == []
    assert beside(engine) == before


def test_without_room_beside_the_store_nothing_is_taken_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = open_engine(f"sqlite:///{(tmp_path / 'store.db').as_posix()}")
    upgrade(engine)
    bring_in(engine)

    def full(**_: object) -> str:
        raise OSError(28, "No space left on device", "/secret/山田")

    monkeypatch.setattr(bulk, "ENOUGH_ROWS", 1)
    monkeypatch.setattr(bulk.tempfile, "mkdtemp", full)
    with pytest.raises(StoreError, match="空きを作って") as failed:
        bring_in(engine, unions("甲"))
    assert "山田" not in str(failed.value)
    assert names(engine) == []
    engine.dispose()


def test_what_a_killed_import_left_beside_the_store_is_gone_after_the_next_large_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = open_engine(f"sqlite:///{(tmp_path / 'store.db').as_posix()}")
    upgrade(engine)
    with monkeypatch.context() as killed:
        killed.setattr(bulk, "ENOUGH_ROWS", 1)
        killed.setattr(bulk.shutil, "rmtree", lambda *_, **__: None)
        bring_in(engine, unions("甲"))
    assert beside(engine)
    monkeypatch.setattr(bulk, "ENOUGH_ROWS", 1)
    bring_in(engine, unions("甲", "乙"))
    assert beside(engine) == []
    engine.dispose()
