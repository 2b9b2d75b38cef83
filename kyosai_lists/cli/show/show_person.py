"""One person: what is stored, what is on 保留, the lists, the history; or the people who may be meant."""

from datetime import date
from typing import TYPE_CHECKING

from rich.padding import Padding
from rich.table import Table

from kyosai_lists.cli.show.person_document import document
from kyosai_lists.cli.show.show_disclosures import handed_out
from kyosai_lists.cli.show.show_explanations import all_lists
from kyosai_lists.cli.terminal import as_document, console, plain
from kyosai_lists.dates import completed_years
from kyosai_lists.usecases.wording import heading, shown_value, title

if TYPE_CHECKING:
    from kyosai_lists.usecases.asking.explain_member import Explanation
    from kyosai_lists.usecases.asking.look_up_person import LookedUp, Person, StoredRow
    from kyosai_lists.usecases.asking.person_history import Event
    from kyosai_lists.usecases.asking.search_people import FoundPerson
    from kyosai_lists.usecases.on_hold import OnHold

_SHOWN = 50
_EMPTY = "(空欄)"
_STATES = {
    "contracts": {"in_force": "有効", "to_come": "発効前", "ended": "終了"},
    "applications": {"open": "申込中", "matched": "契約済", "withdrawn": "取下"},
    "suppressions": {"in_force": "停止中", "to_come": "開始前", "ended": "終了"},
}


def looked_up(found: "LookedUp", *, as_json: bool) -> None:
    if as_json:
        as_document(document(found))
    elif found.person is None:
        _several(found.people)
    else:
        _one(found.person, found.as_of)


def _several(people: "list[FoundPerson]") -> None:
    console.print(f"[bold]{len(people):,}人います。[/]組合員番号を指定すると、その人のすべてが見られます。")
    rows = _columns("組合員番号", "氏名", "カナ", "単組", "職場", "在籍")
    for one in people[:_SHOWN]:
        state = shown_value("members", "status", one.status) if one.member else "(名簿になし)"
        held = "・保留あり" if one.on_hold else ""
        union = f"{one.union_code} {one.union_name}"
        rows.add_row(*map(plain, (one.number_to_type, one.name, one.kana, union, one.workplace, state + held)))
    console.print(rows)
    if len(people) > _SHOWN:
        console.print(
            f"ほか{len(people) - _SHOWN:,}人。氏名を続けて書くか、組合員番号で指定してください(--json ですべて見られます)。"
        )


def _one(person: "Person", as_of: date) -> None:
    who = person.who
    console.print(f"[bold]{plain(who.name or '(氏名なし)')}[/]  組合員番号 {plain(who.member_no)}  基準日 {as_of}")
    if person.own is None:
        console.print("[yellow]この人の行は名簿から取り込まれていないので、どのリストにも載りません。[/]")
    else:
        _own(person.own, who.union_name, as_of)
    _rows_on_hold(person.on_hold)
    _stored("契約", person.contracts, ("contract_no", "product", "units", "effective_on", "ended_on"))
    _stored("申込受付", person.applications, ("product", "type", "received_on", "state"))
    _stored("案内停止", person.stops, ("product", "starts_on", "ends_on", "reason"))
    _lists(person.lists)
    _handed_out(person)
    _history(person.history)


def _own(own: "StoredRow", union_name: str, as_of: date) -> None:
    rows = Table(box=None, show_header=False, pad_edge=False)
    for field, value in own.values.items():
        if value:
            beside = _age(value, as_of) if field == "born_on" else f" {union_name}" if field == "union_code" else ""
            rows.add_row(heading("members", field) or field, plain(shown_value("members", field, value) + beside))
    console.print(Padding(rows, (0, 0, 0, 2), expand=False))


def _age(born_on: str, as_of: date) -> str:
    born = date.fromisoformat(born_on)
    return f"({completed_years(born, as_of)}歳)" if born <= as_of else ""


