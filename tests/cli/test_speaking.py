"""What people read: Japanese, also when something went wrong, and nobody's data in it."""

import re
from pathlib import Path

import pytest
import typer

from kyosai_lists.cli.main import app
from kyosai_lists.intake.apart import BugWhileReading
from kyosai_lists.usecases.importing import import_files as import_module
from tests.cli.running import Typed
from tests.conftest import sample_files

ENGLISH = re.compile(
    r"Usage|Options:|Commands:|Arguments:|Show this|Error|Missing|default|required|No such", re.IGNORECASE
)
COMMANDS = [(), ("init",), ("import",), ("held",), ("export",), ("demo",), ("person",), ("lists",), ("imports",)]
COMMANDS += [
    ("imports", "undo"),
    ("store",),
    ("store", "backup"),
    ("store", "restore"),
    ("suppress",),
    ("applications",),
]
COMMANDS += [("suppress", name) for name in ("add", "lift", "list")] + [
    ("applications", name) for name in ("add", "list")
]
COMMANDS += [("passwords", *name) for name in ((), ("make",), ("notices",), ("show",))]
COMMANDS += [("custody", "recalls"), ("deliver",), ("purge",), ("custody",), ("custody", "record")]
COMMANDS += [("lists", name) for name in ("show", "count", "explain")]


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_help_is_in_japanese(typed: Typed, words: tuple[str, ...]) -> None:
    answer = typed(*words, "--help")
    assert answer.code == 0
    assert "書き方" in answer.out
    assert not ENGLISH.findall(re.sub(r"--[\w-]+", "", answer.out))
    assert not re.search(r"[<>]=", answer.out)


@pytest.mark.parametrize(
    "words",
    [
        ("nothing",),
        ("import",),
        ("export", "--foo"),
        ("lists", "explain", "fire-only"),
        ("lists", "nothing"),
        ("demo", "a", "b"),
    ],
)
def test_wrong_usage_is_said_in_three_japanese_sentences(typed: Typed, words: tuple[str, ...]) -> None:
    answer = typed(*words)
    assert answer.code == 2
    assert answer.out == ""
    assert len(answer.err.splitlines()) == 3
    assert not ENGLISH.findall(answer.err)


@pytest.mark.parametrize(
    ("words", "name"),
    [
        (("imports", "undo"), "回"),
        (("imports", "undo", "x"), "回"),
        (("applications", "add", "1"), "--product"),
        (("demo", "--scale", "x"), "--scale"),
    ],
)
def test_what_is_missing_or_wrong_has_the_name_that_help_gives_it(
    typed: Typed, words: tuple[str, ...], name: str
) -> None:
    assert typed(*words).err.startswith(f"「{name}」")


def test_a_folder_that_is_no_workspace_is_wrong_usage(typed: Typed) -> None:
    answer = typed("lists", "count")
    assert answer.code == 2
    assert "kyosai-lists init" in answer.err


def test_an_unreadable_day_is_wrong_usage(typed_at_samples: Typed) -> None:
    assert typed_at_samples("lists", "count", "--as-of", "2026-13-01").code == 2
    assert typed_at_samples("lists", "count", "--as-of", "令和8年11月1日", "--json").code == 0


def test_an_unknown_person_is_wrong_usage(typed_at_samples: Typed) -> None:
    assert typed_at_samples("lists", "explain", "fire-only", "99999999").code == 2
    assert typed_at_samples("lists", "explain", "fire-only", "%").code == 2


