"""Lists, their rules, their numbers."""

from datetime import date
from typing import TYPE_CHECKING

from rich.markup import escape

from kyosai_lists.cli.terminal import as_document, console, table

if TYPE_CHECKING:
    from kyosai_lists.usecases.asking.look_at_lists import ListCount, ListInfo, ShownList


def lists_overview(lists: "list[ListInfo]", *, as_json: bool) -> None:
    if as_json:
        as_document(
            [
                {"id": r.id, "title": r.title, "offers": r.offers, "plan": list(r.plan), "discreet": r.discreet}
                for r in lists
            ]
        )
        return
    rows = table("リスト", "題名", "ご案内する共済", "計画の項目", numbers=False)
    for rule in lists:
        rows.add_row(rule.id, rule.title + (" †" if rule.discreet else ""), rule.offers, "、".join(rule.plan))
    console.print(rows)
    console.print("† は担当限りの用紙に載ります。kyosai-lists lists show リスト で、きまりと人数が見られます。")


def shown_list(shown: "ShownList", *, as_json: bool) -> None:
    bound, rule = shown.bound, shown.bound.rule
    if as_json:
        as_document(
            {"id": rule.id, "title": rule.title, "as_of": bound.as_of.isoformat(), "offers": shown.offers, "plan": list(rule.plan),
             "parameters": {n: {"value": _plain(v), "meaning": rule.parameters[n].meaning} for n, v in bound.values.items()},
             "funnel": [{"text": s.text, "remaining": s.remaining} for s in shown.funnel],
             "suppressed": shown.suppressed, "people": shown.people}
        )  # fmt: skip
        return
    console.print(f"[bold]{escape(rule.title)}[/] ({rule.id})  基準日 {bound.as_of}")
    console.print(f"計画の項目: {'、'.join(rule.plan)}   ご案内: {shown.offers}   渡すもの: {escape(rule.document)}")
    for name, parameter in rule.parameters.items():
        console.print(f"  変えられる数字 {name} = {bound.values[name]}  {escape(parameter.meaning)}")
    rows = table("条件(上から順に)", "残る人数")
    for step in shown.funnel:
        rows.add_row(escape(step.text), f"{step.remaining:,}")
    for reason, number in shown.suppressed.items():
        rows.add_row(f"除く: {escape(reason)}", f"-{number:,}")
    rows.add_row("[bold]名簿に載る人[/]", f"[bold]{shown.people:,}[/]")
    console.print(rows)


def counts(lists: "list[ListCount]", as_of: date, *, as_json: bool) -> None:
    if as_json:
        listed = [{"id": c.id, "people": c.people, "unions": c.unions} for c in lists]
        as_document({"as_of": as_of.isoformat(), "lists": listed})
        return
    console.print(f"[bold]基準日 {as_of} の人数[/]")
    rows = table("単組", *(escape(c.title) for c in lists))
    for union in sorted({code for c in lists for code in c.unions}):
        rows.add_row(escape(f"{union} {lists[0].union_names[union]}"), *(f"{c.unions.get(union, 0):,}" for c in lists))
    rows.add_section()
    rows.add_row("計", *(f"{c.people:,}" for c in lists))
    console.print(rows)


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value
