"""ledger, ledger show, ledger verify, ledger reprint, ledger person."""

from pathlib import Path
from typing import Annotated

import typer

from kyosai_lists.cli.acting import this_act
from kyosai_lists.cli.commands.main_commands import NEEDS_A_PERSON
from kyosai_lists.cli.japanese import JapaneseCommand, JapaneseGroup
from kyosai_lists.cli.options import AsJson, NoPassword, PasswordFile, opened

app = typer.Typer(
    cls=JapaneseGroup,
    help="台帳: だれに何を渡したかを見る・確かめる・もう一度出す。",
    invoke_without_command=True,
)

Run = Annotated[str, typer.Argument(metavar="名簿番号", help="ledger で見た番号(例: 261101-AB2CD)")]


@app.callback()
def overview(context: typer.Context, json: AsJson = False) -> None:
    if context.invoked_subcommand is None:
        from kyosai_lists.cli.show import show_ledger
        from kyosai_lists.usecases.keeping.look_at_ledger import look_at_ledger

        show_ledger.overview(look_at_ledger(opened()), as_json=json)


@app.command(cls=JapaneseCommand)
def show(run: Run, json: AsJson = False) -> None:
    """1回分の記録: だれが、いつ、なぜ、どのきまりで、どの単組に何人を渡したか。"""
    from kyosai_lists.cli.show import show_ledger
    from kyosai_lists.usecases.keeping.look_at_ledger import show_run

    show_ledger.run(show_run(opened(), run), as_json=json)


@app.command(cls=JapaneseCommand)
def verify(
    head: Annotated[
        str | None,
        typer.Option(
            "--head", metavar="照合番号", help="紙に控えた「台帳の先頭(照合番号)」。はじめの16文字でもかまいません"
        ),
    ] = None,
    json: AsJson = False,
) -> None:
    """台帳が書き換えられたり切られたりしていないか、渡したファイルが変わっていないかを確かめます。"""
    from kyosai_lists.cli.progress import progress
    from kyosai_lists.cli.show.show_verdict import verdict
    from kyosai_lists.usecases.keeping.verify_ledger import verify_ledger

    with progress("確かめています") as step:
        found = verify_ledger(opened(), this_act(), head, step)
    verdict(found, as_json=json)
    if found.problems:
        raise typer.Exit(1)


@app.command(cls=JapaneseCommand)
def reprint(
    run: Run,
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="フォルダー", help="出力先", show_default="out の「もとの名前_再発行」"),
    ] = None,
    password_file: PasswordFile = None,
    no_password: NoPassword = False,
    json: AsJson = False,
) -> None:
    """そのときの名簿をもう一度、同じ中身で出します。今のデータやひな形・きまりが変わっていても変わりません。"""
    from kyosai_lists.cli.password_options import passwords_for
    from kyosai_lists.cli.progress import progress
    from kyosai_lists.cli.show.show_verdict import reprinted
    from kyosai_lists.usecases.keeping.reprint import is_sealed
    from kyosai_lists.usecases.keeping.reprint import reprint as print_again

    workspace = opened()
    as_before = no_password or (password_file is None and not is_sealed(workspace, run))
    passwords = passwords_for(workspace.folder, password_file, no_password=as_before)
    with progress("名簿を作成中") as step:
        result = print_again(workspace, run, act=this_act(), passwords=passwords, out=out, progress=step)
    reprinted(result, as_json=json)
    if result.changed:
        raise typer.Exit(NEEDS_A_PERSON)


@app.command(cls=JapaneseCommand)
def person(
    number: Annotated[str, typer.Argument(metavar="組合員番号", help="県コードを付けてもかまいません")],
    json: AsJson = False,
) -> None:
    """その人を載せて渡した名簿のすべて。開示の求めへの答えになります。"""
    from kyosai_lists.cli.show import show_disclosures
    from kyosai_lists.usecases.keeping.disclosures import disclosures_of

    show_disclosures.disclosures(disclosures_of(opened(), number), as_json=json)