def test_a_bug_exits_3_with_a_log_and_no_personal_data_anywhere(
    typed_at_empty: Typed, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def broken(*args: object, **kwargs: object) -> None:
        raise RuntimeError("山田マーカー 12345678")

    monkeypatch.setattr(import_module, "take_in", broken)
    answer = typed_at_empty("import", *sample_files())
    log = (tmp_path / "kyosai-lists-error.log").read_text("utf-8")
    assert answer.code == 3
    assert "RuntimeError" in log
    for text in (answer.out, answer.err, log):
        assert "山田マーカー" not in text
        assert "12345678" not in text


@pytest.mark.reads_apart
def test_a_bug_in_the_process_that_reads_files_is_logged_with_its_places(
    typed_at_empty: Typed, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def broken(*_: object) -> None:
        raise BugWhileReading("ColumnNotFoundError", ["left_out.py:33 without_clutter"])

    monkeypatch.setattr(import_module.Readers, "read", broken)
    answer = typed_at_empty("import", *sample_files())
    log = (tmp_path / "kyosai-lists-error.log").read_text("utf-8")
    assert answer.code == 3
    assert "ColumnNotFoundError" in log
    assert "left_out.py:33 without_clutter" in log


def test_a_refused_file_shows_no_row_of_it(typed_at_empty: Typed, tmp_path: Path) -> None:
    (tmp_path / "名簿.csv").write_text("番号,氏名\n1,山田マーカー\n", "utf-8")
    answer = typed_at_empty("import", tmp_path / "名簿.csv")
    assert answer.code == 1
    assert "山田マーカー" not in answer.out + answer.err


def test_a_console_in_cp932_gets_marks_it_can_show(typed_at_samples: Typed, monkeypatch: pytest.MonkeyPatch) -> None:
    from kyosai_lists.cli import terminal

    class Console:
        encoding = "cp932"

    monkeypatch.setattr(terminal.sys, "stdout", Console())
    assert terminal.mark(True) + terminal.mark(False) == "[green]○[/][red]×[/]"


def test_tables_hold_only_characters_of_cp932(typed_at_samples: Typed) -> None:
    for words in (("lists",), ("lists", "count"), ("lists", "show", "fire-only")):
        typed_at_samples(*words, "--as-of", "2026-11-01").out.replace("✓", "").encode("cp932")


def test_init_makes_a_workspace_once_and_keeps_what_is_there(typed: Typed, tmp_path: Path) -> None:
    assert typed("init", "石川", "--pref", "17").code == 0
    config = tmp_path / "石川" / "kyosai.toml"
    config.write_text(config.read_text("utf-8").replace('name = ""', 'name = "石川県支部"'), "utf-8")
    assert typed("init", "石川", "--pref", "17").code == 0
    assert "石川県支部" in config.read_text("utf-8")
    assert typed("init", "石川", "--pref", "18").code == 2
    assert typed("init", "福井", "--pref", "48").code == 2
    assert {path.suffix for path in (tmp_path / "石川").iterdir()} >= {".cmd", ".toml", ".db"}


def test_no_starter_hands_out_unprotected_workbooks(typed: Typed, tmp_path: Path) -> None:
    typed("init", "石川")
    for starter in (tmp_path / "石川").glob("*.cmd"):
        assert b"--no-password" not in starter.read_bytes()
        assert b"\r\n" in starter.read_bytes()


@pytest.mark.parametrize(
    ("starter", "command"), [("2_名簿を作る.cmd", "export"), ("3_予定の名簿を出す.cmd", "run-due")]
)
def test_a_starter_takes_the_file_of_passwords_where_there_is_one_and_else_those_that_were_made(
    typed: Typed, tmp_path: Path, starter: str, command: str
) -> None:
    typed("init", "石川")
    lines = (tmp_path / "石川" / starter).read_text("utf-8").splitlines()
    assert [line for line in lines if "パスワード" in line] == [
        'if exist "%~dp0パスワード.txt" set WITH=--password-file "%~dp0パスワード.txt"'
    ]
    assert lines[lines.index("pause") - 1].endswith(f" {command} %WITH%")


def test_every_command_has_a_sentence_of_help() -> None:
    waiting, without = [typer.main.get_command(app)], []
    while waiting:
        command = waiting.pop()
        waiting += getattr(command, "commands", {}).values()
        without += [] if command.help else [command.name]
    assert without == []


def test_a_cell_cannot_recolour_the_terminal(typed_at_empty: Typed, tmp_path: Path) -> None:
    (tmp_path / "u.csv").write_text("単組コード,単組名\n17001,\x1b[31m赤\n", "utf-8")
    answer = typed_at_empty("import", tmp_path / "u.csv")
    assert answer.code == 4
    assert "\x1b" not in answer.out


def test_a_heading_cannot_recolour_the_terminal_either(typed_at_empty: Typed, tmp_path: Path) -> None:
    (tmp_path / "u.csv").write_text("単組コード,単組名,\x1b[31m備考\n17001,市,[red]x[/]\n", "utf-8")
    answer = typed_at_empty("import", tmp_path / "u.csv")
    assert "使わない列があります: ␛[31m備考" in answer.out
    assert "\x1b" not in answer.out
