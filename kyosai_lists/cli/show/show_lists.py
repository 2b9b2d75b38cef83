"""Lists, their rules, their numbers."""

from datetime import date
from typing import TYPE_CHECKING

from rich.markup import escape

from kyosai_lists.cli.terminal import SIDE_BY_SIDE, as_document, console, table

if TYPE_CHECKING:
    from rich.table import Table

    from kyosai_lists.usecases.asking.count_lists import ListCount
    from kyosai_lists.usecases.asking.look_at_lists import ListInfo, ShownList


def lists_overview(lists: "list[ListInfo]", *, as_json: bool) -> None:
    if as_json:
        as_document(
            [
                {"id": r.id, "kind": r.kind, "title": r.title}
                | {"offers": r.offers, "plan": list(r.plan), "discreet": r.discreet}
                for r in lists
            ]
        )
        return
    if people := [rule for rule in lists if rule.kind == "people"]:
        rows = table("リスト", "題名", "ご案内する共済", "計画の項目", numbers=False)
        for rule in people:
            rows.add_row(rule.id, escape(rule.title) + (" †" if rule.discreet else ""), rule.offers, _plan(rule))
        console.print(rows)
    if unions := [rule for rule in lists if rule.kind == "unions"]:
        rows = table("単組のリスト", "題名", "計画の項目", numbers=False)
        for rule in unions:
            rows.add_row(rule.id, escape(rule.title), _plan(rule))
        console.print(rows)
    console.print("† は担当限りの用紙に載ります。kyosai-lists lists show リスト で、きまりと人数が見られます。")


def _plan(rule: "ListInfo") -> str:
    return escape("、".join(rule.plan))


def shown_list(shown: "ShownList", *, as_json: bool) -> None:
    bound, rule = shown.bound, shown.bound.rule
    if as_json:
        as_document(
            {"id": rule.id, "kind": rule.kind, "title": rule.title, "as_of": bound.as_of.isoformat(), "offers": shown.offers, "plan": list(rule.plan),
             "parameters": {n: {"value": _plain(v), "meaning": rule.parameters[n].meaning} for n, v in bound.values.items()},
             "funnel": [{"text": s.text, "remaining": s.remaining} for s in shown.funnel],
             "suppressed": shown.suppressed, "people": shown.people}
            | ({"note": shown.note} if shown.note else {})
        )  # fmt: skip
        return
    console.print(f"[bold]{escape(rule.title)}[/] ({rule.id})  基準日 {bound.as_of}")
    of_people = rule.kind == "people"
    offered = f"   ご案内: {shown.offers}   渡すもの: {escape(rule.document)}" if of_people else ""
    console.print(f"計画の項目: {'、'.join(rule.plan)}{offered}")
    for name, parameter in rule.parameters.items():
        value = "未設定" if bound.values[name] is None else bound.values[name]
        console.print(f"  変えられる数字 {name} = {value}  {escape(parameter.meaning)}")
    what = "人数" if of_people else "県支部の数" if rule.outputs[0] == "pref" else "単組の数"
    rows = table("条件(上から順に)", f"残る{what}")
    for step in shown.funnel:
        rows.add_row(escape(step.text), f"{step.remaining:,}")
    for reason, number in shown.suppressed.items():
        rows.add_row(f"除く: {escape(reason)}", f"-{number:,}")
    rows.add_row(f"[bold]{'名簿に載る人' if of_people else 'リストに載る数'}[/]", f"[bold]{shown.people:,}[/]")
    console.print(rows)
    if shown.note:
        console.print(escape(shown.note), style="yellow")


def counts(lists: "list[ListCount]", as_of: date, *, as_json: bool) -> None:
    if as_json:
        remarks = {c.id: c.remark for c in lists if c.remark}
        document = {"as_of": as_of.isoformat(), "lists": [_count_document(c) for c in lists]}
        as_document(document | ({"remarks": remarks} if remarks else {}))
        return
    if people := [c for c in lists if c.kind == "people"]:
        console.print(f"[bold]基準日 {as_of} の人数[/]")
        if len(people) <= SIDE_BY_SIDE:
            console.print(_by_union(people))
        else:
            console.print(_by_list(people))
            console.print(f"単組ごとの人数は、リストの名前を書くと出ます(一度に{SIDE_BY_SIDE}つまで)。")
        for remark in filter(None, (c.remark for c in people)):
            console.print(escape(remark), style="yellow")
    if about := [c for c in lists if c.kind == "unions"]:
        console.print(f"[bold]基準日 {as_of} の単組のリスト[/]")
        rows = table("リスト", "載る数", "単組コード・県コード", numbers=False)
        for c in about:
            rows.add_row(escape(c.title), f"{c.people:,}", escape(" ".join((*c.unions, *c.prefectures))))
        console.print(rows)


def _by_union(people: "list[ListCount]") -> "Table":
    rows = table("単組", *(escape(c.title) for c in people))
    for union in sorted({code for c in people for code in c.unions}):
        name = escape(f"{union} {people[0].union_names[union]}")
        rows.add_row(name, *(f"{c.unions.get(union, 0):,}" for c in people))
    rows.add_section()
    rows.add_row("計", *(f"{c.people:,}" for c in people))
    return rows


def _by_list(people: "list[ListCount]") -> "Table":
    rows = table("リスト", "人数", "単組の数")
    for c in people:
        rows.add_row(escape(f"{c.id} {c.title}"), f"{c.people:,}", f"{len(c.unions):,}")
    return rows


def _count_document(count: "ListCount") -> dict[str, object]:
    if count.kind == "people":
        return {"id": count.id, "people": count.people, "unions": count.unions}
    document = {"id": count.id, "kind": count.kind, "people": count.people, "unions": count.unions}
    return document | ({"prefectures": count.prefectures} if count.of_prefectures else {})


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value
