"""名簿 and 担当限り: one row per person, neutral, ready to be printed and written on."""

from collections.abc import Iterable

import polars as pl
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from kyosai_lists.workbook.grow import repeat_row
from kyosai_lists.workbook.rows import Values, write_rows
from kyosai_lists.workbook.template import SheetPlan
from kyosai_lists.workbook.tokens import PEOPLE_TOKENS, ROWS


def fill_roll(sheet: Worksheet, plan: SheetPlan, people: pl.DataFrame, book_no: str, breaks: Iterable[int]) -> None:
    """`people`: PEOPLE_SCHEMA; `breaks`: after how many people a page ends. With nobody the sheet is taken out."""
    if people.is_empty():
        sheet.parent.remove(sheet)
        return
    pattern = plan.patterns[ROWS]
    repeat_row(sheet, pattern.row, people.height)
    write_rows(sheet, pattern, [[_person(row, book_no)] for row in people.iter_rows(named=True)])
    for done in breaks:
        sheet.row_breaks.append(Break(id=pattern.row + done - 1))
    number_pages(sheet)


def number_pages(sheet: Worksheet) -> None:
    """Page 1 of 名簿 is page 1, also when the cover is printed with it."""
    sheet.page_setup.useFirstPageNumber = True
    sheet.page_setup.firstPageNumber = 1


def _person(row: dict[str, str | int | None], book_no: str) -> Values:
    known = row | {"book_no": book_no}
    return {token: known[column] if column else None for token, column in PEOPLE_TOKENS.items()}
