"""What is on 保留."""

from typing import TYPE_CHECKING

from rich.markup import escape

from kyosai_lists.cli.terminal import as_document, console, plain

if TYPE_CHECKING:
    from pathlib import Path

    from kyosai_lists.usecases.on_hold import OnHold

_SHOWN = 50


def rows_on_hold(rows: "list[OnHold]", books: "list[Path]", *, as_json: bool) -> None:
    if as_json:
        as_document({"held": [_document(row) for row in rows], "hold_books": [str(book) for book in books]})
        return
    if not rows:
        console.print("保留の行はありません。")
        return
    console.print(
        f"[bold red]保留 {len(rows):,}行[/] — 直して取り込むまで、組合員・案内停止の行の人はどのリストにも、申込受付の行の人はその共済と関係する共済のリストに載りません。契約の行は、ないものとして扱います。",
        soft_wrap=True,
    )
    for row in rows[:_SHOWN]:
        place = " ".join(filter(None, (row.file, row.sheet, f"{row.row}行目")))
        whose = f" 組合員番号 {row.member_no}" if row.member_no else ""
        console.print(f"  [bold]{row.number}[/] {row.title}{plain(f'{whose} {place}')}", soft_wrap=True)
        for problem in row.problems:
            console.print(plain(f"      {problem['reason']} → {problem['remedy']}"), soft_wrap=True)
    if len(rows) > _SHOWN:
        console.print(f"  ほか{len(rows) - _SHOWN:,}行(--json ですべて見られます)")
    for book in books:
        console.print(f"直すためのブック: {escape(str(book))}", soft_wrap=True)


def _document(row: "OnHold") -> dict[str, object]:
    return {
        "number": row.number, "layout": row.layout, "file": row.file, "sheet": row.sheet, "row": row.row,
        "member_no": row.member_no, "problems": row.problems, "raw": row.raw,
    }  # fmt: skip
