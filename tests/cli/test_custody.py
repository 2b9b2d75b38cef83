"""custody and its commands as they are typed."""

from pathlib import Path

import pytest
import sqlalchemy as sa

from kyosai_lists.store.engine import writing
from kyosai_lists.store.ledger_tables import run_books
from kyosai_lists.usecases.custody import deliver as delivering
from kyosai_lists.usecases.workspace import Workspace
from tests.cli.running import Typed, typed_into

TWO = ("--union", "17001", "--union", "17002", "--as-of", "2026-11-01", "--no-password")


@pytest.fixture
def typed(own_branch: Workspace, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Typed:
    return typed_into(own_branch.folder, capsys, monkeypatch)


def test_what_came_back_is_recorded_and_what_did_not_is_overdue(typed: Typed) -> None:
    run_id = typed("export", *TWO, "--json").json()["run"]
    words = ("custody", "record", run_id, "--union", "17001", "--event", "returned", "--by", "山本")
    assert typed(*words).code == 0
    again = typed(*words, "--json")
    assert (again.code, again.json()["entered"], again.json()["already"]) == (0, [], ["17001"])
    late = typed("custody", "--today", "2099-01-01")
    assert "17002" in late.out
    assert "期限切れ" in late.out
    assert "17001 金沢" not in late.out
    told = typed("custody", "--all", "--today", "2099-01-01", "--json").json()
    assert (told["out"], told["overdue"], told["done"]) == (1, 1, 1)
    assert [(one["union"], one["state"], one["overdue"]) for one in told["files"]] == [
        ("17002", "issued", True), ("17001", "returned", False),
    ]  # fmt: skip
    assert "返却" in typed("ledger", "show", run_id).out
    assert typed("ledger", "verify").code == 0


def test_a_wrong_order_and_a_wrong_word_are_wrong_usage(typed: Typed) -> None:
    run_id = typed("export", *TWO, "--json").json()["run"]
    typed("custody", "record", run_id, "--event", "destroyed", "--by", "山本")
    refused = typed("custody", "record", run_id, "--event", "returned", "--by", "山本")
    assert refused.code == 2
    assert "taken-back" in refused.err
    assert typed("custody", "record", run_id, "--event", "lost", "--by", "山本").code == 2
    assert typed("custody", "record", run_id, "--event", "returned").code == 2


def test_a_mistyped_run_or_union_is_wrong_usage_and_does_not_read_as_if_everything_came_back(typed: Typed) -> None:
    run_id = typed("export", *TWO, "--json").json()["run"]
    for words in (("--run", "NOPE"), ("--union", "99999"), ("--union", "17001", "--union", "99999")):
        refused = typed("custody", *words)
        assert (refused.code, refused.out, words[-1] in refused.err) == (2, "", True), refused.err
    for words in (("--union", "17003"), ("--run", run_id, "--union", "17003")):  # it has nothing
        answer = typed("custody", *words)
        assert (answer.code, "渡したままの名簿 0冊" in answer.out) == (0, True)


def test_a_union_that_is_stored_no_more_still_has_what_it_was_handed(typed: Typed, own_branch: Workspace) -> None:
    typed("export", *TWO)
    with writing(own_branch.engine) as connection:
        connection.execute(sa.update(run_books).where(run_books.c.union_code == "17001").values(union_code="17998"))
    assert typed("custody", "--union", "17998", "--json").json()["out"] == 1


def test_an_export_is_delivered_and_when_the_drive_is_gone_it_stands_and_is_completed_later(
    typed: Typed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(*_: object) -> None:
        raise OSError(5, "the drive is gone")

    with monkeypatch.context() as patch:
        patch.setattr(delivering, "copy_whole", gone)
        answer = typed("export", *TWO, "--deliver", tmp_path / "drive", "--json")
    assert answer.code == 4
    told = answer.json()
    assert told["delivered_to"]["failed"] == ["17001", "17002"]
    assert len(list(Path(told["out"]).rglob("1700*.xlsx"))) == 2
    assert typed("deliver", told["run"], tmp_path / "drive").code == 0
    assert len(list((tmp_path / "drive").rglob("*.xlsx"))) == 2
    assert "共有フォルダー" in typed("custody", "--today", "2026-11-02").out


def test_that_a_new_folder_was_made_for_a_delivery_is_said_in_one_line(typed: Typed, tmp_path: Path) -> None:
    run_id = typed("export", *TWO, "--json").json()["run"]
    for folder in (tmp_path / "一", tmp_path / "二"):
        assert f"新しいフォルダーを作りました: {folder.resolve()}" in typed("deliver", run_id, folder).out.splitlines()
        assert "新しい" not in typed("deliver", run_id, folder).out
    third = typed("export", *TWO, "--deliver", tmp_path / "三", "--json").json()["delivered_to"]
    assert third["made_folder"] == str((tmp_path / "三").resolve())
    refused = typed("deliver", run_id, tmp_path / "ない" / "名簿")
    assert (refused.code, "打ち間違い" in refused.err) == (2, True)
