"""Which sheets of a file are tables to read, and when the file is turned away for its headings."""

from dataclasses import dataclass

from kyosai_lists.intake.headings import header
from kyosai_lists.intake.headings.header import Header
from kyosai_lists.intake.opening import delimited
from kyosai_lists.intake.opening.sheet import Sheet
from kyosai_lists.intake.reading import ReadingOptions, Remark
from kyosai_lists.intake.refusal import refused

_NO_TABLE = "見出しの分からないシートです。読みませんでした"
_HIDDEN = "非表示のシートです。読みませんでした"
_MEND = "見出しを直すか、kyosai.toml の [layouts.{id}.columns] に見出しの読み替えを書き、もう一度入れてください。"


@dataclass(frozen=True)
class Table:
    sheet: Sheet
    header: Header


def table_of_text(text: str, file: str, options: ReadingOptions) -> Table:
    """The table in a text file."""
    return _tables([_split(text, file, options)], file)[0]


def sheet_of_text(text: str, file: str, options: ReadingOptions) -> Sheet:
    """The text as one sheet, whether its headings are understood or not."""
    return _split(text, file, options)[0]


def _split(text: str, file: str, options: ReadingOptions) -> tuple[Sheet, Header | None]:
    """At the delimiter that makes sense of the header line; where none does, at the one that splits more."""
    sheets: list[Sheet] = []
    headers: list[Header | None] = []
    for delimiter in delimited.DELIMITERS:
        sheets.append(delimited.sheet_of(text, delimiter, file))
        if headers and headers[0] and headers[0].match.complete and all(len(row) < 2 for row in sheets[-1].head):
            break  # it splits nothing, so it cannot explain more
        headers.append(header.find(sheets[-1], options))
    best = header.better(headers)
    return sheets[headers.index(best)] if best else max(sheets, key=lambda sheet: sum(map(len, sheet.head))), best


def tables_of_workbook(
    sheets: list[Sheet], hidden: list[str], file: str, options: ReadingOptions
) -> tuple[list[Table], list[Remark]]:
    """The sheets to read, all of one layout, and a remark for each that is not read."""
    found = [(sheet, header.find(sheet, options)) for sheet in sheets]
    tables = _tables(found, file)
    read = {table.sheet.name for table in tables}
    remarks = [Remark(sheet.name, None, None, _NO_TABLE) for sheet in sheets if sheet.name not in read]
    return tables, remarks + [Remark(name, None, None, _HIDDEN) for name in hidden]


def _tables(found: list[tuple[Sheet, Header | None]], file: str) -> list[Table]:
    """
    Raises:
        FileRefused: no sheet can be read, one lacks a bold column, headings are doubled, or layouts are mixed.
    """
    tables = [Table(sheet, head) for sheet, head in found if head and head.match.complete]
    incomplete = [(sheet, head) for sheet, head in found if head and not head.match.complete]
    for sheet, head in incomplete:
        # Beside a sheet that can be read, a memo may hold a known word; a table that lost a column is no memo.
        if not tables or _nearly(head):
            raise _lacking(sheet, max((h for _, h in incomplete), key=_closeness) if not tables else head, file)
    if not tables:
        raise refused(file, "見出しの行が見つかりません。", "1行に見出しを並べ、もう一度入れてください。")
    for table in tables:
        _refuse_doubled(table, file)
        _refuse_unclear(table, file)
    layouts = {table.header.layout.title: None for table in tables}
    if len(layouts) > 1:
        kinds = "と".join(layouts)
        raise refused(
            file,
            f"{kinds}のシートが一つのブックに混ざっています。",
            "種類ごとにファイルを分け、もう一度入れてください。",
        )
    return tables


def _closeness(head: Header) -> int:
    return len(head.match.explained)


def _nearly(head: Header) -> bool:
    required, known = len(head.layout.required), len(head.match.explained)
    return known >= 3 and len(head.match.missing) * 2 <= required


def _lacking(sheet: Sheet, head: Header, file: str) -> Exception:
    columns = "".join(f"「{name}」" for name in head.match.missing)
    place = f"シート「{sheet.name}」は" if sheet.name else ""
    why = f"{place}{head.layout.title}に最も近い形ですが、必要な列{columns}がありません。"
    return refused(file, why, _MEND.format(id=head.layout.id))


def _refuse_unclear(table: Table, file: str) -> None:
    match = table.header.match
    if match.rival:
        kinds = f"{match.layout.title}とも{match.rival}"
        raise refused(file, f"見出しからは、{kinds}とも読めます。", "使わない列を消して、もう一度入れてください。")


def _refuse_doubled(table: Table, file: str) -> None:
    for field, columns in table.header.match.columns.items():
        if len(columns) > 1:
            headings = "と".join(f"「{table.header.written[index].strip()}」" for index in columns)
            meant = table.header.layout.column(field).header
            todo = "使わない方の見出しを別の名前に変えるか列を消し、もう一度入れてください。"
            raise refused(file, f"見出し{headings}が、どちらも「{meant}」の列になります。", todo)
