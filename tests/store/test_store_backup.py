"""控え: a copy known to be whole, from either database, and back into either; what is broken, foreign or newer is refused."""

import contextlib
import os
import shutil
import sqlite3
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest
import sqlalchemy as sa

from kyosai_lists.errors import StoreError
from kyosai_lists.store import backup, backup_file, migrate, tables
from kyosai_lists.store.backup import Damaged, contents, write_backup
from kyosai_lists.store.engine import open_engine, reading, writing
from kyosai_lists.store.restore import load_backup, opened_backup
from tests.store import filled
from tests.store.filled import everything, fill, in_file, new_file_store

DAY = date(2026, 11, 23)
PROGRAM = Path(__file__).with_name("restore_when_told.py")


@pytest.fixture
def store(empty_engine: sa.Engine) -> sa.Engine:
    """On either database, with something in every column."""
    fill(empty_engine)
    return empty_engine


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """A backup of another store: the same tables with more rows in them."""
    engine = new_file_store(tmp_path / "other.db")
    fill(engine, rows=filled.ROWS + 2)
    (tmp_path / "kept").mkdir()
    write_backup(engine, tmp_path / "kept" / "控え.db", DAY)
    engine.dispose()
    return tmp_path / "kept" / "控え.db"


def bring_back(path: Path, engine: sa.Engine) -> None:
    with opened_backup(path, path.parent) as (copy, _):
        load_backup(copy, engine, lambda: None)


