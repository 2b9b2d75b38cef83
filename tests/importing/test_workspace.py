"""Making and opening a workspace; a branch's own headings through import."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from kyosai_lists.config import CONFIG_NAME, load_settings
from kyosai_lists.errors import ConfigError, FileRefused, StoreError, UsageError
from kyosai_lists.usecases.workspace import Workspace, make_workspace, open_workspace
from tests.importing.importing_files import Files, column, contents, counts, member, take_in, union


@pytest.mark.parametrize("pref", ["00", "48", "1", "017", "石川", ""])
def test_a_prefecture_that_is_none_is_refused_and_nothing_is_made(pref: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=f"県コード「{pref}」はありません"):
        make_workspace(tmp_path / "w", ("17", pref))
    assert not (tmp_path / "w").exists()


def test_a_new_workspace_has_settings_a_store_an_out_folder_and_starters(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path / "a" / "w", ("17", "18"))
    names = {path.name for path in workspace.folder.iterdir()}
    assert {CONFIG_NAME, "kyosai.db", "out"} <= names
    assert any(name.endswith(".cmd") for name in names)
    assert workspace.settings.workspace.prefectures == ("17", "18")
    assert open_workspace(workspace.folder).settings == workspace.settings
    workspace.engine.dispose()


def test_every_example_in_the_settings_can_be_used_by_taking_its_mark_away(tmp_path: Path) -> None:
    folder = make_workspace(tmp_path / "w", ("17",)).folder
    lines = (folder / CONFIG_NAME).read_text("utf-8").splitlines()
    used = [line.removeprefix("# ") if re.match(r"# (\[|\S+ = )", line) else line for line in lines]
    assert used != lines
    (folder / CONFIG_NAME).write_text("\n".join(used), "utf-8")
    settings = load_settings(folder)
    assert settings.retirement
    assert settings.layouts["members"].columns
    assert settings.retirement_table()


def test_making_a_workspace_again_leaves_settings_and_data_alone(
    new_workspace: Callable[..., Workspace], files: Files
) -> None:
    workspace = new_workspace("17")
    take_in(workspace, files("単組.csv", union()), files("名簿.csv", member()))
    settings = workspace.folder / CONFIG_NAME
    settings.write_text(settings.read_text("utf-8") + "\n[branch]\nname = '県支部'\n", "utf-8")
    before, text = contents(workspace, without=()), settings.read_text("utf-8")
    for prefectures in ((), ("17",)):
        again = make_workspace(workspace.folder, prefectures)
        assert contents(again, without=()) == before
        again.engine.dispose()
    assert settings.read_text("utf-8") == text


def test_a_workspace_is_not_made_into_another_prefectures(tmp_path: Path) -> None:
    make_workspace(tmp_path / "w", ("17",)).engine.dispose()
    with pytest.raises(UsageError, match="ほかの県の設定"):
        make_workspace(tmp_path / "w", ("18",))


def test_a_workspace_whose_store_is_gone_is_not_taken_for_an_empty_one(tmp_path: Path) -> None:
    make_workspace(tmp_path / "w", ("17",)).engine.dispose()
    for path in (tmp_path / "w").glob("kyosai.db*"):
        path.unlink()
    with pytest.raises(StoreError, match="kyosai-lists init"):
        open_workspace(tmp_path / "w")


def with_settings(folder: Path, text: str) -> Workspace:
    folder.mkdir()
    (folder / CONFIG_NAME).write_text(text, "utf-8")
    return make_workspace(folder)


def test_a_branchs_own_headings_are_read_as_the_standard_ones(tmp_path: Path, files: Files) -> None:
    text = '[layouts.members.columns]\n"社員番号" = "組合員番号"\n"しごと場" = "職場名"\n'
    workspace = with_settings(tmp_path / "w", text)
    row = {"社員番号" if name == "組合員番号" else name: cell for name, cell in member().items()}
    result = take_in(workspace, files("単組.csv", union()), files("名簿.csv", row | {"しごと場": "税務課"}))
    assert counts(result.files[1]) == {"new": 1}
    assert column(workspace, "members", "member_no") == ["00000013"]
    assert column(workspace, "members", "workplace") == ["税務課"]
    workspace.engine.dispose()


def test_without_the_mapping_the_file_is_refused(tmp_path: Path, files: Files) -> None:
    workspace = with_settings(tmp_path / "w", "")
    row = {"社員番号" if name == "組合員番号" else name: cell for name, cell in member().items()}
    with pytest.raises(FileRefused, match="組合員番号"):
        take_in(workspace, files("名簿.csv", row))
    workspace.engine.dispose()


def test_a_mapping_to_a_heading_that_is_none_is_refused(tmp_path: Path, files: Files) -> None:
    workspace = with_settings(tmp_path / "w", '[layouts.members.columns]\n"社員番号" = "組合員の番号"\n')
    with pytest.raises(ConfigError, match="組合員の番号"):
        take_in(workspace, files("名簿.csv", member()))
    workspace.engine.dispose()
