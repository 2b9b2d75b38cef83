"""docs/rules.md says what rules may use, and its worked example is one that works."""

import re
import shutil
from pathlib import Path

import pytest

from kyosai_lists.paths import resource_dir
from kyosai_lists.usecases.workspace import Workspace
from tests.cli.running import Typed, typed_into
from tests.docs.files_table import tables_of_page
from tests.docs.rules_table import PAGE, tables

TEXT = PAGE.read_text("utf-8")
D = ("--as-of", "2026-11-01")
NAME = "car-owned-home"
(EXAMPLE,) = re.findall(r"```sql\n(.*?)```", TEXT, re.DOTALL)


@pytest.fixture
def typed(
    sqlite_branch: Workspace, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Typed:
    """At a copy of the sample branch."""
    shutil.copytree(sqlite_branch.folder, tmp_path / "w")
    return typed_into(tmp_path / "w", capsys, monkeypatch)


def written(folder: Path, text: str) -> Path:
    path = folder / "w" / "queries" / f"{NAME}.sql"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, "utf-8")
    return path


@pytest.mark.parametrize("name", tables())
def test_each_table_says_what_the_code_has(name: str) -> None:
    assert tables_of_page(TEXT).get(name) == tables()[name], "python -m tests.docs.rules_table"


def test_there_is_no_table_of_something_that_is_not_there() -> None:
    assert tables_of_page(TEXT).keys() == tables().keys()


def test_the_example_works_and_finds_who_it_says(typed: Typed, tmp_path: Path) -> None:
    typed("lists", "new", NAME)
    written(tmp_path, EXAMPLE)
    (rule,) = typed("lists", "check", NAME, *D, "--json").json()["rules"]
    assert rule["findings"] == []
    assert rule["people"] > 0
    shown = typed("lists", "show", NAME, *D, "--json").json()
    assert [step["text"] for step in shown["funnel"]] == [
        "在職中である",
        "持家である",
        "40歳以下である",
        "マイカー共済に加入している",
        "火災共済に加入していない(申込中を含む)",
    ]
    assert typed("export", "--list", NAME, *D, "--no-password", "--out", tmp_path / "o").code in (0, 4)


def test_the_mistakes_it_shows_are_told_as_it_says(typed: Typed, tmp_path: Path) -> None:
    slipped = EXAMPLE.replace("m.dwelling = ", "m.dweling = ").replace("-- {max_age}歳以下である", "")
    written(tmp_path, slipped)
    said = "\n".join(line.rstrip() for line in typed("lists", "check", NAME, *D).out.splitlines())
    assert f"```\n{said}\n```" in TEXT


def test_every_list_that_comes_with_the_product_uses_only_keys_that_the_page_names() -> None:
    named = set(re.findall(r"^\| `(\w+)` \|", tables()["keys"] + tables()["keys-of-unions"], re.MULTILINE))
    for path in resource_dir("queries").glob("*.sql"):
        front = path.read_text("utf-8").split("---*/")[0]
        assert set(re.findall(r"^(\w+) =", front.split("\n[")[0], re.MULTILINE)) <= named
