"""`lists new` writes a rule to begin with, and never over another one."""

from pathlib import Path

import pytest

from kyosai_lists.paths import resource_dir
from tests.cli.running import Typed, typed_into
from tests.conftest import workspace_at


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    workspace_at(tmp_path / "w", ()).engine.dispose()
    return tmp_path / "w"


@pytest.fixture
def typed(folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Typed:
    return typed_into(folder, capsys, monkeypatch)


def test_the_file_it_writes_is_a_list_that_is_right(typed: Typed, folder: Path) -> None:
    made = typed("lists", "new", "my-list", "--json")
    assert made.code == 0
    assert Path(made.json()["path"]) == (folder / "queries" / "my-list.sql").resolve()
    assert typed("lists", "check", "my-list").code == 0
    assert "my-list" in {entry["id"] for entry in typed("lists", "--json").json()}


@pytest.mark.parametrize("source", sorted(path.stem for path in resource_dir("queries").glob("*.sql")))
def test_any_built_in_list_is_a_beginning(typed: Typed, folder: Path, source: str) -> None:
    assert typed("lists", "new", "my-list", "--from", source).code == 0
    assert (folder / "queries" / "my-list.sql").read_bytes() == (resource_dir("queries") / f"{source}.sql").read_bytes()
    assert typed("lists", "check").code == 0


def test_a_file_that_is_there_is_never_written_over(typed: Typed, folder: Path) -> None:
    typed("lists", "new", "my-list")
    (folder / "queries" / "my-list.sql").write_text("私のもの", "utf-8")
    answer = typed("lists", "new", "my-list", "--from", "fire-only")
    assert answer.code == 2
    assert (folder / "queries" / "my-list.sql").read_text("utf-8") == "私のもの"


@pytest.mark.parametrize("name", ["all", "My-List", "../x", "a b", "-a", "", "火災", "con.x", "fire-only"])
def test_a_name_that_cannot_be_one_is_refused(typed: Typed, folder: Path, name: str) -> None:
    answer = typed("lists", "new", "--", name)
    assert answer.code == 2
    assert not list(folder.rglob("*.sql"))


def test_a_built_in_list_is_replaced_only_when_that_is_said(typed: Typed) -> None:
    assert "--from fire-only" in typed("lists", "new", "fire-only").err
    assert typed("lists", "new", "fire-only", "--from", "fire-only").code == 0
    assert typed("lists", "check", "--json").json()["rules"][0]["replaces"]


def test_a_source_that_is_no_list_is_refused(typed: Typed, folder: Path) -> None:
    for source in ("nowhere", "../fire-only"):
        assert typed("lists", "new", "my-list", "--from", source).code == 2
    assert not list(folder.rglob("*.sql"))
