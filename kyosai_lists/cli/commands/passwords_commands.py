"""passwords, passwords make, passwords notices, passwords show."""

from typing import Annotated

import typer

from kyosai_lists.cli.commands.main_commands import NEEDS_A_PERSON
from kyosai_lists.cli.japanese import JapaneseCommand, JapaneseGroup
from kyosai_lists.cli.options import AsJson, day, opened

app = typer.Typer(
    cls=JapaneseGroup,
    help="名簿のパスワード: 単組ごと・年度ごとに作る・お知らせを作る。",
    invoke_without_command=True,
)

Year = Annotated[
    int | None,
    typer.Option("--year", metavar="年度", min=2000, max=2200, help="基準日の年度(例: 2026)", show_default="今年度"),
]
Unions = Annotated[list[str] | None, typer.Option("--union", metavar="単組コード", help="この単組だけ")]


def _year(year: int | None) -> int:
    from kyosai_lists.dates import fiscal_year

    return year or fiscal_year(day(None))


@app.callback()
def overview(context: typer.Context, year: Year = None, json: AsJson = False) -> None:
    if context.invoked_subcommand is None:
        from kyosai_lists.cli.show import show_passwords
        from kyosai_lists.usecases.sealing.make_passwords import look_at_passwords

        show_passwords.overview(look_at_passwords(opened(), _year(year)), as_json=json)


@app.command(cls=JapaneseCommand)
def make(
    year: Year = None,
    union: Unions = None,
    again: Annotated[
        bool, typer.Option("--again", help="--union の単組のパスワードを作り直します(知られてしまったとき)")
    ] = False,
    json: AsJson = False,
) -> None:
    """パスワードのない単組に、その年度のパスワードを作ります。"""
    from kyosai_lists.cli.show import show_passwords
    from kyosai_lists.usecases.sealing.make_passwords import make_passwords

    result = make_passwords(opened(), _year(year), union or (), day(None), again=again)
    show_passwords.made(result, as_json=json)
    if not result.kept_to_owner:
        raise typer.Exit(NEEDS_A_PERSON)


@app.command(cls=JapaneseCommand)
def notices(year: Year = None, union: Unions = None, json: AsJson = False) -> None:
    """単組に渡すパスワードのお知らせ(A4、1単組1ページ)を作ります。名簿とは別の方法で渡してください。"""
    from kyosai_lists.cli.show import show_passwords
    from kyosai_lists.usecases.sealing.notices import write_notices

    result = write_notices(opened(), _year(year), union or (), day(None))
    show_passwords.notices(result, as_json=json)
    if result.without or not result.kept_to_owner:
        raise typer.Exit(NEEDS_A_PERSON)


@app.command(cls=JapaneseCommand)
def show(union: Annotated[str, typer.Argument(metavar="単組コード")], json: AsJson = False) -> None:
    """1単組のパスワードを、前の年度や作り直す前のものまで画面に出します。"""
    from kyosai_lists.cli.show import show_passwords
    from kyosai_lists.usecases.sealing.make_passwords import passwords_of_union

    show_passwords.of_union(passwords_of_union(opened(), union), as_json=json)
