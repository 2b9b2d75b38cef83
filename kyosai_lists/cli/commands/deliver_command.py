"""deliver."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kyosai_lists.cli.acting import this_act
from kyosai_lists.cli.commands.main_commands import NEEDS_A_PERSON
from kyosai_lists.cli.japanese import JapaneseCommand
from kyosai_lists.cli.options import AsJson, opened

if TYPE_CHECKING:
    from kyosai_lists.usecases.custody.deliver import Delivered


def deliver(
    run: Annotated[str, typer.Argument(metavar="名簿番号", help="ledger で見た番号(例: 261101-AB2CD)")],
    folder: Annotated[Path, typer.Argument(metavar="フォルダー", help="共有フォルダー")],
    json: AsJson = False,
) -> None:
    """出した名簿を共有フォルダーに置きます。途中で切れても、もう一度実行すれば続きからそろいます。"""
    from kyosai_lists.cli.show.show_delivery import delivered
    from kyosai_lists.usecases.custody.deliver import deliver as put_there

    result: Delivered = put_there(opened(), run, folder, this_act())
    delivered(result, as_json=json)
    if result.needs_a_person:
        raise typer.Exit(NEEDS_A_PERSON)


def add_to(app: typer.Typer) -> None:
    app.command("deliver", cls=JapaneseCommand)(deliver)
