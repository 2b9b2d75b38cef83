"""The program's entrance: all commands, and the one place where errors become messages and exit codes."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from kyosai_lists import __version__
from kyosai_lists.cli.bug_report import bug_message
from kyosai_lists.cli.commands import (
    campaigns_commands,
    custody_commands,
    deliver_command,
    due_commands,
    entry_commands,
    imports_commands,
    ledger_commands,
    lists_commands,
    main_commands,
    passwords_commands,
    person_commands,
    purge_command,
    store_commands,
)
from kyosai_lists.cli.japanese import JapaneseGroup, wrong_usage
from kyosai_lists.cli.options import remember_workspace
from kyosai_lists.errors import KyosaiError

BUG = 3

app = typer.Typer(
    name="kyosai-lists",
    cls=JapaneseGroup,
    help="県支部の組合員・契約データから、募集に使う単組ごとの名簿(Excel)を作ります。",
    invoke_without_command=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    pretty_exceptions_show_locals=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["--help", "-h"]},
)
main_commands.add_to(app)
app.add_typer(entry_commands.applications, name="applications")
app.add_typer(campaigns_commands.app, name="campaigns")
app.add_typer(custody_commands.app, name="custody")
deliver_command.add_to(app)
due_commands.add_to(app)
app.add_typer(imports_commands.app, name="imports")
app.add_typer(ledger_commands.app, name="ledger")
app.add_typer(lists_commands.app, name="lists")
app.add_typer(passwords_commands.app, name="passwords")
person_commands.add_to(app)
app.add_typer(due_commands.schedule, name="schedule")
purge_command.add_to(app)
app.add_typer(store_commands.app, name="store")
app.add_typer(entry_commands.suppress, name="suppress")


@app.callback()
def main(
    context: typer.Context,
    workspace: Annotated[
        Path,
        typer.Option(
            "--workspace",
            "-w",
            metavar="フォルダー",
            help="作業フォルダー(kyosai.toml のあるフォルダー)",
            show_default="今のフォルダー",
        ),
    ] = Path(),
    version: Annotated[bool, typer.Option("--version", help="版の番号を表示します")] = False,
) -> None:
    if version:
        print(__version__)
        raise typer.Exit
    if context.invoked_subcommand is None:
        print(context.get_help())
    remember_workspace(workspace)


def run() -> None:
    """Runs the command line. Exit codes: interface.md §2."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]  # a console in cp932 has no 𠮷
    try:
        code = app(standalone_mode=False)
    except KyosaiError as error:
        code = _say(error)
    except typer.Abort:
        code = 1
    except (SystemExit, KeyboardInterrupt):
        raise
    except BaseException as error:  # a panic inside polars is no Exception, and its text may hold data
        usage = wrong_usage(error)
        if usage is None:
            print(bug_message(error), file=sys.stderr)
        code = BUG if usage is None else _say(usage)
    sys.exit(code)


def _say(error: KyosaiError) -> int:
    print(f"{error.happened}\n{error.unchanged}\n{error.todo}", file=sys.stderr)
    return error.exit_code
