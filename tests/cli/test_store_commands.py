"""store backup, store restore, and the automatic backup before each import, as a clerk meets them."""

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from kyosai_lists.errors import StoreError
from kyosai_lists.store.engine import writing
from kyosai_lists.usecases import keep_store
from kyosai_lists.usecases.workspace import Workspace
from tests.cli.running import Typed, typed_into
from tests.conftest import workspace_at
from tests.store.filled import ROWS, everything, fill, in_file

DAY = date(2026, 11, 23)
ON = ("--today", "2026-11-23")
New = Callable[..., Workspace]


@pytest.fixture
def branch(new_workspace: New) -> Workspace:
    """石川県 on either database, with something in every table."""
    made = new_workspace("17")
    fill(made.engine)
    return made


@pytest.fixture
def here(branch: Workspace, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Typed:
    return typed_into(branch.folder, capsys, monkeypatch)


@pytest.fixture
def file_branch(tmp_path: Path) -> Workspace:
    """The same on SQLite."""
    made = workspace_at(tmp_path / "w", ("17",))
    fill(made.engine)
    made.engine.dispose()
    return made


@pytest.fixture
def at_file(file_branch: Workspace, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Typed:
    return typed_into(file_branch.folder, capsys, monkeypatch)


def names(workspace: Workspace) -> list[str]:
    return sorted(path.name for path in (workspace.folder / "backup").iterdir())


def lose_somebody(workspace: Workspace) -> None:
    with writing(workspace.engine) as connection:
        connection.exec_driver_sql("DELETE FROM contracts")


def test_backup_says_where_the_file_is_and_what_it_holds(branch: Workspace, here: Typed) -> None:
    answer = here("store", "backup", *ON)
    assert answer.code == 0
    for said in ("20261123_控え.db", f"組合員 {ROWS}人", f"契約 {ROWS}件", "2026-11-23"):
        assert said in answer.out
    assert in_file(branch.folder / "backup" / "20261123_控え.db") == everything(branch.engine)


def test_backup_answers_a_program(branch: Workspace, here: Typed) -> None:
    document = here("store", "backup", *ON, "--json").json()
    assert Path(document["path"]) == (branch.folder / "backup" / "20261123_控え.db").resolve()
    assert (document["people"], document["contracts"], document["made_on"]) == (ROWS, ROWS, "2026-11-23")


def test_a_second_backup_of_a_day_has_a_name_of_its_own(branch: Workspace, here: Typed) -> None:
    for _ in range(2):
        assert here("store", "backup", *ON).code == 0
    assert names(branch) == ["20261123_控え.db", "20261123_控え_2.db"]


def test_a_file_that_is_there_is_never_overwritten(here: Typed, tmp_path: Path) -> None:
    (tmp_path / "大事.db").write_text("大事", "utf-8")
    answer = here("store", "backup", tmp_path / "大事.db")
    assert answer.code == 2
    assert "そのファイルは前のままです。" in answer.err
    assert (tmp_path / "大事.db").read_text("utf-8") == "大事"


def test_a_folder_to_put_the_backup_in_will_do(here: Typed, tmp_path: Path) -> None:
    (tmp_path / "USB").mkdir()
    assert here("store", "backup", tmp_path / "USB", *ON).code == 0
    assert [path.name for path in (tmp_path / "USB").iterdir()] == ["20261123_控え.db"]


def test_restore_brings_the_data_back_and_keeps_what_was_there(branch: Workspace, here: Typed, tmp_path: Path) -> None:
    whole = everything(branch.engine)
    assert here("store", "backup", tmp_path / "控え.db", *ON).code == 0
    lose_somebody(branch)
    without = everything(branch.engine)
    document = here("store", "restore", tmp_path / "控え.db", "--yes", "--today", "2026-12-01", "--json").json()
    assert everything(branch.engine) == whole
    assert (document["people"], document["contracts"], document["made_on"]) == (ROWS, ROWS, "2026-11-23")
    assert (document["before"]["contracts"], Path(document["before"]["path"]).name) == (0, "20261201_戻す前.db")
    assert in_file(branch.folder / "backup" / "20261201_戻す前.db") == without
    assert names(branch) == ["20261201_戻す前.db"]


def test_restore_says_what_it_did(here: Typed, tmp_path: Path) -> None:
    here("store", "backup", tmp_path / "控え.db", *ON)
    answer = here("store", "restore", tmp_path / "控え.db", "--yes", *ON)
    assert answer.code == 0
    for said in ("控え.db", f"組合員 {ROWS}人", "控えの日付 2026-11-23", "20261123_戻す前.db"):
        assert said in answer.out


def test_without_yes_restore_says_what_would_be_replaced_and_does_nothing(
    branch: Workspace, here: Typed, tmp_path: Path
) -> None:
    here("store", "backup", tmp_path / "控え.db", *ON)
    lose_somebody(branch)
    before = everything(branch.engine)
    answer = here("store", "restore", tmp_path / "控え.db", *ON)
    assert answer.code == 2
    for said in ("契約 0件", f"契約 {ROWS}件", "最後の取り込み", "--yes", "データは前のままです。"):
        assert said in answer.err
    assert everything(branch.engine) == before
    assert names(branch) == []


def test_a_file_that_is_not_there_or_no_backup_is_said(branch: Workspace, here: Typed, tmp_path: Path) -> None:
    before = everything(branch.engine)
    (tmp_path / "名簿.csv").write_text("組合員番号\n", "utf-8")
    assert here("store", "restore", tmp_path / "ない.db", "--yes").code == 2
    answer = here("store", "restore", tmp_path / "名簿.csv", "--yes")
    assert answer.code == 1
    assert len(answer.err.splitlines()) == 3
    assert everything(branch.engine) == before


@pytest.mark.parametrize("table", ["unions", "members"])
def test_a_branch_takes_no_backup_of_another_prefecture(
    table: str, branch: Workspace, here: Typed, tmp_path: Path
) -> None:
    here("store", "backup", tmp_path / "控え.db", *ON)
    with closing(sqlite3.connect(tmp_path / "控え.db", isolation_level=None)) as db:
        db.execute(f"UPDATE {table} SET pref = '16'")
    before = everything(branch.engine)
    answer = here("store", "restore", tmp_path / "控え.db", "--yes")
    assert answer.code == 1
    assert "16" in answer.err
    assert everything(branch.engine) == before


def test_a_workspace_of_no_prefecture_takes_any(new_workspace: New, tmp_path: Path) -> None:
    origin, nation = new_workspace("17"), new_workspace()
    fill(origin.engine)
    keep_store.back_up(origin, tmp_path / "控え.db", DAY)
    keep_store.restore(nation.folder, tmp_path / "控え.db", DAY, yes=True)
    assert everything(nation.engine) == everything(origin.engine)


def test_the_store_in_use_is_not_its_own_backup(file_branch: Workspace, at_file: Typed) -> None:
    answer = at_file("store", "restore", file_branch.folder / "kyosai.db", "--yes")
    assert answer.code == 2
    assert "今使っているデータ" in answer.err


@pytest.mark.parametrize("loss", ["gone", "rubbish inside", "no database"])
def test_a_store_that_is_broken_or_gone_comes_back_and_the_broken_file_is_kept(
    loss: str, file_branch: Workspace, at_file: Typed, tmp_path: Path
) -> None:
    at_file("store", "backup", tmp_path / "控え.db", *ON)
    file = file_branch.folder / "kyosai.db"
    whole = file.read_bytes()
    rubbish = {"rubbish inside": whole[:4096] + b"\xa5" * (len(whole) - 4096), "no database": b"\xa5" * 9000}
    file.unlink() if loss == "gone" else file.write_bytes(rubbish[loss])
    answer = at_file("store", "restore", tmp_path / "控え.db", *ON)
    assert answer.code == 2
    assert ("ありません" if loss == "gone" else "壊れていて") in answer.err
    assert at_file("store", "restore", tmp_path / "控え.db", "--yes", *ON).code == 0
    assert everything(file_branch.engine) == in_file(tmp_path / "控え.db")
    assert names(file_branch) == ([] if loss == "gone" else ["20261123_壊れたデータ.db"])
    if loss != "gone":
        assert (file_branch.folder / "backup" / "20261123_壊れたデータ.db").read_bytes() == rubbish[loss]


def test_a_restore_whose_backup_before_cannot_be_written_changes_nothing(
    branch: Workspace, here: Typed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here("store", "backup", tmp_path / "控え.db", *ON)
    lose_somebody(branch)
    before = everything(branch.engine)
    place = branch.folder / "backup" / "20261123_戻す前.db"
    monkeypatch.setattr(keep_store, "_new_path", lambda *_: place / "no folder" / "x.db")
    answer = here("store", "restore", tmp_path / "控え.db", "--yes", *ON)
    assert answer.code == 1
    assert "控えを書けませんでした" in answer.err
    assert everything(branch.engine) == before


def before_imports(workspace: Workspace, *numbers: int) -> None:
    for number in numbers:
        with writing(workspace.engine):
            keep_store.before_import(workspace, number, DAY)


def test_before_an_import_the_store_is_kept_as_it_was(file_branch: Workspace) -> None:
    before = everything(file_branch.engine)
    with writing(file_branch.engine) as connection:
        connection.exec_driver_sql("DELETE FROM contracts")
        keep_store.before_import(file_branch, 12, DAY)
    assert names(file_branch) == ["第12回の取り込み前.db"]
    assert in_file(file_branch.folder / "backup" / "第12回の取り込み前.db") == before


def test_the_last_ten_are_kept_and_never_a_file_of_the_clerks_own(file_branch: Workspace) -> None:
    folder = file_branch.folder / "backup"
    folder.mkdir()
    own = {"20250401_控え.db", "第1回の取り込み前.db.txt", "第1回の取り込み前(大事).db", "前の第1回の取り込み前.db"}
    for name in own:
        (folder / name).write_text("own", "utf-8")
        os.utime(folder / name, (0, 0))
    before_imports(file_branch, *range(1, 14))
    assert set(names(file_branch)) - own == {f"第{number}回の取り込み前.db" for number in range(4, 14)}
    assert own <= set(names(file_branch))


def test_after_a_restore_numbers_begin_lower_and_the_newest_backup_is_still_kept(file_branch: Workspace) -> None:
    before_imports(file_branch, *range(50, 60), 3)
    assert "第3回の取り込み前.db" in names(file_branch)
    assert "第50回の取り込み前.db" not in names(file_branch)
    assert len(names(file_branch)) == keep_store.KEPT


def test_an_import_without_its_backup_is_refused(file_branch: Workspace) -> None:
    (file_branch.folder / "backup").write_text("in the way", "utf-8")
    with pytest.raises(StoreError, match=r"控えを書けませんでした.*取り込みませんでした.*前のままです.*もう一度"):
        before_imports(file_branch, 12)


def test_on_a_server_no_backup_is_made_before_an_import(new_database: Callable[[], str], tmp_path: Path) -> None:
    workspace = workspace_at(tmp_path / "shared", ("17",), new_database())
    before_imports(workspace, 1)
    assert not (workspace.folder / "backup").exists()
    workspace.engine.dispose()
