"""`lists check` tells everything wrong with every own rule; a wrong one leaves the other lists usable and is told loudly."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kyosai_lists.paths import resource_dir
from kyosai_lists.usecases.importing.import_files import import_files
from tests.cli.running import Answer, Typed, typed_into
from tests.conftest import AS_OF, sample_files, workspace_at

D = ("--as-of", "2026-11-01")
BUILT_IN = (resource_dir("queries") / "fire-only.sql").read_text("utf-8")
WRONG = BUILT_IN.replace("m.status IN", "m.statsu IN").replace("-- 火災共済に加入している", "")
ENDLESS = BUILT_IN.replace(
    "f.contract_key IS NOT NULL ",
    "(SELECT COUNT(*) FROM held a, held b, held c, held d WHERE a.label <> b.label AND c.label <> d.label) > 0 ",
)
MEMBER = "00000118"


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace with the sample branch, whose rules each test puts there anew."""
    workspace = workspace_at(tmp_path_factory.mktemp("rules") / "w", ())
    import_files(workspace, sample_files(), today=AS_OF)
    workspace.engine.dispose()
    with (workspace.folder / "kyosai.toml").open("a", encoding="utf-8") as config:
        config.write("[rules]\nseconds = 0.5\n")
    return workspace.folder


@pytest.fixture
def with_rules(
    filled: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Callable[..., Typed]:
    """`with_rules(own="…", other="…")`: exactly these files in `queries/` (`_` in a name is a hyphen)."""

    def make(**rules: str) -> Typed:
        queries = filled / "queries"
        queries.mkdir(exist_ok=True)
        for old in queries.iterdir():
            old.unlink()
        for name, text in rules.items():
            (queries / f"{name.replace('_', '-')}.sql").write_text(text, "utf-8")
        return typed_into(filled, capsys, monkeypatch)

    return make


def checked(typed: Typed, *names: str | Path) -> tuple[int, dict[str, Any]]:
    answer = typed("lists", "check", *names, *D, "--json")
    return answer.code, {rule["id"]: rule for rule in answer.json()["rules"]}


def test_a_right_rule_is_said_to_be_right_and_how_many_it_finds(with_rules: Callable[..., Typed]) -> None:
    typed = with_rules(own=BUILT_IN, fire_only=BUILT_IN)
    code, rules = checked(typed)
    assert code == 0
    assert [(rules[r]["ok"], rules[r]["people"], rules[r]["replaces"]) for r in ("own", "fire-only")] == [
        (True, 187, False),
        (True, 187, True),
    ]
    assert "187" in typed("lists", "check", *D).out


def test_everything_wrong_with_every_rule_is_told_in_one_go(with_rules: Callable[..., Typed]) -> None:
    typed = with_rules(own=WRONG, other=BUILT_IN.replace('offers = "natural_disaster"\n', ""), good=BUILT_IN)
    code, rules = checked(typed)
    assert code == 1
    lines = WRONG.splitlines()
    at = [n for n, line in enumerate(lines, 1) if "statsu" in line or "f.contract_key IS NOT NULL" in line]
    assert [finding["line"] for finding in rules["own"]["findings"]] == at
    assert rules["own"]["findings"][0]["todo"].startswith("m.status ではありませんか。")
    assert [finding["what"] for finding in rules["other"]["findings"]] == ["先頭の説明に offers がありません。"]
    assert rules["good"]["ok"]
    said = typed("lists", "check", *D).out
    assert f"{at[0]}行目: m.statsu という列はありません。" in said


def test_only_what_is_named_is_checked_a_file_elsewhere_too(with_rules: Callable[..., Typed], tmp_path: Path) -> None:
    elsewhere = tmp_path / "下書き.sql"
    elsewhere.write_text(WRONG, "utf-8")
    typed = with_rules(own=BUILT_IN, other=WRONG)
    assert checked(typed, "own") == (0, checked(typed, "own")[1])
    code, rules = checked(typed, "own", elsewhere)
    assert (code, rules.keys()) == (1, {"own", "下書き"})
    assert checked(typed, "disaster-standard")[0] == 0
    assert typed("lists", "check", "nowhere", *D).code == 2


def test_a_name_that_windows_lengthened_is_told(with_rules: Callable[..., Typed], filled: Path) -> None:
    typed = with_rules()
    (filled / "queries" / "own.sql.txt").write_text(BUILT_IN, "utf-8")
    code, rules = checked(typed)
    assert code == 1
    assert "読まれません" in rules["own.sql"]["findings"][0]["what"]


def test_no_rule_of_its_own_is_nothing_wrong(with_rules: Callable[..., Typed]) -> None:
    answer = with_rules()("lists", "check", *D)
    assert answer.code == 0
    assert "lists new" in answer.out


def test_a_rule_that_never_ends_is_found_by_trying_it_with_its_condition(with_rules: Callable[..., Typed]) -> None:
    code, rules = checked(with_rules(own=ENDLESS))
    assert code == 1
    (finding,) = rules["own"]["findings"]
    assert "0.5秒たっても終わらない" in finding["what"]
    assert finding["line"] == next(n for n, line in enumerate(ENDLESS.splitlines(), 1) if "COUNT(*)" in line)


@pytest.mark.parametrize("text", [WRONG, ENDLESS], ids=["wrong", "endless"])
def test_a_list_that_cannot_be_used_is_left_out_of_all_and_told_loudly(
    with_rules: Callable[..., Typed], text: str
) -> None:
    typed = with_rules(own=text, good=BUILT_IN)
    for command in (("lists", "count", *D), ("lists", "explain", "all", MEMBER, *D), ("person", MEMBER, *D)):
        answer = typed(*command, "--json")
        assert answer.code == 4, command
        assert "queries/own.sql" in answer.err
        assert "good" in answer.out
        assert '"own"' not in answer.out
        answer.json()


def test_the_overview_names_a_wrong_file(with_rules: Callable[..., Typed]) -> None:
    answer = with_rules(own=WRONG)("lists", "--json")
    assert answer.code == 4
    assert "queries/own.sql:" in answer.err
    assert {"fire-only", "union-model"} <= {entry["id"] for entry in answer.json()}


def test_a_list_that_is_not_wrong_is_exported_as_ever(with_rules: Callable[..., Typed], tmp_path: Path) -> None:
    typed = with_rules(own=WRONG, other=ENDLESS)
    answer = typed("export", "--list", "fire-only", *D, "--no-password", "--out", tmp_path / "o", "--json")
    assert answer.json()["delivered"] == 187


@pytest.mark.parametrize("text", [WRONG, ENDLESS], ids=["wrong", "endless"])
def test_an_export_of_all_lists_is_never_one_of_all_but_one(
    with_rules: Callable[..., Typed], tmp_path: Path, text: str
) -> None:
    answer = with_rules(own=text)("export", "--list", "all", *D, "--no-password", "--out", tmp_path / "o")
    assert answer.code == 1
    assert "queries/own.sql" in answer.err
    assert not (tmp_path / "o").exists()


def test_a_wrong_list_is_compared_with_nothing_and_another_own_one_is(with_rules: Callable[..., Typed]) -> None:
    typed = with_rules(own=WRONG, good=BUILT_IN)
    between = ("--from", "2026-04-01", "--to", "2026-11-01", "--json")
    assert typed("lists", "diff", "own", *between).code == 1
    own, built_in = (typed("lists", "diff", list_id, *between).json() for list_id in ("good", "fire-only"))
    assert {**own, "list": ""} == {**built_in, "list": ""}


@pytest.mark.parametrize("text", [WRONG, ENDLESS], ids=["wrong", "endless"])
def test_a_wrong_override_is_refused_and_the_built_in_list_never_comes_instead(
    with_rules: Callable[..., Typed], tmp_path: Path, text: str
) -> None:
    typed = with_rules(fire_only=text)

    def refused(answer: Answer) -> None:
        assert answer.code == 1
        assert "queries/fire-only.sql" in answer.err
        assert not answer.out

    refused(typed("lists", "count", "fire-only", *D, "--json"))
    refused(typed("lists", "show", "fire-only", *D, "--json"))
    refused(typed("lists", "explain", "fire-only", MEMBER, *D, "--json"))
    refused(typed("export", "--list", "fire-only", *D, "--no-password", "--out", tmp_path / "o", "--json"))
    refused(typed("export", *D, "--no-password", "--out", tmp_path / "o", "--json"))
    assert not (tmp_path / "o").exists()


def test_a_list_of_unions_that_counts_people_of_a_wrong_list_is_wrong_with_it(with_rules: Callable[..., Typed]) -> None:
    typed = with_rules(young_unenrolled=WRONG)
    answer = typed("lists", "count", *D, "--json")
    assert answer.code == 4
    counted = {entry["id"] for entry in answer.json()["lists"]}
    assert "union-model" not in counted
    assert "union-low-enrolment" in counted
    assert typed("lists", "count", "union-model", *D).code == 1
