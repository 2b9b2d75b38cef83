"""purge as it is typed: looked at first, asked about, and never half silent."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from kyosai_lists.store.engine import writing
from kyosai_lists.usecases.workspace import Workspace
from tests.cli.running import Typed, typed_into

ONE = ("--union", "17001", "--as-of", "2026-11-01", "--no-password")


@pytest.fixture
def typed(own_branch: Workspace, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Typed:
    return typed_into(own_branch.folder, capsys, monkeypatch)


def grown_old(branch: Workspace) -> None:
    """Its row says so; the entry, which a purge does not go by, would not hold any more."""
    with writing(branch.engine) as connection:
        connection.execute(sa.text("UPDATE runs SET as_of = '2001-11-01'"))
        connection.execute(sa.text("UPDATE ledger_entries SET made_at = '2001-11-01T00:00:00Z'"))


def test_nothing_is_due_and_nothing_is_asked(typed: Typed) -> None:
    typed("export", *ONE)
    answer = typed("purge")
    assert answer.code == 0
    assert "過ぎた名簿はありません" in answer.out


def test_what_is_due_is_shown_and_goes_only_when_it_was_said(typed: Typed, own_branch: Workspace) -> None:
    out = typed("export", *ONE, "--json").json()["out"]
    grown_old(own_branch)
    assert typed("purge", "--dry-run", "--json").json()["due"][0]["folders"] == [out]
    asked = typed("purge")
    assert asked.code == 2
    assert "--yes" in asked.err
    assert "261101-" in asked.out
    assert typed("purge", "--dry-run", "--json").json()["due"]
    done = typed("purge", "--yes", "--json")
    assert done.code == 0
    assert done.json()["ledger"]["entry"] == 2
    assert typed("purge", "--yes").code == 0


def test_a_folder_with_somebody_s_own_file_is_told_of_and_the_run_is_said_to_be_gone_once(
    typed: Typed, own_branch: Workspace
) -> None:
    out = typed("export", *ONE, "--json").json()["out"]
    (Path(out) / "手紙.txt").write_text("mine")
    grown_old(own_branch)
    said = [typed("purge", "--yes") for _ in range(2)]
    assert [answer.code for answer in said] == [4, 4]
    assert ["消しました" in answer.out for answer in said] == [True, False]
    assert ["台帳に記録" in answer.out for answer in said] == [True, False]
    for answer in said:
        assert f"(ほかのファイル 1個): {out}" in answer.out
    assert typed("purge", "--yes", "--json").json()["other_files"] == 1
