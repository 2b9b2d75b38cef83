"""Writes values where tokens stand: in loose cells, and down the rows that a pattern row has become."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from openpyxl.cell.cell import Cell
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.worksheet.worksheet import Worksheet

from kyosai_lists.workbook.cells import write_rich, write_text, write_value
from kyosai_lists.workbook.measure import TALLEST, Fitter, Wrap, has_height, row_height
from kyosai_lists.workbook.template import Pattern, PatternCell
from kyosai_lists.workbook.tokens import Value, is_whole, replaced, shown, tokens_in

Values = Mapping[str, Value]
Getter = Callable[[str], str]


def value_getter(values: Values) -> Getter:
    """Token -> its text, for page headers and wording."""
    return lambda token: shown(values.get(token))


def fill_loose(sheet: Worksheet, places: Iterable[tuple[int, int]], values: Values) -> None:
    """Fills tokens that stand outside pattern rows."""
    for row, column in places:
        cell = sheet.cell(row, column)
        if isinstance(cell.value, CellRichText):
            _fill_rich(cell, cell.value, value_getter(values))
        elif is_whole(cell.value):
            write_value(cell, values.get(tokens_in(cell.value)[0]))
        else:
            write_text(cell, replaced(cell.value, value_getter(values)))


def _fill_rich(cell: Cell, runs: CellRichText, getter: Getter) -> None:
    """Each run keeps its font; a token that was formatted in pieces loses the fonts of its cell."""
    pieces = [run.text if isinstance(run, TextBlock) else run for run in runs]
    if sum(len(tokens_in(piece)) for piece in pieces) < len(tokens_in(str(runs))):
        write_text(cell, replaced(str(runs), getter))
        return
    write_rich(
        cell,
        CellRichText(
            [
                TextBlock(run.font, replaced(run.text, getter)) if isinstance(run, TextBlock) else replaced(run, getter)
                for run in runs
            ]
        ),
    )


def write_rows(sheet: Worksheet, pattern: Pattern, lines: Sequence[Sequence[Values]]) -> None:
    """Writes each line (one mapping of token to value per block) into the rows from the pattern row on."""
    wraps = wraps_of(sheet, pattern.row, [cell.column for cell in pattern.cells])
    for cell in pattern.cells:
        fitter = Fitter(sheet, sheet.cell(pattern.row, cell.column))
        for offset, blocks in enumerate(lines):
            value = cell_value(cell, blocks)
            write_value(sheet.cell(pattern.row + offset, cell.column), value, fitter.style(shown(value)))
    if not has_height(sheet, pattern.row):
        grow_rows(sheet, pattern.row, len(lines), wraps)


def wraps_of(sheet: Worksheet, row: int, columns: Iterable[int]) -> dict[int, Wrap]:
    """The columns whose cells in this row wrap their text."""
    found = {column: Wrap.of(sheet, sheet.cell(row, column)) for column in columns}
    return {column: wrap for column, wrap in found.items() if wrap}


def grow_rows(sheet: Worksheet, first: int, count: int, wraps: Mapping[int, Wrap]) -> None:
    """Sets the height of rows that wrap their text: not every program does so when it opens a file."""
    for row in range(first, first + count):
        needed = max((wrap.height(shown(sheet.cell(row, column).value)) for column, wrap in wraps.items()), default=0.0)
        if needed > row_height(sheet, row):
            sheet.row_dimensions[row].height = round(min(needed, TALLEST), 2)


def cell_value(cell: PatternCell, blocks: Sequence[Values]) -> Value:
    """What stands in a cell of a line. A spare line has no values and stays blank."""
    if cell.whole:
        token, block = cell.tokens[0]
        return blocks[block].get(token) if block < len(blocks) else None
    filled = [shown(blocks[block].get(token)) if block < len(blocks) else "" for token, block in cell.tokens]
    if not any(filled):
        return None  # a spare line stays blank: no wording without a value
    waiting = iter(filled)
    return replaced(cell.text, lambda _: next(waiting))
