"""imports, imports undo."""

from typing import Annotated

import typer

from kyosai_lists.cli.japanese import JapaneseCommand, JapaneseGroup
from kyosai_lists.cli.options import AsJson, Today, day, opened

app = typer.Typer(
    cls=JapaneseGroup,
    help="これまでの取り込みを見る、1回分を元に戻す。",
    invoke_without_command=True,
)


@app.callback()
def overview(context: typer.Context, json: AsJson = False) -> None:
    if context.invoked_subcommand is None:
        from kyosai_lists.cli.show import show_imports
        from kyosai_lists.usecases.importing.past_imports import past_imports

        show_imports.past(past_imports(opened()), as_json=json)


@app.command(cls=JapaneseCommand)
def undo(
    number: Annotated[int, typer.Argument(metavar="回", help="imports で見た番号")],
    today: Today = None,
    json: AsJson = False,
) -> None:
    """その回の取り込みを元に戻します。あとの取り込みが同じ行を変えていれば、戻しません。"""
    from kyosai_lists.cli.show import show_imports
    from kyosai_lists.usecases.importing.past_imports import undo_import

    show_imports.undone(undo_import(opened(), number, day(today)), as_json=json)
