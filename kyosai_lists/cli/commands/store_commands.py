"""store backup, store restore, store guard."""

from pathlib import Path
from typing import Annotated

import typer

from kyosai_lists.cli.commands.main_commands import NEEDS_A_PERSON
from kyosai_lists.cli.japanese import JapaneseCommand, JapaneseGroup, help_alone
from kyosai_lists.cli.options import AsJson, Today, day, opened, workspace_folder

app = typer.Typer(cls=JapaneseGroup, help="データ全体の控えを作ります。控えに戻します。")
app.callback(invoke_without_command=True)(help_alone)


@app.command(cls=JapaneseCommand)
def backup(
    file: Annotated[
        Path | None,
        typer.Argument(
            metavar="ファイル", help="控えの名前か、入れるフォルダー", show_default="作業フォルダーの backup"
        ),
    ] = None,
    today: Today = None,
    json: AsJson = False,
) -> None:
    """データ全体の控えを一つのファイルに作り、正しく読めることを確かめます。"""
    from kyosai_lists.cli.show.show_store import made_backup
    from kyosai_lists.usecases.keep_store import back_up

    made_backup(back_up(opened(), file, day(today)), as_json=json)


@app.command(cls=JapaneseCommand)
def restore(
    file: Annotated[Path, typer.Argument(metavar="ファイル", help="store backup で作った控え")],
    yes: Annotated[
        bool, typer.Option("--yes", help="今のデータと置き換えます(なければ、何が変わるかだけを表示します)")
    ] = False,
    today: Today = None,
    json: AsJson = False,
) -> None:
    """データ全体を控えの時に戻します。今のデータは、先に控えを作ってから置き換えます。"""
    from kyosai_lists.cli.show.show_store import restored
    from kyosai_lists.usecases import keep_store

    result = keep_store.restore(workspace_folder(), file, day(today), yes=yes)
    restored(result, as_json=json)
    if result.lost:
        raise typer.Exit(NEEDS_A_PERSON)


@app.command(cls=JapaneseCommand)
def guard(
    role: Annotated[str, typer.Option("--role", metavar="名前", help="ルールを動かす利用者の名前")] = "kyosai_rules",
    json: AsJson = False,
) -> None:
    """PostgreSQL で県支部のルールを動かす利用者を用意するための SQL を表示し、今の設定で動かせるかを調べます。"""
    from kyosai_lists.cli.show.show_store import shown_guard
    from kyosai_lists.usecases.rules.server_guard import server_guard

    shown = server_guard(opened(), role)
    shown_guard(shown, as_json=json)
    if shown.amiss:
        raise typer.Exit(NEEDS_A_PERSON)
