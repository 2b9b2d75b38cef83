"""campaigns; campaigns add, close, reopen."""

import re
from typing import Annotated

import typer

from kyosai_lists.cli.acting import this_act
from kyosai_lists.cli.commands.main_commands import NEEDS_A_PERSON
from kyosai_lists.cli.japanese import JapaneseCommand, JapaneseGroup
from kyosai_lists.cli.options import AsJson, Today, day, opened
from kyosai_lists.errors import UsageError

app = typer.Typer(
    cls=JapaneseGroup,
    help="募集の予定: いつ、どの名簿が出るか。1件ずつ入れることもできます。",
    invoke_without_command=True,
)
_MONTH = re.compile(r"(\d{4})[-/年](0?[1-9]|1[0-2])月?")


@app.callback()
def calendar(
    context: typer.Context,
    month: Annotated[str | None, typer.Option("--month", metavar="年-月", help="この月にかかるものだけ(例: 2026-11)")] = None,
    list_id: Annotated[str | None, typer.Option("--list", metavar="リスト", help="このリストが出るものだけ")] = None,
    everything: Annotated[bool, typer.Option("--all", help="終わったものも表示します")] = False,
    today: Today = None,
    json: AsJson = False,
) -> None:  # fmt: skip
    if context.invoked_subcommand is not None:
        return
    from kyosai_lists.cli.show import show_campaigns
    from kyosai_lists.usecases.running.calendar import look_at_calendar

    found = look_at_calendar(opened(), day(today), month=_month(month), list_id=list_id, everything=everything)
    show_campaigns.calendar(found, as_json=json)


def _month(text: str | None) -> tuple[int, int] | None:
    if text is None:
        return None
    if not (found := _MONTH.fullmatch(text)):
        raise UsageError(f"「{text}」は年と月として読めません。", "2026-11 のように書いてください。")
    return int(found[1]), int(found[2])


@app.command(cls=JapaneseCommand)
def add(
    code: Annotated[str, typer.Argument(metavar="募集コード")],
    name: Annotated[str, typer.Option("--name", metavar="募集名")],
    kind: Annotated[str, typer.Option("--kind", metavar="継続|スポット|新規採用者", help="種別")],
    ends: Annotated[str, typer.Option("--end", metavar="日付", help="終了日")],
    list_ids: Annotated[list[str], typer.Option("--list", metavar="リスト", help="対象リスト。いくつでも")],
    starts: Annotated[str, typer.Option("--start", metavar="日付", help="開始日。継続では、省略すると単組ごとの継続募集開始日", show_default="なし")] = "",
    days_ahead: Annotated[str, typer.Option("--days-ahead", metavar="日数", help="発行日数前: 開始日の何日前に出すか", show_default="当日")] = "",
    union: Annotated[list[str] | None, typer.Option("--union", metavar="単組コード", help="いくつでも", show_default="県のすべて")] = None,
    pref: Annotated[str, typer.Option("--pref", metavar="県コード", show_default="すべて")] = "",
    today: Today = None,
    json: AsJson = False,
) -> None:  # fmt: skip
    """募集を1件入れます。同じ募集コードがあれば、入れた内容に変わります。"""
    from kyosai_lists.cli.show import show_campaigns
    from kyosai_lists.usecases.entering.campaigns_by_hand import add_campaign

    result = add_campaign(
        opened(), code, today=day(today), name=name, kind=kind, starts=starts, ends=ends,
        days_ahead=days_ahead, list_ids=list_ids, union_codes=union or (), pref=pref,
    )  # fmt: skip
    show_campaigns.entered_campaign(result, as_json=json)
    if result.needs_a_person:
        raise typer.Exit(NEEDS_A_PERSON)


Code = Annotated[str, typer.Argument(metavar="募集コード")]
Start = Annotated[
    str | None,
    typer.Option("--start", metavar="日付", help="この開始日のものだけ", show_default="残っているものすべて"),
]
Unions = Annotated[
    list[str] | None,
    typer.Option(
        "--union", metavar="単組コード", help="名簿が出たあとに加わった、この単組だけ。いくつでも", show_default="なし"
    ),
]


@app.command(cls=JapaneseCommand)
def close(code: Code, start: Start = None, union: Unions = None, today: Today = None, json: AsJson = False) -> None:
    """まだ出ていない名簿を、出さないことにします。出ないまま終わったという知らせも止まります。"""
    from kyosai_lists.cli.show import show_campaigns
    from kyosai_lists.usecases.running.close_slots import close_slots
    from kyosai_lists.usecases.running.decline_unions import decline_unions

    starts_on, what = day(start) if start else None, "出さないことにしました"
    if union:
        declined = decline_unions(opened(), code, union, day(today), this_act(), starts_on)
        show_campaigns.decided_unions(declined, what, as_json=json)
    else:
        show_campaigns.decided(close_slots(opened(), code, day(today), this_act(), starts_on), what, as_json=json)


@app.command(cls=JapaneseCommand)
def reopen(code: Code, start: Start = None, union: Unions = None, today: Today = None, json: AsJson = False) -> None:
    """出さないことにした名簿を、また出すことにします。"""
    from kyosai_lists.cli.show import show_campaigns
    from kyosai_lists.usecases.running.close_slots import reopen_slots
    from kyosai_lists.usecases.running.decline_unions import ask_about_unions

    starts_on = day(start) if start else None
    if union:
        asked = ask_about_unions(opened(), code, union, day(today), this_act(), starts_on)
        show_campaigns.decided_unions(asked, "出すかどうかを、また尋ねることにしました", as_json=json)
    else:
        show_campaigns.reopened(reopen_slots(opened(), code, day(today), this_act(), starts_on), as_json=json)
