"""store backup, store restore."""

from pathlib import Path
from typing import Annotated

import typer

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

    restored(keep_store.restore(workspace_folder(), file, day(today), yes=yes), as_json=json)