def _rows_on_hold(rows: "list[OnHold]") -> None:
    if not rows:
        return
    console.print(
        f"\n[bold red]保留[/] {len(rows):,}行 — 名簿か案内停止の行が保留の人は、直して取り込むまで、どのリストにも載りません。申込受付の行が保留の人は、その共済と関係する共済のリストに載りません。"
    )
    for row in rows:
        place = " ".join(filter(None, (row.file, row.sheet, f"{row.row}行目")))
        console.print(f"  {row.number} {title(row.layout)}  {plain(place)}", soft_wrap=True)
        for problem in row.problems:
            value = f"「{problem['column']}」の値「{problem['value']}」: " if problem["value"] else ""
            console.print(f"    {plain(value + problem['reason'])} → {plain(problem['remedy'])}", soft_wrap=True)


def _stored(name: str, rows: "list[StoredRow]", fields: tuple[str, ...]) -> None:
    """Columns for `fields`; whatever else is stored stands behind each other in the last one."""
    if not rows:
        return
    console.print(f"\n[bold]{name}[/] {len(rows):,}件")
    table = rows[0].table
    rest = [_rest(row, fields) for row in rows]
    shown = _columns("", *(heading(table, field) or field for field in fields), *(["ほか"] if any(rest) else []))
    for row, more in zip(rows, rest, strict=True):
        cells = [shown_value(table, field, row.values[field]) for field in fields]
        shown.add_row(*map(plain, (_STATES[table][row.state], *cells, *([more] if any(rest) else []))))
    console.print(Padding(shown, (0, 0, 0, 2), expand=False))


def _rest(row: "StoredRow", fields: tuple[str, ...]) -> str:
    """What is stored besides `fields` and the number; a line is folded between two of them only."""
    return " ".join(
        f"{heading(row.table, field)}:{shown_value(row.table, field, value)}"
        for field, value in row.values.items()
        if value and field not in (*fields, "pref", "member_no")
    )


def _lists(lists: "list[Explanation]") -> None:
    if not lists:
        return
    console.print()
    all_lists(lists)
    console.print("  条件ごとの理由は、kyosai-lists lists explain リスト 組合員番号 で見られます。")


def _handed_out(person: "Person") -> None:
    if person.handed_out:
        console.print(f"\n[bold]この人を載せて渡した名簿[/] {len(person.handed_out):,}回")
        handed_out(person.handed_out)


def _history(events: "list[Event]") -> None:
    console.print("\n[bold]取り込みの履歴[/](新しい順)" if events else "\n取り込みの履歴はありません。")
    for event, *more in _together(events):
        files = (
            event.files[0] + (f" ほか{len(event.files) - 1}件" if len(event.files) > 1 else "") if event.files else ""
        )
        undone = f"[yellow]({event.undone_on}に元に戻した)[/] " if event.undone_on else ""
        records = "、".join(one.record for one in (event, *more))
        record = f"{title(event.table)} {records}: " if event.record else ""
        console.print(
            f"  {event.on} 第{event.import_number}回 {plain(files)}: {undone}{plain(record + _what(event))}",
            soft_wrap=True,
        )


def _together(events: "list[Event]") -> "list[list[Event]]":
    """Each event, but the rows of one kind that one import brought new as one."""
    groups: dict[object, list[Event]] = {}
    for event in events:
        changed = event.record if event.kind == "changed" else ""
        groups.setdefault((event.import_number, event.table, event.kind, changed), []).append(event)
    return list(groups.values())


def _what(event: "Event") -> str:
    if event.kind == "created":
        return "登録"
    if event.kind == "earliest":
        return "このとき登録または変更(これより前の変更の控えはありません)"
    return "、".join(f"{c.column} 「{c.before or _EMPTY}」→「{c.after or _EMPTY}」" for c in event.changes)


def _columns(*headings: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="dim")
    for name in headings:
        table.add_column(name, overflow="fold")
    return table
