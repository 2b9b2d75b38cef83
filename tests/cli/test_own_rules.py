"""A file in the workspace's `queries/` adds a list or takes a built-in one's place; a wrong one is refused with its line."""

from collections.abc import Callable
from pathlib import Path

import pytest

from kyosai_lists.paths import resource_dir
from tests.cli.running import Typed, typed_into
from tests.conftest import sample_files, workspace_at

D = ("--as-of", "2026-11-01")
BUILT_IN = (resource_dir("queries") / "fire-only.sql").read_text("utf-8")


@pytest.fixture
def branch(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Callable[[str, str], Typed]:
    """`branch("id", rule text)`: a workspace with one rule of its own, ready to be typed at."""

    def make(list_id: str, text: str) -> Typed:
        workspace_at(tmp_path / "w", ()).engine.dispose()
        (tmp_path / "w" / "queries").mkdir()
        (tmp_path / "w" / "queries" / f"{list_id}.sql").write_text(text, "utf-8")
        return typed_into(tmp_path / "w", capsys, monkeypatch)

    return make


def test_a_new_file_is_a_new_list(branch: Callable[[str, str], Typed], tmp_path: Path) -> None:
    own = BUILT_IN.replace('title = "火災共済のみ加入"', 'title = "持家の火災のみ"').replace(
        "-- 在職中である", "-- 在職中である\n  AND m.dwelling = 'owned'  -- 持家である"
    )
    typed = branch("fire-only-owned", own)
    typed("import", *sample_files())
    people = {c["id"]: c["people"] for c in typed("lists", "count", *D, "--json").json()["lists"]}
    assert 0 < people["fire-only-owned"] < people["fire-only"] == 187
    exported = typed(
        "export", "--list", "fire-only-owned", *D, "--no-password", "--out", tmp_path / "o", "--json"
    ).json()
    assert exported["delivered"] == people["fire-only-owned"]


def test_a_file_of_a_built_in_name_takes_its_place(branch: Callable[[str, str], Typed]) -> None:
    typed = branch("fire-only", BUILT_IN.replace("火災共済のみ加入", "火災だけの人"))
    titles = {entry["id"]: entry["title"] for entry in typed("lists", "--json").json()}
    assert titles["fire-only"] == "火災だけの人"
    assert titles.keys() == {path.stem for path in resource_dir("queries").glob("*.sql")}


def test_and_or_mixed_without_brackets_is_refused_with_its_line(branch: Callable[[str, str], Typed]) -> None:
    mixed = BUILT_IN.replace("f.contract_key IS NOT NULL ", "f.contract_key IS NOT NULL OR m.age > 60 AND m.age < 70 ")
    answer = branch("fire-only", mixed)("lists", "show", "fire-only")
    assert answer.code == 1
    line = mixed[: mixed.index("OR m.age")].count("\n") + 1
    assert f"queries/fire-only.sql:{line}" in answer.err
    assert "OR" in answer.err


@pytest.mark.parametrize(
    "slip",
    [
        "pg_read_file('x') IS NULL",
        "load_extension('x') IS NULL",
        "EXISTS (SELECT 1 FROM members e WHERE e.member_key = m.member_key)",
    ],
)
def test_functions_and_tables_beyond_the_rules_own_are_refused(branch: Callable[[str, str], Typed], slip: str) -> None:
    answer = branch("fire-only", BUILT_IN.replace("f.contract_key IS NOT NULL ", f"{slip} "))(
        "lists", "show", "fire-only"
    )
    assert answer.code == 1
    assert "queries/fire-only.sql:" in answer.err


def test_a_column_cannot_pass_a_telephone_number_off_as_something_harmless(branch: Callable[[str, str], Typed]) -> None:
    answer = branch(
        "fire-only", BUILT_IN.replace("f.contract_key\n", "f.contract_key,\n       m.phone AS renewal_month\n")
    )("lists", "show", "fire-only")
    assert answer.code == 1
    assert "renewal_month という名前は使えません" in answer.err


def test_an_aggregate_outside_brackets_is_refused(branch: Callable[[str, str], Typed]) -> None:
    answer = branch("fire-only", BUILT_IN.replace("f.contract_key IS NOT NULL ", "COUNT(f.contract_key) > 1 "))(
        "lists", "show", "fire-only"
    )
    assert answer.code == 1
    assert "COUNT" in answer.err
