"""A store with one person, on either database, and a way to hand a query straight to the guard, past everything that reads a rule's text."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import polars as pl
import pytest
import sqlalchemy as sa

from kyosai_lists.segments.own_rules import allowed, fetch_guarded
from kyosai_lists.segments.parameters import standard_binds
from kyosai_lists.segments.rulebook import read_draft
from kyosai_lists.store import tables
from kyosai_lists.store.engine import open_engine, reading, writing
from kyosai_lists.store.guard.connect import guarded
from kyosai_lists.store.guard.role import making_sql
from kyosai_lists.store.guard.terms import Guard
from kyosai_lists.store.migrate import upgrade
from kyosai_lists.store.query import fetch
from tests.segments.rulefile import rule_file

D = date(2026, 11, 1)
ROLE = "kyosai_rules"
PERSON = {
    "member_key": "17-1", "pref": "17", "member_no": "1", "union_code": "17001", "name": "髙﨑", "address": "秘密の住所",
    "born_on": date(1990, 1, 1), "hired_on": date(2015, 4, 1), "employment": "regular", "status": "active", "import_id": 1,
}  # fmt: skip


@dataclass(frozen=True)
class GuardedStore:
    engine: sa.Engine
    guard: Guard
    folder: Path

    def within(self, seconds: float) -> "GuardedStore":
        return replace(self, guard=replace(self.guard, seconds=seconds))

    def ask(self, sql: str, **binds: str) -> list[tuple[object, ...]]:
        """Hands `sql`, which nobody looked at, straight to the guard. It gives one column.

        Raises:
            Stopped: the database let it not through.
        """
        with reading(self.engine) as connection, guarded(connection, self.guard, allowed()) as beside:
            return fetch(beside, sql, {**standard_binds(D), **binds}, {"x": pl.String()}).rows()

    def ask_in_words(self, sql: str) -> list[tuple[object, ...]]:
        """The same as an own rule's.

        Raises:
            RuleError: why it was stopped.
        """
        rule = read_draft(rule_file(self.folder), own=True).usable()
        with reading(self.engine) as connection:
            return fetch_guarded(connection, self.guard, rule, "", sql, standard_binds(D), {"x": pl.String()}).rows()

    def count(self, table: str = "members") -> int:
        with self.engine.connect() as connection:
            return int(connection.exec_driver_sql(f"SELECT COUNT(*) FROM {table}").scalar_one())


def make_role(engine: sa.Engine) -> str:
    """Runs what `store guard` prints and gives the address to enter by."""
    with engine.connect() as connection:
        text = making_sql(connection, ROLE, allowed().columns, 60)
    with engine.begin() as connection:
        connection.exec_driver_sql(text.replace("%", "%%"))
    return engine.url.set(username=ROLE).render_as_string(hide_password=False)


def filled(url: str) -> sa.Engine:
    engine = open_engine(url)
    upgrade(engine)
    with writing(engine) as connection:
        connection.execute(sa.insert(tables.imports), [{"taken_in_on": D}])
        connection.execute(
            sa.insert(tables.unions), [{"union_code": "17001", "pref": "17", "name": "市", "import_id": 1}]
        )
        connection.execute(sa.insert(tables.members), [PERSON])
    return engine


@pytest.fixture(scope="package")
def on_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GuardedStore]:
    folder = tmp_path_factory.mktemp("guard")
    engine = filled(f"sqlite:///{(folder / '台帳 #1.db').as_posix()}")
    yield GuardedStore(engine, Guard(20), folder)
    engine.dispose()


@pytest.fixture(scope="package")
def on_postgresql(new_database: Callable[[], str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[GuardedStore]:
    engine = filled(new_database())
    yield GuardedStore(engine, Guard(20, make_role(engine)), tmp_path_factory.mktemp("guard"))
    engine.dispose()


@pytest.fixture(params=["on_sqlite", "on_postgresql"])
def guarded_store(request: pytest.FixtureRequest) -> GuardedStore:
    store: GuardedStore = request.getfixturevalue(request.param)
    return store
