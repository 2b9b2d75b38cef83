"""Makes room in a sheet: a pattern row becomes many, and all that covers it or stands below it moves along."""

from copy import copy

from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.formatting.formatting import ConditionalFormattingList
from openpyxl.worksheet.cell_range import CellRange, MultiCellRange
from openpyxl.worksheet.pagebreak import Break, RowBreak
from openpyxl.worksheet.worksheet import Worksheet

LAST_ROW = 1_048_576


def repeat_row(sheet: Worksheet, row: int, times: int) -> None:
    """Makes `times` (1 or more) rows out of `row`, each with its styles, wording, height and merged cells.

    Filter, print area, validation, conditional formats and merged cells that cover the row grow with it.
    """
    delta = times - 1
    if delta < 1:
        return
    _move_cells(sheet, row, delta)
    _move_heights(sheet, row, delta)
    _move_merges(sheet, row, delta)
    _move_ranges(sheet, row, delta)


def _move_cells(sheet: Worksheet, row: int, delta: int) -> None:
    cells = sheet._cells
    for place in sorted((place for place in cells if place[0] > row), reverse=True):
        cell = cells.pop(place)
        cell.row += delta
        cells[cell.row, cell.column] = cell
    pattern = [cells[place] for place in sorted(cells) if place[0] == row]
    for twin_row in range(row + 1, row + delta + 1):
        for cell in pattern:
            cells[twin_row, cell.column] = _twin(sheet, cell, twin_row)


def _twin(sheet: Worksheet, cell: Cell, row: int) -> Cell:
    if isinstance(cell, MergedCell):
        twin = MergedCell(sheet, row, cell.column)
    else:
        twin = Cell(sheet, row, cell.column)
        twin._value, twin.data_type = cell._value, cell.data_type
    twin._style = cell._style  # shared: nothing changes a style in place
    return twin


def _move_heights(sheet: Worksheet, row: int, delta: int) -> None:
    heights = sheet.row_dimensions
    for below in sorted((number for number in heights if number > row), reverse=True):
        dimension = heights.pop(below)
        dimension.index = below + delta
        heights[below + delta] = dimension
    if row in heights:
        for twin_row in range(row + 1, row + delta + 1):
            # With a height of its own it is shared, since nobody changes it; without one each row grows with its text.
            heights[twin_row] = heights[row] if heights[row].height else copy(heights[row])


def _move_merges(sheet: Worksheet, row: int, delta: int) -> None:
    moved: list[str] = []
    for found in sheet.merged_cells.sorted():
        if found.min_row == found.max_row == row:
            moved += [_coord(found, r, r) for r in range(row, row + delta + 1)]
        else:
            moved.append(_stretched(found, row, delta))
    sheet.merged_cells = MultiCellRange(" ".join(moved))


def _move_ranges(sheet: Worksheet, row: int, delta: int) -> None:
    if sheet.auto_filter.ref:
        sheet.auto_filter.ref = _stretched(CellRange(sheet.auto_filter.ref), row, delta)
    if sheet.print_area:
        sheet.print_area = ",".join(_stretched(area, row, delta) for area in sheet._print_area.sorted())
    for validation in sheet.data_validations.dataValidation:
        validation.sqref = _all_stretched(validation.sqref, row, delta)
    formats, sheet.conditional_formatting = sheet.conditional_formatting, ConditionalFormattingList()
    for found in formats:
        for rule in found.rules:
            sheet.conditional_formatting.add(str(_all_stretched(found.sqref, row, delta)), rule)
    breaks, sheet.row_breaks = sheet.row_breaks.brk, RowBreak()
    for found in breaks:
        sheet.row_breaks.append(Break(id=found.id + delta if found.id >= row else found.id))


def _all_stretched(ranges: MultiCellRange, row: int, delta: int) -> MultiCellRange:
    return MultiCellRange(" ".join(_stretched(found, row, delta) for found in ranges.sorted()))


def _stretched(found: CellRange, row: int, delta: int) -> str:
    return _coord(found, *stretched(found.min_row, found.max_row, row, delta))


def stretched(first: int, last: int, row: int, delta: int) -> tuple[int, int]:
    """Where the rows from `first` to `last` lie once `delta` rows were put in below `row`. Whole columns stay whole columns."""
    return min(first + (delta if first > row else 0), LAST_ROW), min(last + (delta if last >= row else 0), LAST_ROW)


def _coord(found: CellRange, min_row: int, max_row: int) -> str:
    return str(CellRange(min_col=found.min_col, min_row=min_row, max_col=found.max_col, max_row=max_row).coord)
