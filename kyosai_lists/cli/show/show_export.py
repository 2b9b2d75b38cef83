"""What an export wrote, for whom, and what needs a person; and the demonstration, which ends in one."""

from pathlib import Path
from typing import TYPE_CHECKING

from rich.markup import escape

from kyosai_lists.cli.show.show_delivery import delivered, delivery_document
from kyosai_lists.cli.show.show_import import import_document, import_result
from kyosai_lists.cli.terminal import SIDE_BY_SIDE, as_document, console, loud, table
from kyosai_lists.usecases.exporting.export_result import on_hold_in_words

if TYPE_CHECKING:
    from kyosai_lists.usecases.custody.deliver import Delivered
    from kyosai_lists.usecases.exporting.export_result import ExportResult, WrittenUnionLists
    from kyosai_lists.usecases.make_demo import DemoResult


def export_result(result: "ExportResult", to_drive: "Delivered | None" = None, *, as_json: bool) -> None:
    for far in result.far_off:
        loud(f"確かめてください: {far.in_words}。名簿は出してあります。")
    if as_json:
        as_document(export_document(result) | ({"delivered_to": delivery_document(to_drive)} if to_drive else {}))
        return
    if result.union_lists:
        _union_lists(result.union_lists)
    if result.titles:
        _people(result)
    if result.on_hold:
        console.print(f"保留のままの行があります: {on_hold_in_words(result.on_hold)}", style="yellow")
        console.print(
            "  組合員・案内停止の行が保留の人は、どのリストにも載っていません。申込受付の行が保留の人は、その共済と関係する共済のリストに載っていません。",
            style="yellow",
        )
        console.print("  契約の行が保留の人は、加入していてもリストに載ることがあります。", style="yellow")
    if result.waiting:
        console.print(
            f"組合員が登録されていない契約が{result.waiting:,}件あります。加入していてもリストに載ることがあります。",
            style="yellow",
        )
    if result.replaces:
        console.print(f"前の出力(名簿番号 {result.replaces})と入れ替えました。", style="yellow")
    if result.served:
        console.print(f"{escape(result.served.in_words)}。", style="yellow", soft_wrap=True)
    if result.declined:
        unions = escape("・".join(result.declined))
        console.print(
            f"campaigns close --union で出さないことにした単組 {unions} の名簿も、入っています。渡す前に確かめてください。",
            style="yellow", soft_wrap=True,
        )  # fmt: skip
    _earlier(result)
    sealed = "パスワード付き" if result.sealed else "パスワードなし"
    console.print(f"\n出力先({sealed}): [bold]{escape(str(result.out))}[/]")

    if to_drive:
        delivered(to_drive, as_json=False)


def _earlier(result: "ExportResult") -> None:
    """Runs that were killed in between."""
    for run_id in result.finished.done:
        console.print(f"途中で止まっていた名簿(名簿番号 {run_id})を、先に仕上げました。", style="yellow")
    for run_id in result.finished.waiting:
        console.print(
            f"名簿番号 {run_id} は台帳に載っていますが、フォルダーが仕上がっていません。"
            f"kyosai-lists ledger reprint {run_id} で仕上げてください。",
            style="yellow",
        )


def _union_lists(written: "WrittenUnionLists") -> None:
    rows = table("単組のリスト", "載った数", "注意", numbers=False)
    for list_id, title in written.titles.items():
        rows.add_row(escape(title), f"{written.rows[list_id]:,}", escape(written.notes.get(list_id, "")))
    console.print(rows)
    console.print(f"  {escape(written.path)}")


def _people(result: "ExportResult") -> None:
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
    for remark in result.remarks.values():
        console.print(escape(remark), style="yellow")
    if result.roster_warnings:
        console.print(
            f"名簿が古い・ない単組: {len(result.roster_warnings)}(まとめ.xlsx の「名簿の日付」)", style="yellow"
        )


def _books(result: "ExportResult") -> None:
    console.print(f"[bold]{escape(result.title)}の名簿[/] 名簿番号 {result.run_id}")
    if len(result.titles) <= SIDE_BY_SIDE:
        _unions_by_list(result)
        return
    lists = table("リスト", "人数")
    for list_id, title in result.titles.items():
        lists.add_row(f"{result.letters[list_id]} {escape(title)}", f"{_on_list(result, list_id):,}")
    console.print(lists)
    unions = table("単組", "リスト数", "人数")
    for book in result.books:
        unions.add_row(f"{escape(book.union_code)} {escape(book.union_name)}", f"{len(book.rows)}", f"{book.people:,}")
    unions.add_section()
    unions.add_row("計", "", f"{sum(book.people for book in result.books):,}")
    console.print(unions)


def _unions_by_list(result: "ExportResult") -> None:
    for letter, title in zip(result.letters.values(), result.titles.values(), strict=True):
        console.print(f"  {letter} {escape(title)}")
    rows = table("単組", *result.letters.values(), "人数")
    for book in result.books:
        numbers = [book.rows.get(list_id, 0) for list_id in result.titles]
        rows.add_row(
            f"{escape(book.union_code)} {escape(book.union_name)}", *(f"{n:,}" for n in numbers), f"{book.people:,}"
        )
    rows.add_section()
    totals = [_on_list(result, list_id) for list_id in result.titles]
    rows.add_row("計", *(f"{n:,}" for n in totals), f"{sum(book.people for book in result.books):,}")
    console.print(rows)


def _on_list(result: "ExportResult", list_id: str) -> int:
    return sum(book.rows.get(list_id, 0) for book in result.books)


def export_document(result: "ExportResult") -> dict[str, object]:
    written = [book for book in result.books if book.path]
    unions = result.union_lists
    about = (
        {"path": unions.path, "sha256": unions.sha256, "rows": unions.rows, "notes": unions.notes} if unions else None
    )
    return {
        "run": result.run_id,
        "as_of": result.as_of.isoformat(),
        "out": str(result.out),
        "workbooks": [{"union": b.union_code, "path": b.path, "sha256": b.sha256, "rows": b.rows} for b in written],
        **result.totals,
        "ledger": {"entry": result.entry.seq, "hash": result.entry.hash} if result.entry else None,
        "far_off": [
            {"list": far.list_id, "before_run": far.before_run, "before": far.before, "now": far.now}
            for far in result.far_off
        ],
        "served_already": list(result.served.by) if result.served else [],
        "declined_included": list(result.declined),
        "finished": list(result.finished.done),
        "waiting_runs": list(result.finished.waiting),
        **({"union_lists": about} if about else {}),
    }


def demo_result(result: "DemoResult", *, as_json: bool) -> None:
    if as_json:
        as_document(
            {
                "files": [str(f) for f in result.files],
                "import": import_document(result.imported),
                "export": export_document(result.exported),
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
