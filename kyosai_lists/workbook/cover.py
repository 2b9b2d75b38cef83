"""表紙: the letters and what to hand over for each, and who was given which pages."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from math import ceil

from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from kyosai_lists.workbook.grow import repeat_row
from kyosai_lists.workbook.measure import Wrap, merge_of, row_height
from kyosai_lists.workbook.model import ListSheet, UnionBook
from kyosai_lists.workbook.pages import Layout, Place
from kyosai_lists.workbook.rows import Values, write_rows
from kyosai_lists.workbook.template import SheetPlan
from kyosai_lists.workbook.tokens import DISCREET, LETTERS, PLACES, shown

NO_WORKPLACE = "(職場の記載なし)"
FEWEST_LINES = {LETTERS: 1, PLACES: 8}  # a short table of workplaces still has lines to write on
MOST_LINES_ON_A_PAGE = 50  # more would print too small to write in: then the cover runs on


def fill_cover(sheet: Worksheet, plan: SheetPlan, book: UnionBook, layout: Layout, discreet: int) -> None:
    """`layout`: the pages of 名簿; `discreet`: how many people stand on 担当限り."""
    for row, column in plan.loose:
        _fit_height(sheet, row, column)
    places = place_lines(layout, discreet)
    letters = letter_lines(book.lists, copies_of(book.people["letters"].to_list()))
    # From below, so that rows stay put.
    for group, lines in sorted(((PLACES, places), (LETTERS, letters)), key=lambda table: -plan.patterns[table[0]].row):
        pattern = plan.patterns[group]
        rows = in_blocks(lines, pattern.blocks, FEWEST_LINES[group])
        repeat_row(sheet, pattern.row, len(rows))
        write_rows(sheet, pattern, rows)
    if runs_on(len(places), plan.patterns[PLACES].blocks):
        sheet.page_setup.fitToHeight = 0


def runs_on(places: int, blocks: int) -> bool:
    """Whether the cover takes more than one page."""
    return ceil(places / blocks) > MOST_LINES_ON_A_PAGE


def copies_of(letters: Iterable[str | None]) -> Mapping[str, int]:
    """People by letter. `letters`: everyone's, "A C"."""
    return Counter(" ".join(filter(None, letters)).split())


def letter_lines(lists: Sequence[ListSheet], copies: Mapping[str, int]) -> list[Values]:
    """Every list of the run, so that all unions of a run hold the same key to the letters. `copies`: people by letter."""
    return [{"記号": found.letter, "渡す書類": found.document, "部数": copies.get(found.letter, 0)} for found in lists]


def place_lines(layout: Layout, discreet: int) -> list[Values]:
    """The workplaces of 名簿 with their pages, and how many people stand on 担当限り."""
    lines = [_place_line(place) for place in layout.places]
    return [*lines, {"職場": DISCREET, "人数": discreet, "ページ": "別紙"}] if discreet else lines


def _place_line(place: Place) -> Values:
    pages = f"{place.first_page}" if place.first_page == place.last_page else f"{place.first_page}-{place.last_page}"
    return {"職場": place.name or NO_WORKPLACE, "人数": place.people, "ページ": pages}


def in_blocks(lines: Sequence[Values], blocks: int, fewest: int) -> list[list[Values]]:
    """Down the first block, then down the next one beside it: for each row, what stands in each block."""
    height = max(fewest, ceil(len(lines) / blocks))
    columns = [lines[start : start + height] for start in range(0, height * blocks, height)]
    return [[column[i] if i < len(column) else {} for column in columns] for i in range(height)]


def wrap_of_one_row(sheet: Worksheet, cell: Cell) -> Wrap | None:
    """None also for a cell that is merged over several rows: no row alone has to hold its text."""
    merged = merge_of(sheet, cell)
    return None if merged and merged.min_row != merged.max_row else Wrap.of(sheet, cell)


def _fit_height(sheet: Worksheet, row: int, column: int) -> None:
    """Excel does not grow a row for a merged cell: long wording gets the lines it needs."""
    cell = sheet.cell(row, column)
    wrap = wrap_of_one_row(sheet, cell)
    if wrap:
        sheet.row_dimensions[row].height = max(row_height(sheet, row), wrap.height(shown(cell.value)))
