"""_meta, the very hidden sheet by which a returned workbook is known again, and by which a finished one is counted."""

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from kyosai_lists.workbook import tokens
from kyosai_lists.workbook.cells import write_text
from kyosai_lists.workbook.listsheet import named_lists
from kyosai_lists.workbook.model import RunHeader, UnionBook
from kyosai_lists.workbook.template import CallListTemplate, Pattern

FORMAT = "1"


def fill_meta(workbook: Workbook, template: CallListTemplate, book: UnionBook, run: RunHeader) -> None:
    """Writes what the docstring of `fill` says, as text, and hides the sheet so that only a program finds it."""
    sheet = workbook[tokens.META]
    sheet.sheet_state = "veryHidden"
    sheet.delete_rows(1, sheet.max_row)
    for number, line in enumerate(_lines(workbook, template, book, run), start=1):
        for column, text in enumerate(line, start=1):
            write_text(sheet.cell(number, column), text)


def expected_rows(template: CallListTemplate, book: UnionBook) -> dict[str, int]:
    """How many people each sheet of the finished workbook must hold, by the sheet's name."""
    discreet = int(book.people["discreet"].sum())
    on_rolls = {tokens.ROLL: book.people.height - discreet, tokens.DISCREET: discreet}
    on_lists = {name: found.rows.height for found, name in named_lists(template, book.lists)}
    return {name: rows for name, rows in on_rolls.items() if rows} | on_lists


def _lines(workbook: Workbook, template: CallListTemplate, book: UnionBook, run: RunHeader) -> list[list[str]]:
    lines = [
        ["format", FORMAT],
        ["run", run.run_id],
        ["book", book.book_no],
        ["pref", book.pref],
        ["union", book.union_code],
        ["as_of", run.as_of.isoformat()],
        ["people", str(book.people.height)],
    ]
    sheets = {found.id: name for found, name in named_lists(template, book.lists)}
    lines += [
        ["list", found.id, found.letter, found.title, sheets.get(found.id, ""), str(found.rows.height)]
        for found in book.lists
    ]
    for name, rows in expected_rows(template, book).items():
        plan = template.plans[name if name in {tokens.ROLL, tokens.DISCREET} else tokens.LIST]
        lines += _sheet_lines(workbook[name], plan.patterns[tokens.ROWS], rows)
    return lines


def _sheet_lines(sheet: Worksheet, pattern: Pattern, rows: int) -> list[list[str]]:
    header_row = pattern.row - 1
    lines = [["sheet", sheet.title, str(header_row), str(rows)]]
    for cell in pattern.cells:
        heading = sheet.cell(header_row, cell.column).value if header_row else ""
        token = " ".join(name for name, _ in cell.tokens)
        lines.append(["column", sheet.title, token, str(heading or ""), str(cell.column)])
    return lines
