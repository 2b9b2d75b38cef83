"""On a PostgreSQL store a branch's own rules run as a role of their own, which `store guard` says how to make; else not at all."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from kyosai_lists.config import RULES_STORE_VARIABLE
from kyosai_lists.paths import resource_dir
from kyosai_lists.usecases.importing.import_files import import_files
from kyosai_lists.usecases.workspace import Workspace
from tests.cli.running import Typed, typed_into
from tests.conftest import AS_OF, sample_files, workspace_at

D = ("--as-of", "2026-11-01")
ROLE = "rules_of_this_test"
BUILT_IN = resource_dir("queries") / "fire-only.sql"
UNIONS = resource_dir("queries") / "union-low-enrolment.sql"


@pytest.fixture(scope="module")
def branch(new_database: Callable[[], str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Workspace]:
    workspace = workspace_at(tmp_path_factory.mktemp("server") / "w", (), new_database())
    import_files(workspace, sample_files(), today=AS_OF)
    queries = workspace.folder / "queries"
    queries.mkdir()
    (queries / "own.sql").write_bytes(BUILT_IN.read_bytes())
    (queries / "own-unions.sql").write_bytes(UNIONS.read_bytes())
    yield workspace
    workspace.engine.dispose()


@pytest.fixture
def typed(branch: Workspace, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Typed:
    return typed_into(branch.folder, capsys, monkeypatch)


def run_as_administrator(branch: Workspace, sql: str) -> str:
    """The address by which the role enters."""
    with branch.engine.begin() as connection:
        for statement in sql.splitlines():
            connection.exec_driver_sql(statement)
    return branch.engine.url.set(username=ROLE).render_as_string(hide_password=False)


def test_without_a_role_own_rules_are_refused_in_words_and_the_others_go_on(typed: Typed, tmp_path: Path) -> None:
    answer = typed("lists", "count", "own", *D)
    assert answer.code == 1
    assert "その設定がありません" in answer.err
    assert "store guard" in answer.err
    every = typed("lists", "count", *D, "--json")
    assert every.code == 4
    assert {"own", "own-unions"}.isdisjoint({entry["id"] for entry in every.json()["lists"]})
    assert typed("lists", "check", *D).code == 1
    asked = typed("store", "guard", "--json")
    assert (asked.code, asked.json()["ready"]) == (4, False)


def test_what_store_guard_prints_makes_a_role_as_which_own_rules_find_the_same_people(
    typed: Typed, branch: Workspace, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    printed = typed("store", "guard", "--role", ROLE)
    assert "rules_url" in printed.err
    monkeypatch.setenv(RULES_STORE_VARIABLE, run_as_administrator(branch, printed.out))
    run_as_administrator(branch, printed.out)  # as often as needed
    assert typed("store", "guard", "--role", ROLE, "--json").json()["ready"]
    counted = {entry["id"]: entry for entry in typed("lists", "count", *D, "--json").json()["lists"]}
    assert counted["own"]["unions"] == counted["fire-only"]["unions"]
    assert counted["own-unions"]["unions"] == counted["union-low-enrolment"]["unions"]
    assert typed("lists", "check", *D).code == 0
    for list_id in ("own", "fire-only"):
        shown = typed("lists", "show", list_id, *D, "--json").json()
        told = typed("lists", "explain", list_id, "00000118", *D, "--json").json()
        if list_id == "own":
            first = (shown["funnel"], shown["people"], told["conditions"], told["from"])
    assert first == (shown["funnel"], shown["people"], told["conditions"], told["from"])
    exported = typed("export", "--list", "own", *D, "--no-password", "--out", tmp_path / "o", "--json").json()
    assert exported["delivered"] == counted["own"]["people"] == 187


def test_comparing_text_with_a_number_is_told_with_its_line(
    typed: Typed, branch: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQLite does not mind, so that only trying it on the server finds it."""
    monkeypatch.setenv(RULES_STORE_VARIABLE, run_as_administrator(branch, typed("store", "guard", "--role", ROLE).out))
    path = branch.folder / "draft.sql"
    path.write_text(
        BUILT_IN.read_text("utf-8").replace("f.contract_key IS NOT NULL", "(f.contract_key || '') > 3"), "utf-8"
    )
    (rule,) = typed("lists", "check", path, *D, "--json").json()["rules"]
    (finding,) = rule["findings"]
    assert "種類の違う値" in finding["what"]
    assert finding["line"] == 15


@pytest.mark.parametrize("role", ["pg_monitor", "a b", 'x"; DROP', "", "Ａ"])
def test_a_name_that_no_role_can_have_is_refused(typed: Typed, role: str) -> None:
    assert typed("store", "guard", "--role", role).code == 2


def test_sqlite_needs_no_role(typed_at_empty: Typed) -> None:
    answer = typed_at_empty("store", "guard", "--json")
    assert (answer.code, answer.json()) == (0, {"sql": "", "ready": True, "problem": None})


def test_the_role_is_not_the_owners_even_in_a_session_that_a_rule_changed(branch: Workspace) -> None:
    engine = sa.create_engine(branch.engine.url.set(username=ROLE), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for attempt in ("RESET ROLE", "RESET SESSION AUTHORIZATION", "SET default_transaction_read_only = off"):
            connection.exec_driver_sql(attempt)
        for denied in (
            "DELETE FROM members",
            "SELECT address FROM members",
            "SET ROLE postgres",
            "CREATE TABLE x (y int)",
        ):
            with pytest.raises(sa.exc.DBAPIError):
                connection.exec_driver_sql(denied)
    engine.dispose()
