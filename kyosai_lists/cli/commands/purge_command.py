"""purge."""

import sys
from typing import Annotated

import typer

from kyosai_lists.cli.acting import this_act
from kyosai_lists.cli.commands.main_commands import NEEDS_A_PERSON
from kyosai_lists.cli.japanese import JapaneseCommand
from kyosai_lists.cli.options import AsJson, opened
from kyosai_lists.errors import UsageError


def purge(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="何が消えるかを表示するだけで、消しません")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="聞かずに消します")] = False,
    json: AsJson = False,
) -> None:
    """保存期限の過ぎた名簿の中身・載った人の記録・ファイルを消し、消したことを台帳に残します。"""
    from kyosai_lists.cli.show import show_purge
    from kyosai_lists.usecases.keeping.purge import carry_out, plan_purge

    workspace, act = opened(), this_act()
    plan = plan_purge(workspace, act)
    if dry_run or not plan.due:
        show_purge.plan(plan, as_json=json)
        return
    if not yes:
        show_purge.plan(plan, as_json=False, to_stderr=json)
        _ask()
    result = carry_out(workspace, plan, act)
    show_purge.purged(result, as_json=json)
    if result.needs_a_person:
        raise typer.Exit(NEEDS_A_PERSON)


def _ask() -> None:
    """
    Raises:
        UsageError: nobody is there to answer, or the answer is no.
    """
    if not sys.stdin.isatty() or not typer.confirm("消したものは戻せません。消しますか", err=True):
        raise UsageError("何も消していません。", "消すときは --yes を付けて、もう一度実行してください。")


def add_to(app: typer.Typer) -> None:
    app.command("purge", cls=JapaneseCommand)(purge)
