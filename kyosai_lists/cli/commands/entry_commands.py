"""suppress add, lift, list; applications add, list."""

from typing import Annotated

import typer

from kyosai_lists.cli.commands.main_commands import NEEDS_A_PERSON
from kyosai_lists.cli.japanese import JapaneseCommand, JapaneseGroup, help_alone
from kyosai_lists.cli.options import AsJson, AsOf, Today, day, opened

suppress = typer.Typer(
    cls=JapaneseGroup, help="案内停止を、電話や紙で受けてその場で入れる、終わらせる、見る。打ち間違いは imports undo で元に戻します。"
)  # fmt: skip
applications = typer.Typer(
    cls=JapaneseGroup,
    help="申込受付を、電話や紙で受けてその場で入れる、見る。打ち間違いは imports undo で元に戻します。",
)

for group in (suppress, applications):
    group.callback(invoke_without_command=True)(help_alone)

MemberNo = Annotated[str, typer.Argument(metavar="組合員番号", help="先頭の0も含めて。17-00000090 のように県コードも付けられます")]  # fmt: skip
AnyMemberNo = Annotated[str | None, typer.Argument(metavar="組合員番号", show_default="全員")]
Pref = Annotated[str | None, typer.Option("--pref", metavar="県コード", help="番号だけでは県が決まらないとき")]
Products = Annotated[
    list[str] | None,
    typer.Option("--product", metavar="共済種類", help="いくつでも。同じ仲間の共済の案内も止まります", show_default="すべて"),
]  # fmt: skip


@suppress.command("add", cls=JapaneseCommand)
def add_stop(
    member_no: MemberNo,
    product: Products = None,
    starts: Annotated[
        str, typer.Option("--from", metavar="日付", help="開始日。省略すると始めから止まり、前の基準日の名簿にも載りません", show_default="始めから")
    ] = "",
    until: Annotated[str, typer.Option("--until", metavar="日付", help="終了日(この日まで止まる)", show_default="終わりなし")] = "",
    reason: Annotated[str | None, typer.Option("--reason", metavar="理由")] = None,
    pref: Pref = None,
    today: Today = None,
    json: AsJson = False,
) -> None:  # fmt: skip
    """案内を止めます。まだ登録のない番号も覚えておき、登録されたときから止めます。"""
    from kyosai_lists.cli.show import show_stops
    from kyosai_lists.usecases.entering.stops_by_hand import add_stops

    result = add_stops(
        opened(), member_no, today=day(today), products=tuple(product or ()), starts=starts, ends=until, reason=reason, pref=pref
    )  # fmt: skip
    show_stops.entered_stops(result, as_json=json)
    if result.needs_a_person:
        raise typer.Exit(NEEDS_A_PERSON)


@suppress.command("lift", cls=JapaneseCommand)
def lift_stop(
    member_no: MemberNo,
    product: Annotated[
        list[str] | None,
        typer.Option("--product", metavar="共済種類", help="いくつでも", show_default="すべての案内の停止"),
    ] = None,
    pref: Pref = None,
    today: Today = None,
    json: AsJson = False,
) -> None:
    """案内停止を終わらせます(昨日までの停止として残ります)。"""
    from kyosai_lists.cli.show import show_stops
    from kyosai_lists.usecases.entering.stops_by_hand import lift_stops

    result = lift_stops(opened(), member_no, today=day(today), products=tuple(product or ()), pref=pref)
    show_stops.lifted_stops(result, as_json=json)
    if result.needs_a_person:
        raise typer.Exit(NEEDS_A_PERSON)


@suppress.command("list", cls=JapaneseCommand)
def list_stops(
    member_no: AnyMemberNo = None,
    everything: Annotated[bool, typer.Option("--all", help="終わったもの、これから始まるものも表示します")] = False,
    as_of: AsOf = None,
    pref: Pref = None,
    json: AsJson = False,
) -> None:
    """案内停止を、どの取り込みで入ったかとともに表示します。保留の行も表示します。"""
    from kyosai_lists.cli.show import show_stops
    from kyosai_lists.usecases.entering import stops_by_hand

    found = stops_by_hand.list_stops(
        opened(), as_of=day(as_of), member_no=member_no, pref=pref, everything=everything
    )  # fmt: skip
    show_stops.stop_list(found, as_json=json)


@applications.command("add", cls=JapaneseCommand)
def add_application(
    member_no: MemberNo,
    product: Annotated[str, typer.Option("--product", metavar="共済種類")],
    received: Annotated[str | None, typer.Option("--received", metavar="日付", help="受付日", show_default="今日")] = None,
    state: Annotated[str, typer.Option("--state", metavar="受付|不備|取下", help="取下は、前に入れた申込の受付日とともに")] = "受付",
    main: Annotated[str | None, typer.Option("--main", metavar="主契約番号")] = None,
    type_: Annotated[str | None, typer.Option("--type", metavar="タイプ")] = None,
    pref: Pref = None,
    today: Today = None,
    json: AsJson = False,
) -> None:  # fmt: skip
    """申込を受け付けたことを入れます。その共済の「未加入」のリストには、すぐに載らなくなります。"""
    from kyosai_lists.cli.show import show_applications
    from kyosai_lists.usecases.entering import applications_by_hand

    result = applications_by_hand.add_application(
        opened(), member_no, product, today=day(today), received=received, state=state, main=main, type_=type_, pref=pref
    )  # fmt: skip
    show_applications.entered_application(result, as_json=json)
    if result.needs_a_person:
        raise typer.Exit(NEEDS_A_PERSON)


@applications.command("list", cls=JapaneseCommand)
def list_applications(
    member_no: AnyMemberNo = None,
    everything: Annotated[bool, typer.Option("--all", help="取り下げたもの、契約になったものも表示します")] = False,
    pref: Pref = None,
    today: Today = None,
    json: AsJson = False,
) -> None:
    """契約を待っている申込を、受付からの日数とともに表示します。"""
    from kyosai_lists.cli.show import show_applications
    from kyosai_lists.usecases.entering import applications_by_hand

    found = applications_by_hand.list_applications(
        opened(), today=day(today), member_no=member_no, pref=pref, everything=everything
    )
    show_applications.application_list(found, as_json=json)
