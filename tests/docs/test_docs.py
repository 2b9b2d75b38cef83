"""What the documents say is what the program does: tables, commands, options, list ids, settings."""

import re
from pathlib import Path
from typing import Any

import pytest
import typer

from kyosai_lists.cli.main import app
from kyosai_lists.config import Settings
from kyosai_lists.intake.layouts import LAYOUTS
from kyosai_lists.paths import resource_dir
from kyosai_lists.segments.rulebook import MAIN_LISTS, load_rules
from tests.docs import lists_table
from tests.docs.files_table import PAGE, tables, tables_of_page

ROOT = Path(__file__).parents[2]
MANUAL = (ROOT / "docs" / "manual.md").read_text("utf-8")
RULES = (ROOT / "docs" / "rules.md").read_text("utf-8")
README = (ROOT / "README.md").read_text("utf-8")
PROGRAM = "kyosai-lists"
HELP = {"--help", "-h"}  # every command has them
_CODE = re.compile(r"```\n(.*?)```|`([^`\n]+)`", re.DOTALL)
_OPTION = re.compile(r"(?<![\w-])--?[A-Za-z][\w-]*")


def _commands(command: Any, path: str = PROGRAM) -> dict[str, Any]:
    """Every command by what is typed for it, the program itself among them. (typer brings its own copy of click.)"""
    found = {path: command}
    for name, inner in getattr(command, "commands", {}).items():
        found |= _commands(inner, f"{path} {name}")
    return found


COMMANDS = _commands(typer.main.get_command(app))
LISTS = lists_table.PAGE.read_text("utf-8")


def _options(path: str) -> set[str]:
    named = [p for p in COMMANDS[path].params if p.param_type_name == "option"]
    return {spelling for p in named for spelling in (*p.opts, *p.secondary_opts)} - HELP


def _code(page: str) -> list[str]:
    """Each line of the page's code: fenced, indented or in the middle of a sentence."""
    fenced = [line.strip() for block, span in _CODE.findall(page) for line in (block or span).splitlines()]
    return fenced + [line.strip() for line in page.splitlines() if line.startswith("    ")]


def _typed(page: str) -> list[str]:
    return [line for line in _code(page) if line.split(" ")[0] == PROGRAM]


def _command_of(line: str) -> str:
    """The longest command that the line begins with, the folder given to the program left aside."""
    words = re.sub(r" (?:-w|--workspace) \S+", "", line, count=1).split(" ")
    for end in range(len(words), 0, -1):
        if " ".join(words[:end]) in COMMANDS:
            return " ".join(words[:end])
    raise AssertionError(line)


def _rest(line: str) -> list[str]:
    return re.sub(r" (?:-w|--workspace) \S+", "", line, count=1).removeprefix(_command_of(line)).split()


def _option_tables(page: str) -> dict[str, set[str]]:
    """The options named in the table below each heading such as `### \\`kyosai-lists import\\` ファイル…`."""
    found = {}
    for section in re.split(r"^#+ ", page, flags=re.MULTILINE):
        if heading := re.match(rf"`({PROGRAM}[^`]*)`", section):
            cells = [line.split("|")[1] for line in section.splitlines() if line.startswith("| `-")]
            found[heading[1]] = {option for cell in cells for option in _OPTION.findall(cell)}
    return found


@pytest.mark.parametrize("name", tables())
def test_each_table_of_the_files_page_says_what_the_code_reads(name: str) -> None:
    found = tables_of_page(PAGE.read_text("utf-8"))
    assert found.get(name) == tables()[name], "python -m tests.docs.files_table"


def test_the_files_page_has_no_table_of_something_that_is_not_read() -> None:
    assert tables_of_page(PAGE.read_text("utf-8")).keys() == tables().keys()


def test_the_manual_has_a_table_of_options_for_each_command_and_for_no_other() -> None:
    assert _option_tables(MANUAL) == {path: _options(path) for path in COMMANDS}


@pytest.mark.parametrize("page", [MANUAL, README, RULES], ids=["manual", "readme", "rules"])
def test_a_page_types_only_commands_and_options_that_exist(page: str) -> None:
    lines = _typed(page)
    assert lines
    for line in lines:
        command, rest = _command_of(line), _rest(line)
        takes_a_command = hasattr(COMMANDS[command], "commands")
        assert not (takes_a_command and rest and not rest[0].startswith("-")), line
        given = {word for word in rest if _OPTION.fullmatch(word)}
        assert given <= _options(command) | HELP, line


def test_every_option_named_anywhere_in_the_manual_exists() -> None:
    known = HELP.union(*map(_options, COMMANDS))
    named = {option for line in _code(MANUAL) for option in _OPTION.findall(line) if option.startswith("--")}
    assert named
    assert named <= known


@pytest.mark.parametrize("path", [path for path in COMMANDS if path != PROGRAM])
@pytest.mark.parametrize("page", [MANUAL, README], ids=["manual", "readme"])
def test_a_page_names_every_command(page: str, path: str) -> None:
    shorter = path.removeprefix(f"{PROGRAM} ")
    assert any(re.search(rf"(?<![\w-]){shorter}(?![\w-])", line) for line in _code(page))


@pytest.mark.parametrize("list_id", MAIN_LISTS)
@pytest.mark.parametrize("page", [MANUAL, README], ids=["manual", "readme"])
def test_a_page_names_every_main_list(page: str, list_id: str) -> None:
    assert f"`{list_id}`" in page


@pytest.mark.parametrize("name", lists_table.tables())
def test_each_table_of_the_lists_page_says_what_the_rules_say(name: str) -> None:
    assert tables_of_page(LISTS).get(name) == lists_table.tables()[name], "python -m tests.docs.lists_table"


def test_the_manual_names_every_number_of_every_main_list_with_its_default() -> None:
    rules = load_rules(resource_dir("queries"))
    for rule in map(rules.__getitem__, MAIN_LISTS):
        assert rule.title in MANUAL
        for name, parameter in rule.parameters.items():
            row = next((line for line in MANUAL.splitlines() if line.startswith(f"| `{name}` ")), "")
            assert f"`{rule.id}`" in row, name
            assert f"| {parameter.default} |" in row or isinstance(parameter.default, str), name


def test_the_manual_names_every_setting() -> None:
    for section, field in Settings.model_fields.items():
        assert f"[{section}" in MANUAL, section
        for name in getattr(field.annotation, "model_fields", {}):
            assert re.search(rf"^{name} = |`{name}`", MANUAL, re.MULTILINE), f"{section}.{name}"


def test_the_manual_names_every_layout_as_its_setting_is_called() -> None:
    for layout in LAYOUTS:
        assert re.search(rf"`{layout.id}` {layout.title}", MANUAL), layout.id


@pytest.mark.parametrize(
    "page", [MANUAL, PAGE.read_text("utf-8"), RULES, LISTS], ids=["manual", "files", "rules", "lists"]
)
def test_every_link_of_a_page_leads_somewhere(page: str) -> None:
    for target, anchor in re.findall(r"\]\(([^)#\s]*)(?:#([^)\s]+))?\)", page):
        linked = page if not target else (PAGE.parent / target).read_text("utf-8")
        assert not anchor or anchor in _anchors(linked), f"{target}#{anchor}"


def _anchors(page: str) -> set[str]:
    """As the code host makes them: lower case, punctuation gone, spaces to hyphens."""
    headings = re.findall(r"^#+ (.+)$", page, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading).strip().lower().replace(" ", "-") for heading in headings}
