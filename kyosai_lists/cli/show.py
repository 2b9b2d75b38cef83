"""What people and programs see of a result: tables in plain Japanese, or one JSON document and nothing else on stdout."""

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from rich import box
from rich.console import Console
from rich.markup import escape
from rich.table import Table

if TYPE_CHECKING:
    from kyosai_lists.usecases.export_lists import ExportResult
    from kyosai_lists.usecases.import_files import ImportResult
    from kyosai_lists.usecases.look_at_lists import Explanation, ListCount, ListInfo, ShownList
    from kyosai_lists.usecases.make_demo import DemoResult
    from kyosai_lists.usecases.workspace import Workspace

_FATES = {
    "new": "新規", "changed": "変更", "unchanged": "前と同じ", "duplicate": "重複", "quarantined": "保留", "held": "組合員待ち",
}  # fmt: skip
_SHOWN_PROBLEMS = 30

# Nothing is cut when the answer goes to a file.
console = Console(highlight=False, width=None if sys.stdout.isatty() else 160)


@contextmanager
def progress(text: str) -> Iterator[Callable[[str], None]]:
    """A spinner on stderr with the step under way, when stderr is a terminal."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    with Console(stderr=True).status(text) as status:
        yield lambda step: status.update(f"{text}: {escape(step)}")


def _table(*headings: str, numbers: bool = True) -> Table:
    """Lines that every Windows console can draw; all columns but the first hold numbers, unless said otherwise."""
    table = Table(box=box.SIMPLE, show_edge=False)
    for i, heading in enumerate(headings):
        table.add_column(heading, justify="right" if numbers and i else "left", overflow="fold")
    return table


def _mark(met: bool) -> str:
    """A console in cp932 has no check marks."""
    sign = ("✓", "✗") if (sys.stdout.encoding or "").lower().startswith("utf") else ("○", "×")
    return f"[green]{sign[0]}[/]" if met else f"[red]{sign[1]}[/]"


def as_document(value: object) -> None:
    print(json.dumps(value, ensure_ascii=False))


def made_workspace(workspace: "Workspace") -> None:
    console.print(f"作業フォルダーを作りました: {escape(str(workspace.folder.resolve()))}")
    console.print(
        "次にすること: kyosai.toml の [branch] に返却先を書き、kyosai-lists import で単組一覧・名簿・契約を入れます。"
    )


# -- import ----------------------------------------------------------------------------------------------------------


def import_result(result: "ImportResult", *, dry_run: bool, as_json: bool) -> None:
    if as_json:
        as_document(_import_document(result))
        return
    console.print("[bold]試しに読んだ結果[/](取り込んでいません)" if dry_run else "[bold]取り込み結果[/]")
    for file in result.files:
        fates = " + ".join(f"{word} {file.counts[fate]:,}" for fate, word in _FATES.items() if file.counts[fate])
        kind = f"{file.title}・{file.encoding}"
        console.print(f"  {escape(file.path.name)}({kind}): {file.read:,}行 = {fates or '0'}", soft_wrap=True)
    for file in result.files:
        for remark in file.remarks:
            where = " ".join(
                str(part) for part in (remark.sheet, f"{remark.row}行目" if remark.row else "", remark.column) if part
            )
            many = f"({remark.count:,}件)" if remark.count > 1 else ""
            console.print(
                f"  注意 {escape(file.path.name)} {escape(where)}: {escape(remark.text)}{many}", style="yellow"
            )
    _problems(result)
    if result.mended:
        console.print(f"直っていたので保留から外した行: {result.mended:,}")
    if result.released:
        console.print(f"組合員が登録されて有効になった契約: {result.released:,}")
    if result.waiting:
        console.print(f"組合員が登録されるのを待っている契約: {result.waiting:,}")


def _problems(result: "ImportResult") -> None:
    if result.problems.is_empty():
        return
    console.print(
        f"\n[bold red]保留 {result.problems.height:,}件[/] — 取り込んでいません。直して、同じファイルをもう一度入れてください。"
    )
    for row in result.problems.head(_SHOWN_PROBLEMS).iter_rows(named=True):
        place = " ".join(
            part for part in (row["file"], row["sheet"], f"{row['row']}行目", f"「{row['column']}」") if part
        )
        value = f" 値「{row['value']}」" if row["value"] else ""
        console.print(f"  {escape(place)}{escape(value)}: {escape(row['reason'])} → {escape(row['remedy'])}")
    if result.problems.height > _SHOWN_PROBLEMS:
        console.print(f"  ほか{result.problems.height - _SHOWN_PROBLEMS:,}件(--json ですべて見られます)")


def _import_document(result: "ImportResult") -> dict[str, object]:
    return {
        "files": [
            {"path": str(f.path), "layout": f.layout, "encoding": f.encoding, "read": f.read, **f.counts,
             "remarks": [{"sheet": r.sheet, "row": r.row, "column": r.column, "text": r.text, "count": r.count} for r in f.remarks]}
            for f in result.files
        ],
        "problems": result.problems.to_dicts(),
        "mended": result.mended,
        "waiting": result.waiting,
        "released": result.released,
    }  # fmt: skip


# -- lists -----------------------------------------------------------------------------------------------------------


def lists_overview(lists: "list[ListInfo]", *, as_json: bool) -> None:
    if as_json:
        as_document(
            [
                {"id": r.id, "title": r.title, "offers": r.offers, "plan": list(r.plan), "discreet": r.discreet}
                for r in lists
            ]
        )
        return
    table = _table("リスト", "題名", "ご案内する共済", "計画の項目", numbers=False)
    for rule in lists:
        table.add_row(rule.id, rule.title + (" †" if rule.discreet else ""), rule.offers, "、".join(rule.plan))
    console.print(table)
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
    table = _table("条件(上から順に)", "残る人数")
    for step in shown.funnel:
        table.add_row(escape(step.text), f"{step.remaining:,}")
    for reason, number in shown.suppressed.items():
        table.add_row(f"除く: {escape(reason)}", f"-{number:,}")
    table.add_row("[bold]名簿に載る人[/]", f"[bold]{shown.people:,}[/]")
    console.print(table)


def counts(lists: "list[ListCount]", as_of: date, *, as_json: bool) -> None:
    if as_json:
        listed = [{"id": c.id, "people": c.people, "unions": c.unions} for c in lists]
        as_document({"as_of": as_of.isoformat(), "lists": listed})
        return
    console.print(f"[bold]基準日 {as_of} の人数[/]")
    table = _table("単組", *(escape(c.title) for c in lists))
    for union in sorted({code for c in lists for code in c.unions}):
        table.add_row(union, *(f"{c.unions.get(union, 0):,}" for c in lists))
    table.add_section()
    table.add_row("計", *(f"{c.people:,}" for c in lists))
    console.print(table)


def explanations(found: "list[Explanation]", *, one: bool, as_json: bool) -> None:
    if as_json:
        documents = [_explanation_document(e) for e in found]
        as_document(documents[0] if one else documents)
        return
    for e in found:
        verdict = "[bold green]載ります[/]" if e.listed else "[bold red]載りません[/]"
        console.print(f"{escape(e.title)} ({e.list_id})  組合員番号 {escape(e.member_no)}  基準日 {e.as_of}: {verdict}")
        for condition in e.conditions:
            console.print(f"  {_mark(condition.met)} {escape(condition.text)}  [dim]{escape(condition.value)}[/]")
        if e.suppressed:
            console.print(f"  {_mark(False)} 除かれています: {escape(e.suppressed)}")


def _explanation_document(e: "Explanation") -> dict[str, object]:
    conditions = [{"text": c.text, "met": c.met, "value": c.value} for c in e.conditions]
    return {
        "list": e.list_id, "member_no": e.member_no, "as_of": e.as_of.isoformat(), "listed": e.listed,
        "suppressed": e.suppressed, "conditions": conditions,
    }  # fmt: skip


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


# -- export and demo -------------------------------------------------------------------------------------------------


def export_result(result: "ExportResult", *, as_json: bool) -> None:
    if as_json:
        as_document(_export_document(result))
        return
    _books(result)
    console.print(
        f"該当 {result.matched:,} = 名簿に掲載 {result.delivered:,} + 除外 {sum(result.suppressed.values()):,}"
        f" + 載せられない {result.unplaced:,}(リストごとの延べ人数)"
    )
    for reason, number in result.suppressed.items():
        console.print(f"  除外: {escape(reason)} {number:,}")
    if result.past_retirement:
        console.print(
            f"定年超過・退職予定日なし: {len(result.past_retirement):,}人(県支部控えの manifest.json に組合員番号があります)",
            style="yellow",
        )
    if result.on_hold:
        console.print(
            f"保留のままの行が{result.on_hold:,}件あります。組合員と案内停止の行が保留の人は、どのリストにも載っていません。",
            style="yellow",
        )
    if result.roster_warnings:
        console.print(
            f"名簿が古い・ない単組: {len(result.roster_warnings)}(まとめ.xlsx の「名簿の日付」)", style="yellow"
        )
    sealed = "パスワード付き" if result.sealed else "パスワードなし"
    console.print(f"\n出力先({sealed}): [bold]{escape(str(result.out))}[/]")


def _books(result: "ExportResult") -> None:
    console.print(f"[bold]{escape(result.title)}の名簿[/] 名簿番号 {result.run_id}")
    for letter, title in zip(result.letters.values(), result.titles.values(), strict=True):
        console.print(f"  {letter} {escape(title)}")
    table = _table("単組", *result.letters.values(), "人数")
    for book in result.books:
        numbers = [book.rows.get(list_id, 0) for list_id in result.titles]
        table.add_row(
            f"{escape(book.union_code)} {escape(book.union_name)}", *(f"{n:,}" for n in numbers), f"{book.people:,}"
        )
    table.add_section()
    totals = [sum(book.rows.get(list_id, 0) for book in result.books) for list_id in result.titles]
    table.add_row("計", *(f"{n:,}" for n in totals), f"{sum(book.people for book in result.books):,}")
    console.print(table)


def _export_document(result: "ExportResult") -> dict[str, object]:
    written = [book for book in result.books if book.path]
    return {
        "run": result.run_id,
        "as_of": result.as_of.isoformat(),
        "out": str(result.out),
        "workbooks": [{"union": b.union_code, "path": b.path, "sha256": b.sha256, "rows": b.rows} for b in written],
        "matched": result.matched,
        "delivered": result.delivered,
        "suppressed": result.suppressed,
        "unplaced": result.unplaced,
        "past_retirement": list(result.past_retirement),
        "on_hold": result.on_hold,
    }


def demo_result(result: "DemoResult", *, as_json: bool) -> None:
    if as_json:
        as_document(
            {
                "files": [str(f) for f in result.files],
                "import": _import_document(result.imported),
                "export": _export_document(result.exported),
            }
        )
        return
    import_result(result.imported, dry_run=False, as_json=False)
    export_result(result.exported, as_json=False)
    first = next((book for book in result.exported.books if book.path), None)
    console.print("\n[bold]見てみましょう[/](データはすべて架空です)")
    console.print(f"  1. 取り込んだファイル: {escape(str(result.files[0].parent))}")
    if first is not None:
        console.print(f"  2. 単組の名簿: {escape(str(result.exported.out / Path(first.path)))} をExcelで開く")
    console.print("  3. 県支部の控え: 出力先の 県支部控え フォルダーの まとめ.xlsx")
    console.print("  4. なぜ載る・載らないか:")
    command = f"kyosai-lists --workspace {result.workspace} lists explain all {result.someone} --as-of {result.exported.as_of}"
    console.print(f"     {escape(command)}")
