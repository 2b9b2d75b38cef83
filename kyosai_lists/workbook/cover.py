"""表紙: the letters and what to hand over for each, and who was given which pages."""

from collections import Counter
from collections.abc import Sequence
from math import ceil

from openpyxl.worksheet.worksheet import Worksheet

from kyosai_lists.workbook.grow import repeat_row
from kyosai_lists.workbook.measure import merge_of, room, row_height, wrapped_height
from kyosai_lists.workbook.model import UnionBook
from kyosai_lists.workbook.pages import Layout, Place
from kyosai_lists.workbook.rows import Values, write_rows
from kyosai_lists.workbook.template import Pattern, SheetPlan
from kyosai_lists.workbook.tokens import DISCREET, LETTERS, PLACES, shown

NO_WORKPLACE = "(職場の記載なし)"
FEWEST_LINES = 8  # a short table still has lines to write on
MOST_LINES_ON_A_PAGE = 50  # more would print too small to write in: then the cover runs on


def fill_cover(sheet: Worksheet, plan: SheetPlan, book: UnionBook, layout: Layout, discreet: int) -> None:
    """`layout`: the pages of 名簿; `discreet`: how many people stand on 担当限り."""
    for row, column in plan.loose:
        _fit_height(sheet, row, column)
    places = [_place_line(place) for place in layout.places]
    if discreet:
        places.append({"職場": DISCREET, "人数": discreet, "ページ": "別紙"})
    tables = [
        (plan.patterns[LETTERS], _letter_lines(book), 1),
        (plan.patterns[PLACES], places, FEWEST_LINES),
    ]
    for pattern, lines, fewest in sorted(tables, key=lambda table: -table[0].row):  # from below, so that rows stay put
        _fill_table(sheet, pattern, lines, fewest)
    if ceil(len(places) / plan.patterns[PLACES].blocks) > MOST_LINES_ON_A_PAGE:
        sheet.page_setup.fitToHeight = 0


def _letter_lines(book: UnionBook) -> list[Values]:
    """Every list of the run, so that all unions of a run hold the same key to the letters."""
    copies = Counter(letter for letters in book.people["letters"] for letter in (letters or "").split())
    return [{"記号": found.letter, "渡す書類": found.document, "部数": copies[found.letter]} for found in book.lists]


def _place_line(place: Place) -> Values:
    pages = f"{place.first_page}" if place.first_page == place.last_page else f"{place.first_page}-{place.last_page}"
    return {"職場": place.name or NO_WORKPLACE, "人数": place.people, "ページ": pages}


def _fill_table(sheet: Worksheet, pattern: Pattern, lines: Sequence[Values], fewest: int) -> None:
    """Down the first block, then down the next one beside it."""
    height = max(fewest, ceil(len(lines) / pattern.blocks))
    repeat_row(sheet, pattern.row, height)
    columns = [lines[start : start + height] for start in range(0, height * pattern.blocks, height)]
    rows = [[column[i] if i < len(column) else {} for column in columns] for i in range(height)]
    write_rows(sheet, pattern, rows)


def _fit_height(sheet: Worksheet, row: int, column: int) -> None:
    """Excel does not grow a row for a merged cell: long wording gets the lines it needs."""
    cell = sheet.cell(row, column)
    merged = merge_of(sheet, cell)
    if cell.alignment.wrap_text and not (merged and merged.min_row != merged.max_row):
        needed = wrapped_height(shown(cell.value), float(cell.font.size or 11), room(sheet, cell))
        sheet.row_dimensions[row].height = max(row_height(sheet, row), needed)
