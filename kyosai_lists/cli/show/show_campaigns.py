"""The calendar of 募集, and a campaign that was typed in."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kyosai_lists.cli.show import show_entries
from kyosai_lists.cli.show.slot_words import STANDINGS, asked_document, day, moved, named, plain, slot_document
from kyosai_lists.cli.terminal import as_document, console, table

if TYPE_CHECKING:
    from kyosai_lists.usecases.entering.campaigns_by_hand import EnteredCampaign
    from kyosai_lists.usecases.running.calendar import Calendar
    from kyosai_lists.usecases.running.close_slots import Reopened
    from kyosai_lists.usecases.running.decline_unions import DecidedUnions
    from kyosai_lists.usecases.running.plan import Asked, SlotLine

_COLOURS = {"due": "yellow", "missed": "red"}


def calendar(found: "Calendar", *, as_json: bool) -> None:
    if as_json:
        as_document(
            {
                "today": found.today.isoformat(),
                "campaigns": [slot_document(line) for line in found.lines],
                "questions": [asked_document(one) for one in found.asked],
                "next": slot_document(found.coming) if found.coming else None,
            }
        )
        return
    if found.lines:
        _lines(found)
    elif not found.asked:
        console.print("表示する募集はありません。")
    for asked in found.asked:
        _asked(asked)
    if found.coming:
        coming = found.coming
        because = f"({moved(coming)}動かしました)" if moved(coming) else ""
        console.print(f"次に出るのは {day(coming.slot.issue.on)}: {named(coming)}{because}", soft_wrap=True)
    if found.over:
        console.print(f"終わった募集が、ほかに{found.over:,}件あります(--all で表示します)。")


def _lines(found: "Calendar") -> None:
    rows = table("発行日", "募集コード", "募集名", "開始日", "終了日", "リスト", "単組", "状態", numbers=False)
    for line in found.lines:
        campaign = line.slot.campaign
        rows.add_row(
            day(line.slot.issue.on), plain(campaign.code), plain(campaign.name), str(line.slot.starts_on),
            str(campaign.ends_on), "\n".join(plain(list_id) for list_id in campaign.list_ids), _unions(line), _state(line),
        )  # fmt: skip
    console.print(rows)
    for line in found.lines:
        if line.slot.issue.why:
            console.print(f"  {plain(line.slot.campaign.code)}: 発行日は、{moved(line)}動かしました。", soft_wrap=True)
        if line.declined:
            console.print(
                f"  {plain(line.slot.campaign.code)}: あとから加わった単組 {_joined(line.declined)} には、出さないことにしました。",
                soft_wrap=True,
            )


def _unions(line: "SlotLine") -> str:
    codes = line.slot.union_codes or line.slot.campaign.union_codes
    if codes:
        return f"{len(codes)}単組" if len(codes) > 3 else _joined(codes)
    return f"県 {plain(line.slot.campaign.pref)} のすべて" if line.slot.campaign.pref else "すべて"


def _state(line: "SlotLine") -> str:
    words = STANDINGS[line.standing] + ("(期日のあと)" if line.late else "")
    run = f" {line.run_id}" if line.run_id else ""
    colour = _COLOURS.get(line.standing)
    return f"[{colour}]{words}[/]{run}" if colour else f"{words}{run}"


def _asked(asked: "Asked") -> None:
    for question in asked.questions:
        cannot = "(このままでは名簿を出せません)" if question.blocks else ""
        console.print(
            f"確かめてください {plain(asked.campaign.code)} {plain(asked.campaign.name)}: {plain(question.text)}{cannot}",
            style="red" if question.blocks else "yellow",
            soft_wrap=True,
        )


def entered_campaign(result: "EnteredCampaign", *, as_json: bool) -> None:
    if as_json:
        as_document(
            {
                "import": result.number, "campaign": result.code, "fate": result.fate,
                "slots": [slot_document(line) for line in result.lines],
                "questions": [{"text": one.text, "blocks": one.blocks} for one in result.questions],
                "remarks": list(result.remarks),
            }
        )  # fmt: skip
        return
    show_entries.say(f"募集: {result.code} {result.name} … {show_entries.FATES[result.fate]}")
    for line in result.lines:
        because = f"({moved(line)}動かしました)" if moved(line) else ""
        state = "" if line.standing == "planned" else f" {STANDINGS[line.standing]}"
        console.print(f"  開始日 {day(line.slot.starts_on)} → 発行日 {day(line.slot.issue.on)}{because}{state}")
    for question in result.questions:
        cannot = "(このままでは名簿を出せません)" if question.blocks else ""
        show_entries.say(f"  確かめてください: {question.text}{cannot}", style="red" if question.blocks else "yellow")
    show_entries.remarks_on(result.remarks)
    show_entries.how_to_undo(result.number)


def decided(lines: "list[SlotLine]", what: str, *, as_json: bool) -> None:
    """`lines`: as they stood before."""
    if as_json:
        as_document({"slots": [slot_document(line) for line in lines]})
        return
    for line in lines:
        console.print(f"{what}: {named(line)}", soft_wrap=True)


def reopened(done: "list[Reopened]", *, as_json: bool) -> None:
    if as_json:
        as_document({"slots": [slot_document(one.line) | {"undeclined": list(one.undeclined)} for one in done]})
        return
    for one in done:
        console.print(f"また出すことにしました: {named(one.line)}", soft_wrap=True)
        if one.undeclined:
            console.print(
                f"  単組 {_joined(one.undeclined)} に出さないことにしていたのも、元に戻りました。この単組にも出ます。",
                style="yellow", soft_wrap=True,
            )  # fmt: skip


def decided_unions(done: "list[DecidedUnions]", what: str, *, as_json: bool) -> None:
    if as_json:
        as_document({"slots": [slot_document(one.line) | {"decided_unions": list(one.union_codes)} for one in done]})
        return
    for one in done:
        console.print(f"{what}: {named(one.line)} 単組 {_joined(one.union_codes)}", soft_wrap=True)
        if one.line.about_left_out:
            _asked(one.line.about_left_out)


def _joined(codes: Sequence[str]) -> str:
    return plain("・".join(codes))
