"""ledger and its commands as they are typed; what a restored backup no longer knows is said loudly."""

from pathlib import Path

import pytest

from kyosai_lists.usecases.workspace import Workspace
from tests.cli.running import Answer, Typed, typed_into

TWO = ("--union", "17001", "--union", "17002", "--as-of", "2026-11-01", "--no-password")


@pytest.fixture
def typed(own_branch: Workspace, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Typed:
    return typed_into(own_branch.folder, capsys, monkeypatch)


def exported(typed: Typed) -> Answer:
    answer = typed("export", *TWO, "--json")
    assert answer.code == 0
    return answer


def newest(typed: Typed) -> str:
    return str(typed("ledger", "--json").json()["runs"][0]["run"])


def test_an_export_answers_with_its_entry_and_the_overview_names_it(typed: Typed) -> None:
    answer = exported(typed).json()
    told = typed("ledger", "--json").json()
    assert told["head"] == answer["ledger"]
    assert told["runs"][0]["run"] == answer["run"]
    assert (told["runs"][0]["books"], told["runs"][0]["placed_on"] is None) == (2, False)
    shown = typed("ledger")
    assert answer["run"] in shown.out
    assert answer["ledger"]["hash"][:8] in shown.out


def test_a_run_is_shown_with_its_unions_lists_and_numbers(typed: Typed) -> None:
    run_id = exported(typed).json()["run"]
    told = typed("ledger", "show", run_id, "--json").json()
    assert [book["union_code"] for book in told["run"]["books"]] == ["17001", "17002"]
    assert told["run"]["header"]["purpose"]
    shown = typed("ledger", "show", run_id)
    assert shown.code == 0
    assert "金沢市職員労働組合" in shown.out
    assert "若年層とみなす上限の年齢" in shown.out
    assert typed("ledger", "show", "261101-AAAAA").code == 2


def test_verify_is_0_when_whole_and_1_when_not_and_says_where(typed: Typed, own_branch: Workspace) -> None:
    answer = exported(typed).json()
    head = answer["ledger"]["hash"]
    assert typed("ledger", "verify").code == 0
    assert typed("ledger", "verify", "--head", f"{head[:8]}-{head[8:16]}", "--json").json()["whole"] is True
    assert typed("ledger", "verify", "--head", "0" * 64).code == 1
    assert typed("ledger", "verify", "--head", "短い").code == 2
    book = Path(answer["out"]) / answer["workbooks"][0]["path"]
    book.write_bytes(b"other")
    wrong = typed("ledger", "verify")
    assert wrong.code == 1
    assert str(book) in wrong.out
    assert typed("ledger", "verify", "--json").json()["problems"][0]["kind"] == "file"


def test_a_reprint_is_told_and_asks_how_it_is_sealed_if_it_was(typed: Typed, tmp_path: Path) -> None:
    run_id = exported(typed).json()["run"]
    told = typed("ledger", "reprint", run_id, "--json").json()
    assert (told["books"], told["sealed"], told["changed"]) == (2, False, [])
    (tmp_path / "p.txt").write_text("ひみつ42", "utf-8")
    typed("export", *TWO[:-1], "--password-file", tmp_path / "p.txt")
    sealed = newest(typed)
    assert typed("ledger", "reprint", sealed).code == 2
    again = typed("ledger", "reprint", sealed, "--password-file", tmp_path / "p.txt", "--out", tmp_path / "again")
    assert again.code == 0
    assert "パスワード付き" in again.out
    assert "ひみつ42" not in again.out + again.err


def test_a_person_s_lists_are_told_by_number(typed: Typed) -> None:
    run_id = exported(typed).json()["run"]
    number = next(str(one["member_no"]) for one in typed("person", "17-00000090", "--json").json()["people"])
    told = typed("ledger", "person", f"17-{number}", "--json").json()
    of_person = typed("person", f"17-{number}", "--json").json()["person"]["handed_out"]
    assert told["handed_out"] == of_person
    assert {one["run"] for one in of_person} <= {run_id}
    assert typed("ledger", "person", "99999999").code == 2


def test_a_restored_backup_says_which_runs_it_does_not_know(
    typed: Typed, own_branch: Workspace, tmp_path: Path
) -> None:
    typed("store", "backup", tmp_path / "控え.db")
    run_id = exported(typed).json()["run"]
    asked = typed("store", "restore", tmp_path / "控え.db")
    assert asked.code == 2
    assert "控えより新しい名簿の記録が1回分" in asked.err
    done = typed("store", "restore", tmp_path / "控え.db", "--yes")
    assert done.code == 4
    assert run_id in done.out
    verdict = typed("ledger", "verify")  # its folder still stands
    assert verdict.code == 1
    assert run_id in verdict.out


def test_a_restored_backup_that_knows_every_run_says_nothing_of_them(typed: Typed, tmp_path: Path) -> None:
    exported(typed)
    typed("store", "backup", tmp_path / "控え.db")
    done = typed("store", "restore", tmp_path / "控え.db", "--yes", "--json")
    assert (done.code, done.json()["lost_runs"]) == (0, [])
    assert typed("ledger", "verify").code == 0
