"""custody, custody record, custody recalls."""

from enum import StrEnum
from typing import Annotated

import typer

from kyosai_lists.cli.acting import this_act
from kyosai_lists.cli.commands.main_commands import NEEDS_A_PERSON
from kyosai_lists.cli.japanese import JapaneseCommand, JapaneseGroup
from kyosai_lists.cli.options import AsJson, NoPassword, PasswordFile, Today, day, opened

app = typer.Typer(
    cls=JapaneseGroup,
    help="渡した名簿のゆくえ: 期限を過ぎたものを見る・受領や返却を記録する・お声かけ不要を知らせる。",
    invoke_without_command=True,
)


class Happened(StrEnum):
    """What became of a workbook (`ledger.custody.EVENTS`)."""

    ISSUED = "issued"
    RECEIVED = "received"
    RETURNED = "returned"
    DESTROYED = "destroyed"
    TAKEN_BACK = "taken-back"


Unions = Annotated[list[str] | None, typer.Option("--union", metavar="単組コード", help="この単組だけ")]


@app.callback()
def overview(
    context: typer.Context,
    run: Annotated[str | None, typer.Option("--run", metavar="名簿番号", help="この回の名簿だけ")] = None,
    union: Unions = None,
    everything: Annotated[bool, typer.Option("--all", help="返却・廃棄の済んだものも出します")] = False,
    today: Today = None,
    json: AsJson = False,
) -> None:
    if context.invoked_subcommand is None:
        from kyosai_lists.cli.show import show_custody
        from kyosai_lists.usecases.custody.look_at_custody import look_at_custody

        found = look_at_custody(opened(), day(today), run_id=run, union_codes=union or (), everything=everything)
        show_custody.overview(found, as_json=json)


@app.command(cls=JapaneseCommand)
def record(
    run: Annotated[str, typer.Argument(metavar="名簿番号", help="ledger で見た番号(例: 261101-AB2CD)")],
    event: Annotated[
        Happened,
        typer.Option(
            "--event",
            metavar="issued|received|returned|destroyed|taken-back",
            help="渡した・受領・返却・廃棄、または最後の記録の取り消し",
        ),
    ],
    by: Annotated[str, typer.Option("--by", metavar="名前", help="受け取った人・返した人・廃棄した人")],
    union: Annotated[
        list[str] | None,
        typer.Option("--union", metavar="単組コード", help="この単組だけ", show_default="その回の全単組"),
    ] = None,
    on: Annotated[
        str | None, typer.Option("--on", metavar="日付", help="その日(例: 2026-11-20)", show_default="今日")
    ] = None,
    channel: Annotated[
        str, typer.Option("--channel", metavar="方法", help="渡し方・返り方(例: 手渡し、追跡郵便)")
    ] = "",
    note: Annotated[str, typer.Option("--note", metavar="メモ", help="個人の名前は書かないでください")] = "",
    json: AsJson = False,
) -> None:
    """名簿の受領・返却・廃棄を台帳に記録します。単組はいくつでも、一度に記録できます。"""
    from kyosai_lists.cli.show import show_custody
    from kyosai_lists.usecases.custody.record_custody import Told, record_custody

    told = Told(event.value, day(on), by, channel, note)
    show_custody.recorded(record_custody(opened(), run, union or (), told, this_act()), told, as_json=json)


@app.command(cls=JapaneseCommand)
def recalls(
    write: Annotated[bool, typer.Option("--write", help="単組に送るお知らせ(Excel)を作り、台帳に記録します")] = False,
    password_file: PasswordFile = None,
    no_password: NoPassword = False,
    json: AsJson = False,
) -> None:
    """まだ戻っていない名簿に載っていて、声をかけなくてよくなった人(案内停止・死亡・脱退・加入や申込)を調べます。"""
    from kyosai_lists.cli.password_options import passwords_for
    from kyosai_lists.cli.show import show_recalls
    from kyosai_lists.usecases.custody.recalls import look_for_recalls
    from kyosai_lists.usecases.custody.write_recalls import write_recalls

    workspace, act = opened(), this_act()
    if write:
        passwords = passwords_for(workspace.folder, password_file, no_password=no_password)
        result = write_recalls(workspace, act, passwords)
        show_recalls.written(result, as_json=json)
        unchecked = result.look.unchecked
    else:
        look = look_for_recalls(workspace, act.day)
        show_recalls.looked(look, as_json=json)
        unchecked = look.unchecked
    if unchecked:
        raise typer.Exit(NEEDS_A_PERSON)
