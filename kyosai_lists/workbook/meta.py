"""_meta, the very hidden sheet by which a returned workbook is known again, and by which a finished one is counted."""

from collections.abc import Mapping

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from kyosai_lists.workbook import tokens
from kyosai_lists.workbook.cells import write_text
from kyosai_lists.workbook.listsheet import named_lists
from kyosai_lists.workbook.model import ListSheet, RunHeader, UnionBook
from kyosai_lists.workbook.template import CallListTemplate, Pattern

FORMAT = "1"

Line = tuple[str, ...]


def fill_meta(workbook: Workbook, template: CallListTemplate, book: UnionBook, run: RunHeader) -> None:
    """Writes what the docstring of `fill` says, as text, and hides the sheet so that only a program finds it."""
    sheet = workbook[tokens.META]
    clear_meta(sheet)
    for number, line in enumerate(_lines(workbook, template, book, run), start=1):
        for column, text in enumerate(line, start=1):
            write_text(sheet.cell(number, column), text)


def clear_meta(sheet: Worksheet) -> None:
    sheet.sheet_state = "veryHidden"
    sheet.delete_rows(1, sheet.max_row)


def expected_rows(template: CallListTemplate, book: UnionBook) -> dict[str, int]:
    """How many people each sheet of the finished workbook must hold, by the sheet's name."""
    discreet = int(book.people["discreet"].sum())
    on_rolls = {tokens.ROLL: book.people.height - discreet, tokens.DISCREET: discreet}
    on_lists = {name: found.rows.height for found, name in named_lists(template, book.lists)}
    return {name: rows for name, rows in on_rolls.items() if rows} | on_lists


def people_rows(template: CallListTemplate, book: UnionBook) -> dict[str, range]:
    """The numbers of the rows that people stand in, by the sheet's name."""
    first = {name: template.plans[_kind(name)].patterns[tokens.ROWS].row for name in expected_rows(template, book)}
    return {name: range(first[name], first[name] + rows) for name, rows in expected_rows(template, book).items()}


def _kind(sheet: str) -> str:
    """The name in the template of a sheet of people."""
    return sheet if sheet in {tokens.ROLL, tokens.DISCREET} else tokens.LIST


def _lines(workbook: Workbook, template: CallListTemplate, book: UnionBook, run: RunHeader) -> list[Line]:
    lines = fact_lines(run, book.book_no, book.pref, book.union_code, str(book.people.height))
    sheets = {found.id: name for found, name in named_lists(template, book.lists)}
    lines += [list_line(found, sheets.get(found.id, ""), str(found.rows.height)) for found in book.lists]
    for name, rows in expected_rows(template, book).items():
        plan = template.plans[_kind(name)]
        lines += _sheet_lines(workbook[name], plan.patterns[tokens.ROWS], rows)
    return lines


def fact_lines(run: RunHeader, book_no: str, pref: str, union_code: str, people: str) -> list[Line]:
    """Which run and which union's workbook this is."""
    return [
        ("format", FORMAT),
        ("run", run.run_id),
        ("book", book_no),
        ("pref", pref),
        ("union", union_code),
        ("as_of", run.as_of.isoformat()),
        ("people", people),
    ]


def list_line(found: ListSheet, sheet: str, rows: str) -> Line:
    """A list of the run; `sheet` is "" when nobody of this union is on it."""
    return "list", found.id, found.letter, found.title, sheet, rows


def sheet_line(sheet: str, pattern: Pattern, rows: str) -> Line:
    """Where on a sheet people begin, and how many they are."""
    return "sheet", sheet, str(pattern.row - 1), rows


def column_lines(sheet: str, pattern: Pattern, headings: Mapping[int, str]) -> list[Line]:
    """What stands in which column. `headings`: what is printed above each, by column."""
    return [
        ("column", sheet, " ".join(name for name, _ in cell.tokens), headings.get(cell.column, ""), str(cell.column))
        for cell in pattern.cells
    ]


def _sheet_lines(sheet: Worksheet, pattern: Pattern, rows: int) -> list[Line]:
    header_row = pattern.row - 1
    headings = {
        cell.column: str(sheet.cell(header_row, cell.column).value or "") if header_row else ""
        for cell in pattern.cells
    }
    return [sheet_line(sheet.title, pattern, str(rows)), *column_lines(sheet.title, pattern, headings)]
