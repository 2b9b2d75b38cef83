"""run-due; schedule show."""

import re
import sys
from datetime import time
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from kyosai_lists.cli.acting import this_act
from kyosai_lists.cli.commands.main_commands import NEEDS_A_PERSON
from kyosai_lists.cli.japanese import JapaneseCommand, JapaneseGroup, help_alone
from kyosai_lists.cli.options import AsJson, NoPassword, PasswordFile, Today, day, opened
from kyosai_lists.errors import UsageError

schedule = typer.Typer(cls=JapaneseGroup, help="パソコンの予定表(タスク スケジューラなど)に入れる内容を見る。")
schedule.callback(invoke_without_command=True)(help_alone)

RemindOnly = Annotated[bool, typer.Option("--remind-only", help="知らせるだけで、名簿は出しません")]
_CLOCK = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")


class Scheduler(StrEnum):
    """Whose entries `schedule show` writes."""

    CRON = "cron"
    SYSTEMD = "systemd"
    WINDOWS = "windows"


def run_due(
    check: Annotated[
        bool, typer.Option("--check", help="出す日を過ぎて出ていないものがないか、確かめるだけです")
    ] = False,
    remind_only: RemindOnly = False,
    password_file: PasswordFile = None,
    no_password: NoPassword = False,
    today: Today = None,
    json: AsJson = False,
) -> None:
    """発行日の来た募集の名簿を、それぞれ一度だけ出します。何度実行しても、二重には出ません。"""
    if check or remind_only:
        _look(today, as_json=json)
        return
    from kyosai_lists.cli.password_options import passwords_for
    from kyosai_lists.cli.progress import progress
    from kyosai_lists.cli.show import show_due
    from kyosai_lists.usecases.running.run_due import run_due as issue

    workspace = opened()
    passwords = passwords_for(workspace.folder, password_file, no_password=no_password)
    with progress("名簿を作成中") as step:
        result = issue(workspace, day(today), acting=this_act, passwords=passwords, progress=step)
    show_due.issued(result, as_json=json)
    if result.needs_a_person:
        raise typer.Exit(NEEDS_A_PERSON)


def _look(today: str | None, *, as_json: bool) -> None:
    from kyosai_lists.cli.show import show_due
    from kyosai_lists.usecases.running.look_at_due import look_at_due

    found = look_at_due(opened(), day(today), act=this_act())
    show_due.looked(found, as_json=as_json)
    if found.waiting or found.missed or found.asked:
        raise typer.Exit(NEEDS_A_PERSON)


@schedule.command(cls=JapaneseCommand)
def show(
    scheduler: Annotated[Scheduler, typer.Option("--for", metavar="cron|systemd|windows", help="どの予定表に入れるか")],
    at: Annotated[str, typer.Option("--at", metavar="時:分", help="一日のはじめの時刻(日本時間)")] = "07:30",
    remind_only: RemindOnly = False,
    password_file: PasswordFile = None,
    no_password: NoPassword = False,
    today: Today = None,
    json: AsJson = False,
) -> None:
    """予定表に入れる内容を表示します。入れるのは、表示された手順で行います。"""
    from kyosai_lists.cli.password_options import has_own_passwords
    from kyosai_lists.cli.show import show_schedule
    from kyosai_lists.usecases.running.schedule_entries import Wanted, environment_names_the_store, schedule_entries

    options = ["--remind-only"] if remind_only else _password_options(password_file, no_password=no_password)
    wanted = Wanted(program=_program(), options=tuple(options), first=_time(at), starting=day(today))
    workspace = opened()
    show_schedule.entries(scheduler, schedule_entries(workspace, wanted), as_json=json)
    without_passwords = not options and not has_own_passwords(workspace.folder)
    if show_schedule.doubts(without_passwords=without_passwords, elsewhere=environment_names_the_store()):
        raise typer.Exit(NEEDS_A_PERSON)


def _program() -> tuple[str, ...]:
    """How this very program is started."""
    return (sys.executable,) if getattr(sys, "frozen", False) else (sys.executable, "-m", "kyosai_lists")


def _password_options(file: Path | None, *, no_password: bool) -> list[str]:
    if file is not None and no_password:
        raise UsageError(
            "パスワードの指定が食い違っています。",
            "--password-file ファイル か --no-password の、どちらか一つを指定してください。",
        )
    if file is not None:
        return ["--password-file", str(file.resolve())]
    return ["--no-password"] if no_password else []


def _time(text: str) -> time:
    if not (found := _CLOCK.fullmatch(text)):
        raise UsageError(f"「{text}」は時刻として読めません。", "07:30 のように書いてください。")
    return time(int(found[1]), int(found[2]))


def add_to(app: typer.Typer) -> None:
    app.command("run-due", cls=JapaneseCommand)(run_due)
