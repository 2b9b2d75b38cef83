"""One database of each kind for all of a module's worlds: rows are replaced, tables stay."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from kyosai_lists.store.engine import open_engine
from kyosai_lists.store.migrate import upgrade


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[sa.Engine]:
    if request.param == "sqlite":
        yield from _opened(sqlite_url(tmp_path_factory.mktemp("store")))
    else:
        yield from _postgres_store(request.getfixturevalue("postgres_server"))


@pytest.fixture(scope="module")
def sqlite_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sa.Engine]:
    yield from _opened(sqlite_url(tmp_path_factory.mktemp("store")))


def sqlite_url(folder: Path) -> str:
    return f"sqlite:///{(folder / 'store.db').as_posix()}"


def _postgres_store(server: str) -> Iterator[sa.Engine]:
    admin = sa.create_engine(server, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.exec_driver_sql("CREATE DATABASE rules")
    yield from _opened(sa.make_url(server).set(database="rules").render_as_string(hide_password=False))
    with admin.connect() as connection:
        connection.exec_driver_sql("DROP DATABASE rules WITH (FORCE)")
    admin.dispose()


def _opened(url: str) -> Iterator[sa.Engine]:
    engine = open_engine(url)
    upgrade(engine)
    yield engine
    engine.dispose()
