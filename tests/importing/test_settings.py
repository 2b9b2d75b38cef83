"""kyosai.toml: a slip is refused with its name, never silently ignored."""

from pathlib import Path

import pytest

from kyosai_lists.config import CONFIG_NAME, STORE_VARIABLE, Settings, load_settings, store_url
from kyosai_lists.errors import ConfigError, UsageError


def settings_of(folder: Path, text: str, encoding: str = "utf-8") -> Settings:
    (folder / CONFIG_NAME).write_text(text, encoding)
    return load_settings(folder)


def test_an_empty_file_has_every_setting_at_its_usual_value(tmp_path: Path) -> None:
    assert settings_of(tmp_path, "") == Settings()


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("prefecture = '17'", "prefecture"),
        ("[workspace]\nprefecture = ['17']", "workspace.prefecture"),
        ("[workspace]\nprefectures = [17]", "workspace.prefectures"),
        ("[workspace]\nprefectures = ['48']", "workspace.prefectures"),
        ("[workspace]\nprefectures = ['7']", "workspace.prefectures"),
        ("[export]\nreturn_day = 30", "export.return_day"),
        ("[export]\nreturn_days = -1", "export.return_days"),
        ("[layouts.member.columns]\n'社員番号' = '組合員番号'", "layouts.member"),
        ("[layouts.members.column]\n'社員番号' = '組合員番号'", "layouts.members.column"),
        ("[retirement]\n'公社' = 'なし'", "retirement.公社"),
        ("[retirement]\n'公社' = 6", "retirement.公社"),
        ("[campaigns.2026-SP1.parameter]\nyoung_max_age = 30", "campaigns.2026-SP1.parameter"),
    ],
)
def test_what_is_no_setting_is_refused_with_its_name(text: str, named: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="使えない設定") as raised:
        settings_of(tmp_path, text)
    assert raised.value.happened == f"{CONFIG_NAME} に使えない設定があります: {named}。"


@pytest.mark.parametrize("text", ["[workspace", "a = ", "prefectures = ['17'"])
def test_what_is_no_toml_is_refused(text: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="読めませんでした"):
        settings_of(tmp_path, text)


def test_a_japanese_name_without_quotes_is_refused_with_the_way_to_write_it(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match='日本語の名前は " で囲みます'):
        settings_of(tmp_path, "[retirement]\n公社 = 65")


def test_another_encoding_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="読めませんでした"):
        settings_of(tmp_path, "[branch]\nname = '県支部'", "cp932")


def test_a_byte_order_mark_that_an_editor_left_is_accepted(tmp_path: Path) -> None:
    assert settings_of(tmp_path, "[workspace]\nprefectures = ['17']", "utf-8-sig").workspace.prefectures == ("17",)


def test_a_folder_without_settings_is_no_workspace(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="kyosai-lists init"):
        load_settings(tmp_path)


def test_the_store_is_named_by_the_environment_then_the_settings_then_the_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    named = settings_of(tmp_path, "[store]\nurl = 'sqlite:///there.db'")
    assert store_url(Settings(), tmp_path) == f"sqlite:///{(tmp_path / 'kyosai.db').as_posix()}"
    assert store_url(named, tmp_path) == "sqlite:///there.db"
    monkeypatch.setenv(STORE_VARIABLE, "postgresql:///kyosai")
    assert store_url(named, tmp_path) == "postgresql:///kyosai"


def test_retirement_is_set_by_the_words_of_the_union_list(tmp_path: Path) -> None:
    text = "[retirement]\n'公社' = 'law'\n'民間' = 65\n'市' = 'none'"
    steps = settings_of(tmp_path, text).retirement_table().steps_by_kind
    assert steps["corporation"] == steps["town"]
    assert [step.age for step in steps["private"]] == [65]
    assert "city" not in steps
    assert not {"corporation", "private"} & Settings().retirement_table().steps_by_kind.keys()


def test_retirement_of_an_unknown_kind_of_union_is_refused_with_the_words_there_are(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="「公庫」は単組区分ではありません") as raised:
        settings_of(tmp_path, "[retirement]\n'公庫' = 65").retirement_table()
    assert "公社" in raised.value.todo
