"""案内停止: what was entered, what was ended, what there is."""

from typing import TYPE_CHECKING

from kyosai_lists.cli.show import show_entries
from kyosai_lists.cli.terminal import as_document, console, plain, table
from kyosai_lists.usecases.entering import stop_words

if TYPE_CHECKING:
    from kyosai_lists.usecases.entering.stops_by_hand import EnteredStops, Held, LiftedStops, Stop, StopList


def entered_stops(result: "EnteredStops", *, as_json: bool) -> None:
    if as_json:
        as_document(
            show_entries.entry_document(result.number, result.whom)
            | {"stops": [_stop_document(stop) | {"fate": result.fates[stop.product]} for stop in result.stops]}
            | {"on_hold": [_held_document(held) for held in result.on_hold], "remarks": list(result.remarks)}
        )
        return
    show_entries.whom("案内停止", result.whom)
    for stop in result.stops:
        show_entries.say(f"  {_stop(stop)} … {show_entries.FATES[result.fates[stop.product]]}")
        if others := stop_words.spreads_over(stop.product):
            show_entries.say(f"    同じ仲間の {'、'.join(others)} の案内も止まります。")
    show_entries.remarks_on(result.remarks)
    _still_on_hold(result.on_hold)
    show_entries.how_to_undo(result.number)


def _still_on_hold(stops: "tuple[Held, ...]") -> None:
    for held in stops:
        show_entries.say(f"  保留の案内停止があり、直すまですべて止まったままです: {_held(held)}", style="red")


def lifted_stops(result: "LiftedStops", *, as_json: bool) -> None:
    if as_json:
        as_document(
            show_entries.entry_document(result.number, result.whom)
            | {"lifted": [_stop_document(stop) for stop in result.lifted]}
            | {"not_begun": sorted(result.not_begun), "from_files": list(result.from_files)}
            | {"still": [_stop_document(stop) for stop in result.still]}
            | {"on_hold": [_held_document(held) for held in result.on_hold]}
        )
        return
    show_entries.whom("案内停止", result.whom)
    for stop in result.lifted:
        show_entries.say(f"  {_stop(stop)} … 終わらせました")
        if stop.product in result.not_begun:
            show_entries.say("    まだ始まっていない停止でした。取りやめた印として、昨日1日だけの停止として残ります。")
    if result.from_files:
        files = "、".join(result.from_files)
        show_entries.say(
            f"  {files} から入った停止です。元のファイルも直してください。直さずに取り込むと、また止まります。",
            style="yellow",
        )
    for stop in result.still:
        show_entries.say(f"  まだ止まっています: {_stop(stop)}", style="yellow")
    _still_on_hold(result.on_hold)
    show_entries.how_to_undo(result.number)


def stop_list(found: "StopList", *, as_json: bool) -> None:
    if as_json:
        stops = [_stop_document(stop) | {"in_force": stop_words.in_force(stop, found.as_of)} for stop in found.stops]
        on_hold = [_held_document(held) for held in found.on_hold]
        as_document({"as_of": found.as_of.isoformat(), "stops": stops, "others": found.others, "on_hold": on_hold})
        return
    show_entries.unknown(found.whom)
    if found.stops:
        rows = table("組合員番号", "氏名", "止めるもの", "期間", "理由", "取り込み", numbers=False)
        for stop in found.stops:
            name, product = stop.name or show_entries.NOBODY, stop_words.product_name(stop.product)
            told = (stop.member_no, name, product, stop_words.period(stop), stop.reason, show_entries.source(stop))
            rows.add_row(*(plain(cell) for cell in told))
        console.print(rows)
    else:
        console.print(f"基準日 {found.as_of} に止まっている案内停止はありません。")
    for held in found.on_hold:
        show_entries.say(f"保留(直すまで、その人のすべての案内が止まります): {_held(held)}", style="red")
    if found.others:
        console.print(f"ほかに、終わったものか、これから始まるものが{found.others:,}件あります(--all で見られます)。")


def _stop(stop: "Stop") -> str:
    reason = f" 理由「{stop.reason}」" if stop.reason else ""
    return f"{stop_words.product_name(stop.product)}({stop_words.period(stop)}){reason}"


def _held(held: "Held") -> str:
    return f"{held.number} 組合員番号 {held.member_key.partition('-')[2] or '不明'} {held.file} {held.row}行目 {'、'.join(held.reasons)}"


def _stop_document(stop: "Stop") -> dict[str, object]:
    return {
        "pref": stop.member_key[:2], "member_no": stop.member_no, "name": stop.name,
        "product": stop.product or None, "product_name": stop_words.product_name(stop.product),
        "spreads_over": list(stop_words.spreads_over(stop.product)),
        "starts_on": stop.starts_on.isoformat() if stop.starts_on else None,
        "ends_on": stop.ends_on.isoformat() if stop.ends_on else None,
        "reason": stop.reason, **show_entries.source_document(stop),
    }  # fmt: skip


def _held_document(held: "Held") -> dict[str, object]:
    return {
        "number": held.number, "member_no": held.member_key.partition("-")[2], "file": held.file, "row": held.row,
        "reasons": list(held.reasons), **show_entries.source_document(held),
    }  # fmt: skip
