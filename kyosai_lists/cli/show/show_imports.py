"""What came in when, and what taking an import back did."""

from typing import TYPE_CHECKING

from rich.table import Table

from kyosai_lists.cli.terminal import as_document, console, plain
from kyosai_lists.cli.words import fates_in_words

if TYPE_CHECKING:
    from kyosai_lists.usecases.importing.past_imports import PastImport, Undone


def past(imports: "list[PastImport]", *, as_json: bool) -> None:
    if as_json:
        as_document({"imports": [_document(one) for one in imports]})
        return
    if not imports:
        console.print("まだ何も取り込まれていません。")
        return
    table = Table("回", "取り込んだ日", "ファイル", "種類", "行", "どうなったか", box=None, pad_edge=False)
    for one in imports:
        number = f"第{one.number}回"
        for position, file in enumerate(one.files):
            first = position == 0
            name = f"{plain(str(file['name']))}" + (
                f"\n[yellow]{one.undone_on}に元に戻しました[/]" if first and one.undone_on else ""
            )
            table.add_row(
                number if first else "", str(one.taken_in_on) if first else "", name,
                str(file["title"]), f"{file['read']:,}", fates_in_words(file),
            )  # fmt: skip
    console.print(table)


def _document(one: "PastImport") -> dict[str, object]:
    return {
        "import": one.number,
        "taken_in_on": one.taken_in_on.isoformat(),
        "undone_on": one.undone_on.isoformat() if one.undone_on else None,
        "files": [{key: value for key, value in file.items() if key != "title"} for file in one.files],
    }


def undone(result: "Undone", *, as_json: bool) -> None:
    if as_json:
        rows = {title: {"removed": gone, "restored": restored} for title, (gone, restored) in result.rows.items()}
        as_document({"import": result.number, "rows": rows})
        return
    console.print(f"第{result.number}回の取り込みを元に戻しました。")
    for title, (gone, restored) in result.rows.items():
        console.print(f"  {title}: 消えた行 {gone:,}、前の内容に戻した行 {restored:,}")
    console.print("その回に保留になった行も消え、その回に保留から外した行は、また保留になりました。")