def change(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        for statement in statements:
            db.execute(statement)


def test_a_backup_holds_every_row_of_every_table_and_is_one_whole_file(store: sa.Engine, tmp_path: Path) -> None:
    folder = tmp_path / "控え"
    folder.mkdir()
    made = write_backup(store, folder / "控え.db", DAY)
    assert [path.name for path in folder.iterdir()] == ["控え.db"]
    assert (folder / "控え.db").read_bytes()[18:20] == b"\x01\x01"  # no WAL: it can be read from a disc
    assert in_file(folder / "控え.db") == everything(store)
    assert made.rows == dict.fromkeys(tables.metadata.tables, filled.ROWS)
    assert (made.revision, made.made_on, made.last_import_on) == (
        migrate.head_revision(), DAY, contents(store).last_import_on,
    )  # fmt: skip


def test_only_its_owner_may_read_a_backup(store: sa.Engine, tmp_path: Path) -> None:
    write_backup(store, tmp_path / "控え.db", DAY)
    assert sys.platform == "win32" or stat.S_IMODE((tmp_path / "控え.db").stat().st_mode) == 0o600


@pytest.mark.parametrize("origin", ["sqlite", "postgresql"])
def test_a_backup_from_either_database_comes_back_identical_into_either(
    origin: str, empty_engine: sa.Engine, new_database: Callable[[], str], tmp_path: Path
) -> None:
    url = new_database() if origin == "postgresql" else f"sqlite:///{(tmp_path / 'origin.db').as_posix()}"
    engine = open_engine(url)
    migrate.upgrade(engine)
    fill(engine)
    write_backup(engine, tmp_path / "控え.db", DAY)
    before = everything(engine)
    engine.dispose()
    fill(empty_engine, prefecture="01", rows=2)
    bring_back(tmp_path / "控え.db", empty_engine)
    assert everything(empty_engine) == before


def test_rows_in_more_than_one_batch_all_arrive(
    store: sa.Engine, kept: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("kyosai_lists.store.transfer._BATCH", 4)
    bring_back(kept, store)
    assert everything(store) == in_file(kept)
    write_backup(store, tmp_path / "again.db", DAY)
    assert in_file(tmp_path / "again.db") == in_file(kept)


def test_numbers_go_on_behind_the_last_one_that_came_back(store: sa.Engine, kept: Path) -> None:
    bring_back(kept, store)
    with writing(store) as connection:
        number = connection.execute(sa.insert(tables.imports).values(taken_in_on=DAY).returning(tables.imports.c.id))
        assert number.scalar_one() == filled.ROWS + 3


def test_a_restore_that_is_taken_back_leaves_rows_and_numbers(
    store: sa.Engine, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with writing(store) as connection:  # so that the backup's numbers are lower than those in use
        connection.execute(sa.insert(tables.imports), [{"taken_in_on": DAY}] * 10)
    before = everything(store)
    monkeypatch.setattr("kyosai_lists.store.imports.settle", lambda _: 1 / 0)  # the last step
    with pytest.raises(ZeroDivisionError):
        bring_back(kept, store)
    assert everything(store) == before
    with writing(store) as connection:
        connection.execute(sa.insert(tables.imports).values(taken_in_on=DAY))


def test_no_table_refers_to_itself_or_in_a_circle_so_rows_can_come_in_the_tables_order() -> None:
    order = [table.name for table in tables.metadata.sorted_tables]
    for table in tables.metadata.sorted_tables:
        for key in table.foreign_keys:
            assert order.index(key.column.table.name) < order.index(table.name)


def test_a_backup_is_of_what_is_committed_though_another_is_writing(store: sa.Engine, tmp_path: Path) -> None:
    before = everything(store)
    with writing(store) as connection:
        connection.execute(sa.insert(tables.imports).values(taken_in_on=DAY))
        write_backup(store, tmp_path / "控え.db", DAY)
    assert in_file(tmp_path / "控え.db") == before


def test_rows_are_counted_of_the_moment_that_is_copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    engine, count = new_file_store(tmp_path / "store.db"), backup._count
    fill(engine)
    before = everything(engine)

    def count_then_write(ask: Any) -> dict[str, int]:
        rows = count(ask)
        with writing(engine) as connection:
            connection.execute(sa.insert(tables.imports).values(taken_in_on=DAY))
        return rows

    monkeypatch.setattr(backup, "_count", count_then_write)
    write_backup(engine, tmp_path / "控え.db", DAY)
    assert in_file(tmp_path / "控え.db") == before
    engine.dispose()


def test_a_store_that_loses_a_row_on_the_way_in_is_as_it_was(tmp_path: Path, kept: Path) -> None:
    engine = new_file_store(tmp_path / "store.db")
    fill(engine)
    before = everything(engine)
    change(
        tmp_path / "store.db",
        "CREATE TRIGGER loses AFTER INSERT ON changes BEGIN DELETE FROM changes WHERE id = 1; END",
    )
    with pytest.raises(StoreError, match="戻せませんでした"):
        bring_back(kept, engine)
    assert everything(engine) == before
    engine.dispose()


def test_nobody_else_writes_between_the_backup_before_and_the_restore(
    store: sa.Engine, kept: Path, tmp_path: Path
) -> None:
    before, refused = everything(store), []

    def meanwhile() -> None:
        other = open_engine(store.url.render_as_string(hide_password=False))
        sa.event.listen(other, "connect", _impatient)
        try:
            with writing(other) as connection:
                connection.execute(sa.insert(tables.imports).values(taken_in_on=DAY))
        except StoreError as error:
            refused.append(error)
        other.dispose()
        write_backup(store, tmp_path / "before.db", DAY)

    with opened_backup(kept, tmp_path) as (copy, _):
        load_backup(copy, store, meanwhile)
    assert refused
    assert in_file(tmp_path / "before.db") == before


def _impatient(connection: object, _record: object) -> None:
    sqlite = isinstance(connection, sqlite3.Connection)
    connection.execute("PRAGMA busy_timeout=100" if sqlite else "SET lock_timeout='100ms'")  # type: ignore[attr-defined]
    connection.commit()  # type: ignore[attr-defined]


def test_a_full_disk_leaves_no_partial_file_and_the_old_one(store: sa.Engine, tmp_path: Path) -> None:
    resource = pytest.importorskip("resource")  # a limit on the size of a file stands for the full disk
    folder = tmp_path / "控え"
    folder.mkdir()
    (folder / "控え.db").write_text("old", "utf-8")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, limits[1]))
    try:
        with pytest.raises(StoreError, match=r"空きがない.*前のままです.*もう一度"):
            write_backup(store, folder / "控え.db", DAY)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert [path.read_text("utf-8") for path in folder.iterdir()] == ["old"]


def test_a_place_that_cannot_be_written_is_said(store: sa.Engine, tmp_path: Path) -> None:
    (tmp_path / "in use.db").mkdir()
    for place in (tmp_path / "no such folder" / "控え.db", tmp_path / "in use.db"):
        with pytest.raises(StoreError, match="控えを書けませんでした"):
            write_backup(store, place, DAY)
    assert not list(tmp_path.glob(f"{backup_file.ASIDE}*"))


def test_what_a_killed_backup_left_is_swept_after_a_day_and_not_before(store: sa.Engine, tmp_path: Path) -> None:
    old, new = tmp_path / f"{backup_file.ASIDE}old", tmp_path / f"{backup_file.ASIDE}new"
    for left in (old, new):
        left.mkdir()
        (left / "new.db").write_text("rest", "utf-8")
    os.utime(old, (time.time() - 90_000,) * 2)
    write_backup(store, tmp_path / "控え.db", DAY)
    assert not old.exists()
    assert new.exists()


@pytest.mark.parametrize("quick", [True, False])
def test_a_broken_store_gives_no_backup(quick: bool, tmp_path: Path) -> None:
    engine = new_file_store(tmp_path / "store.db")
    fill(engine)
    engine.dispose()
    spoil(tmp_path / "store.db")
    with pytest.raises(Damaged, match="壊れています"):
        write_backup(engine, tmp_path / "控え.db", DAY, quick=quick)
    assert not (tmp_path / "控え.db").exists()


def spoil(path: Path) -> None:
    """Every page but the first filled with rubbish, the size as it was."""
    whole = path.read_bytes()
    path.write_bytes(whole[:4096] + b"\xa5" * (len(whole) - 4096))


def test_a_reference_to_nothing_makes_no_whole_backup(tmp_path: Path) -> None:
    engine = new_file_store(tmp_path / "store.db")
    fill(engine)
    engine.dispose()
    change(tmp_path / "store.db", "PRAGMA foreign_keys = OFF", "DELETE FROM unions")
    with pytest.raises(Damaged):
        write_backup(engine, tmp_path / "控え.db", DAY)


def test_a_copy_with_fewer_rows_than_its_source_is_no_backup(
    store: sa.Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put = backup_file.is_whole

    def lossy(db: sqlite3.Connection, *, quick: bool = False) -> bool:
        db.execute("DELETE FROM changes WHERE id = 1")
        return put(db, quick=quick)

    monkeypatch.setattr("kyosai_lists.store.backup.is_whole", lossy)
    with pytest.raises(Damaged):
        write_backup(store, tmp_path / "控え.db", DAY)
    assert not (tmp_path / "控え.db").exists()


SPOILED: dict[str, tuple[Callable[[Path], object], str]] = {
    "cut off": (lambda p: p.write_bytes(p.read_bytes()[:-8192]), "壊れています"),
    "rubbish inside": (spoil, "壊れています"),
    "empty": (lambda p: p.write_bytes(b""), "控えではありません"),
    "a text": (lambda p: p.write_text("組合員番号,氏名\n" * 999, "utf-8"), "控えではありません"),
    "another program's": (lambda p: (p.unlink(), change(p, "CREATE TABLE t (a)")), "控えではありません"),
    "newer": (lambda p: change(p, "UPDATE alembic_version SET version_num = '9999'"), "新しいkyosai-lists"),
    "no revision": (lambda p: change(p, "DELETE FROM alembic_version"), "控えではありません"),
    "a column too many": (lambda p: change(p, "ALTER TABLE members ADD COLUMN more TEXT"), "控えではありません"),
    "a table gone": (lambda p: change(p, "PRAGMA foreign_keys=OFF", "DROP TABLE changes"), "控えではありません"),
    "a union gone": (lambda p: change(p, "PRAGMA foreign_keys=OFF", "DELETE FROM unions"), "壊れています"),
    "a date that is none": (lambda p: change(p, "UPDATE members SET born_on = 'never'"), "正しくない"),
}


@pytest.mark.parametrize(("spoiling", "said"), SPOILED.values(), ids=SPOILED)
def test_a_file_that_is_no_whole_backup_of_ours_is_refused_and_nothing_changes(
    spoiling: Callable[[Path], object], said: str, store: sa.Engine, kept: Path
) -> None:
    before = everything(store)
    spoiling(kept)
    with pytest.raises(StoreError, match=said):
        bring_back(kept, store)
    assert everything(store) == before
    assert [path.name for path in kept.parent.iterdir()] == ["控え.db"]


def test_the_file_itself_is_only_read(store: sa.Engine, kept: Path) -> None:
    before = kept.read_bytes()
    bring_back(kept, store)
    assert kept.read_bytes() == before
    assert list(kept.parent.iterdir()) == [kept]


def test_a_store_copied_by_hand_comes_back_with_what_stood_in_its_wal(store: sa.Engine, tmp_path: Path) -> None:
    engine = new_file_store(tmp_path / "running.db")
    fill(engine)
    (tmp_path / "stick").mkdir()
    with reading(engine):  # keeps the WAL from being emptied
        for name in ("running.db", "running.db-wal"):
            shutil.copyfile(tmp_path / name, tmp_path / "stick" / name)
    before = everything(engine)
    engine.dispose()
    bring_back(tmp_path / "stick" / "running.db", store)
    assert everything(store) == before


def test_a_backup_of_an_older_version_is_brought_up_to_date(
    store: sa.Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from alembic import command

    engine = open_engine(f"sqlite:///{(tmp_path / 'old.db').as_posix()}")
    with engine.connect() as connection, connection.begin():
        config = migrate.alembic_config()
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        connection.exec_driver_sql("INSERT INTO imports (id, taken_in_on) VALUES (7, '2025-04-01')")
        connection.exec_driver_sql(
            "INSERT INTO unions (union_code, pref, name, import_id) VALUES ('17009','17','前',7)"
        )
    engine.dispose()
    bring_back(tmp_path / "old.db", store)
    with reading(store) as connection:
        assert connection.execute(sa.select(tables.unions.c.name)).scalars().all() == ["前"]
    assert migrate.current_revision(store) == migrate.head_revision()


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return f"sqlite:///{(tmp_path / 'killed.db').as_posix()}"
    return str(request.getfixturevalue("new_database")())


def at_address(address: str) -> dict[str, list[str]]:
    engine = open_engine(address)
    try:
        with engine.connect() as connection:
            if engine.dialect.name == "sqlite":
                assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
        return everything(engine)
    finally:
        engine.dispose()


@pytest.mark.long
def test_killed_at_twenty_moments_the_store_is_the_old_or_the_new_one(address: str, kept: Path, tmp_path: Path) -> None:
    new_store = new_file_store(tmp_path / "large.db")
    fill(new_store)
    with writing(new_store) as connection:  # enough to be killed in the middle of
        connection.execute(sa.insert(tables.imports), [{"taken_in_on": DAY}] * 20_000)
    write_backup(new_store, tmp_path / "large-backup.db", DAY)
    new = everything(new_store)
    new_store.dispose()
    engine = open_engine(address)
    migrate.upgrade(engine)
    whole_time = restored_until_killed(address, tmp_path / "large-backup.db", None)
    assert at_address(address) == new
    bring_back(kept, engine)
    old, seen, rng = at_address(address), set(), Random(1)
    for _ in range(20):
        restored_until_killed(address, tmp_path / "large-backup.db", rng.uniform(0, 1.3) * whole_time)
        found = at_address(address)
        assert found in (old, new)
        seen.add(found == new)
        if found == new:
            bring_back(kept, engine)
    engine.dispose()
    assert seen == {True, False}


def restored_until_killed(address: str, path: Path, seconds: float | None) -> float:
    """How long it took from the first change; None lets it come to its end."""
    command = [sys.executable, str(PROGRAM), address, str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as program:
        assert program.stdout is not None
        assert program.stdout.readline() == "loading\n"
        start = time.monotonic()
        with contextlib.suppress(subprocess.TimeoutExpired):
            program.wait(seconds)
        program.kill()
    return time.monotonic() - start
