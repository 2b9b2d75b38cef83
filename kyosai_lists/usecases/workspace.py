"""A workspace: a folder with `kyosai.toml`, its store, and `out/`. Making one and opening one."""

import shutil
import sys
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from kyosai_lists.config import CONFIG_NAME, Settings, load_settings, rules_url, store_url
from kyosai_lists.errors import ConfigError, UsageError
from kyosai_lists.paths import resource_dir
from kyosai_lists.store.engine import Engine, open_engine
from kyosai_lists.store.guard.terms import Guard
from kyosai_lists.store.migrate import require_current, upgrade

if TYPE_CHECKING:  # what parses rules costs 0.1 s at start-up
    from kyosai_lists.segments.rulebook import Rulebook

QUERIES = "queries"
TEMPLATES = "templates_xlsx"
CALL_LIST = "call_list.xlsx"
# Beside it, for a branch that wants its own: it counts once it is renamed to CALL_LIST.
_PATTERN = "call_list(見本).xlsx"

_TEMPLATE = """\
# kyosai-lists の設定。「#」で始まる行は説明で、読み飛ばされます。

[workspace]
# この作業フォルダーが受け持つ県コード。空なら、どの県の行も入ります。
prefectures = [{prefectures}]

[branch]
# 表紙に印刷する、名簿の返却先。
name = ""
contact = ""

[export]
# 募集の終了日がないときの返却期限(基準日からの日数)。
return_days = 30
# 名簿がこの日数より古いと、まとめで知らせます。
roster_max_age_days = 45

[ledger]
# 出した名簿の中身とファイルを、その年度のあと何年度とっておくか(過ぎたものは kyosai-lists purge で消します)。
retention_years = 3

# リストの数字を変えるときは、ここに書きます(kyosai-lists lists show リスト名 で、変えられる数字が見られます)。
[parameters]
# young_max_age = 35
# 名簿に印刷するご案内の数(1人の上限)。残りは、担当者だけのシートに載ります。
# max_offers = 3

# 事業年度が始まる月(目標は事業年度ごとに読みます)。
[business_year]
start_month = 6

# 定年のきまりを単組区分ごとに変えるとき: "law"(法律の表)、"none"(定年なし)、または年齢。
[retirement]
# "公社" = "law"
# "民間" = 65

# 見出しが違う名簿を読むとき: 自分の見出し = 標準の見出し。
# [layouts.members.columns]
# "社員番号" = "組合員番号"
"""
# What a double click does on Windows; the window stays open so that the answer can be read. No starter hands out
# unprotected workbooks: whoever wants that types it. Without a file of passwords, export takes those that were made.
_WITH_PASSWORDS = 'set WITH=\nif exist "%~dp0パスワード.txt" set WITH=--password-file "%~dp0パスワード.txt"\n'
_STARTERS = {
    "1_取り込み(ここにファイルを重ねる).cmd": ("", "import %*"),
    "2_名簿を作る.cmd": (_WITH_PASSWORDS, "export %WITH%"),
    "3_予定の名簿を出す.cmd": (_WITH_PASSWORDS, "run-due %WITH%"),
}


@dataclass(frozen=True)
class Workspace:
    """An opened workspace. `rules` are the lists of people, `union_rules` those of unions, most important first."""

    folder: Path
    settings: Settings
    engine: Engine

    @property
    def rules(self) -> "Rulebook":
        return self.all_rules.of("people")

    @property
    def union_rules(self) -> "Rulebook":
        return self.all_rules.of("unions")

    @cached_property
    def all_rules(self) -> "Rulebook":
        """The built-in lists, and those that the branch's own `queries/` adds or puts in their place.

        Raises:
            ConfigError: kyosai.toml sets a parameter that no rule has.
        """
        from kyosai_lists.segments.parameters import unknown_settings
        from kyosai_lists.segments.rulebook import load_rules

        rules = load_rules(resource_dir(QUERIES), self.folder / QUERIES)
        layers = [self.settings.parameters, *map(self.settings.campaign_parameters, self.settings.campaigns)]
        unknown = [name for layer in layers for name in unknown_settings(rules, layer)]
        if unknown and not rules.wrong:  # else it may be one of theirs
            raise ConfigError(
                f"{CONFIG_NAME} の {'、'.join(unknown)} という数字は、どのリストにもありません。",
                "kyosai-lists lists show リスト名 で名前を確かめて、直してください。",
            )
        return rules

    @property
    def guard(self) -> Guard:
        """What bounds the branch's own rules."""
        return Guard(self.settings.rules.seconds, rules_url(self.settings))

    @property
    def out(self) -> Path:
        return self.folder / "out"

    @property
    def template(self) -> Path:
        """The workbook template: the branch's own in `templates_xlsx/`, else the built-in one."""
        own = self.folder / TEMPLATES / CALL_LIST
        return own if own.is_file() else resource_dir(TEMPLATES) / CALL_LIST


def make_workspace(folder: Path, prefectures: tuple[str, ...] = ()) -> Workspace:
    """Makes the folder, its kyosai.toml, its store and the starters; what is there already is left as it is.

    Raises:
        UsageError: a 県コード is none of 01 to 47, or the workspace exists for other prefectures.
    """
    for pref in prefectures:
        if pref not in {f"{number:02}" for number in range(1, 48)}:
            raise UsageError(f"県コード「{pref}」はありません。", "01 から 47 までの2桁で指定してください。")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "out").mkdir(exist_ok=True)
    config = folder / CONFIG_NAME
    if not config.exists():
        quoted = ", ".join(f'"{pref}"' for pref in prefectures)
        config.write_text(_TEMPLATE.format(prefectures=quoted), "utf-8", newline="\n")
    settings = load_settings(folder)
    if prefectures and set(prefectures) != set(settings.workspace.prefectures):
        raise UsageError(
            f"この作業フォルダーには、ほかの県の設定があります({CONFIG_NAME} の prefectures)。",
            "別のフォルダーに作るか、設定を直してください。",
        )
    (folder / TEMPLATES).mkdir(exist_ok=True)
    shutil.copyfile(resource_dir(TEMPLATES) / CALL_LIST, folder / TEMPLATES / _PATTERN)
    for name, command in _STARTERS.items():
        _write_starter(folder / name, *command)
    engine = open_engine(store_url(settings, folder))
    upgrade(engine)
    return Workspace(folder, settings, engine)


def open_workspace(folder: Path) -> Workspace:
    """
    Raises:
        UsageError: the folder is no workspace.
        StoreError: its store cannot be used.
    """
    settings = load_settings(folder)
    engine = open_engine(store_url(settings, folder))
    require_current(engine)
    return Workspace(folder, settings, engine)


def _write_starter(path: Path, before: str, command: str) -> None:
    # cmd.exe reads a starter in the console's code page; 65001 makes the names in it UTF-8. Written anew at each
    # `init`, because the program may have moved.
    program = f'"{sys.executable}" -m kyosai_lists --workspace "%~dp0."'
    path.write_text(f"@echo off\nchcp 65001 >nul\n{before}{program} {command}\npause\n", "utf-8", newline="\r\n")
