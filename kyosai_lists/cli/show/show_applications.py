"""申込受付: what was entered or withdrawn, what there is."""

from typing import TYPE_CHECKING

from kyosai_lists.cli.show import show_entries
from kyosai_lists.cli.terminal import as_document, console, plain, table
from kyosai_lists.usecases.entering import applications_by_hand

if TYPE_CHECKING:
    from kyosai_lists.usecases.entering.applications_by_hand import Application, ApplicationList, EnteredApplication


def entered_application(result: "EnteredApplication", *, as_json: bool) -> None:
    told = result.application
    if as_json:
        as_document(
            show_entries.entry_document(result.number, result.whom)
            | {"application": _application_document(told), "fate": result.fate}
            | {"others": [_application_document(other) for other in result.others]}
            | {"main_known": result.main_known, "mended": result.mended, "remarks": list(result.remarks)}
        )
        return
    show_entries.whom("申込受付", result.whom)
    show_entries.say(f"  {_application(told)} … {show_entries.FATES[result.fate]}")
    if told.contract_key:
        show_entries.say(f"  この申込は、もう契約 {told.contract_no} になっています。")
    elif applications_by_hand.is_open(told):
        show_entries.say("  契約になるまで、この共済に加入している人として扱います。")
    for other in result.others:
        show_entries.say(f"  同じ共済の申込が、ほかにもあります: {_application(other)}", style="yellow")
    if not result.main_known:
        show_entries.say(
            f"  主契約番号 {told.main_contract_no} の契約は登録がありません。番号を確かめてください。", style="red"
        )
    if result.mended:
        console.print(f"  直っていたので保留から外した行: {result.mended:,}")
    show_entries.remarks_on(result.remarks)
    show_entries.how_to_undo(result.number)


def application_list(found: "ApplicationList", *, as_json: bool) -> None:
    if as_json:
        rows = [_application_document(a) | {"days": (found.today - a.received_on).days} for a in found.applications]
        as_document({"today": found.today.isoformat(), "applications": rows, "others": found.others})
        return
    show_entries.unknown(found.whom)
    if found.applications:
        lines = table("組合員番号", "氏名", "共済種類", "受付日", "日数", "状態", "契約番号", "取り込み", numbers=False)
        for a in found.applications:
            product, state = applications_by_hand.in_words(a)
            days = f"{(found.today - a.received_on).days:,}日"
            contract = a.contract_no or a.contract_key.partition("-")[2]
            told = (
                a.member_no,
                a.name or show_entries.NOBODY,
                product,
                str(a.received_on),
                days,
                state,
                contract,
                show_entries.source(a),
            )
            lines.add_row(*(plain(cell) for cell in told))
        console.print(lines)
    else:
        console.print("契約を待っている申込はありません。")
    if found.others:
        console.print(f"ほかに、取り下げたものか、契約になったものが{found.others:,}件あります(--all で見られます)。")


def _application(a: "Application") -> str:
    product, state = applications_by_hand.in_words(a)
    return f"{product} 受付日 {a.received_on} {state}"


def _application_document(a: "Application") -> dict[str, object]:
    product, state = applications_by_hand.in_words(a)
    return {
        "pref": a.member_key[:2], "member_no": a.member_no, "name": a.name, "product": a.product,
        "product_name": product, "received_on": a.received_on.isoformat(), "state": a.state, "state_name": state,
        "main_contract_no": a.main_contract_no, "type": a.type, "open": applications_by_hand.is_open(a),
        "contract_no": a.contract_no or a.contract_key.partition("-")[2] or None, **show_entries.source_document(a),
    }  # fmt: skip
