"""How much text fits into a cell, and the style in which a long one is still whole and readable.

An estimate, since only Excel knows the fonts: a full-width letter is as wide as its size, column widths count digits of a
Japanese gothic at 11 points (8 pixels of 1/96 inch).
"""

from copy import copy
from math import ceil

from openpyxl.cell.cell import Cell
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils import column_index_from_string
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.worksheet import Worksheet

LINE = 1.4  # a line's height for each point of the font
_POINTS_PER_WIDTH = 8 * 72 / 96
_PADDING = 5.0
_ASCII = 0.58
_SHRINKS = 1.12  # shrinking by a tenth is not seen; more than that, two lines are easier to read
_SMALLEST = 5
TALLEST = 409.0  # a row can be no higher in Excel
_EXCEL_WIDTH = 8.38
_EXCEL_HEIGHT = 18.75


def ems(text: str) -> float:
    """Width of one line of text, in full-width letters."""
    return sum(_ASCII if c.isascii() else 1.0 for c in text)


def merge_of(sheet: Worksheet, cell: Cell) -> CellRange | None:
    return next((found for found in sheet.merged_cells.ranges if cell.coordinate in found), None)


def room(sheet: Worksheet, cell: Cell) -> float:
    """Points of width inside the cell, or inside the merged cells that begin there."""
    merged = merge_of(sheet, cell)
    last = merged.max_col if merged else cell.column
    widths = sum(_width(sheet, column) for column in range(cell.column, last + 1))
    return max(1.0, widths * _POINTS_PER_WIDTH - _PADDING)


def wrapped_height(text: str, size: float, width: float) -> float:
    """Points of height for a text of this font size that wraps within `width` points."""
    lines = sum(max(1, ceil(ems(line) * size / width)) for line in text.splitlines())
    return lines * size * LINE + 6


def has_height(sheet: Worksheet, row: int) -> bool:
    """Whether someone set the row's height; others grow with their text."""
    return row in sheet.row_dimensions and bool(sheet.row_dimensions[row].height)


def row_height(sheet: Worksheet, row: int) -> float:
    if row in sheet.row_dimensions:
        dimension = sheet.row_dimensions[row]
        if dimension.hidden:
            return 0.0
        if dimension.height:
            return float(dimension.height)
    return float(sheet.sheet_format.defaultRowHeight or _EXCEL_HEIGHT)


def _width(sheet: Worksheet, column: int) -> float:
    for dimension in sheet.column_dimensions.values():
        first = dimension.min or column_index_from_string(dimension.index)
        if first <= column <= (dimension.max or first):
            return 0.0 if dimension.hidden else float(dimension.width)
    return float(sheet.sheet_format.defaultColWidth or _EXCEL_WIDTH)


class Fitter:
    """For cells that a template lets shrink: a text much too long is broken over lines, in the largest size that fits.

    Excel alone would print a name of 25 letters three points high.
    """

    def __init__(self, sheet: Worksheet, cell: Cell) -> None:
        self._cell = cell
        self._base = cell._style
        self._active = bool(cell.alignment.shrink_to_fit) and room(sheet, cell) > 1.0
        self._room = room(sheet, cell)
        self._height = row_height(sheet, cell.row)
        self._size = float(cell.font.size or 11)
        self._broken: dict[float, StyleArray] = {}

    def style(self, text: str) -> StyleArray:
        if not self._active or ems(text) * self._size <= self._room * _SHRINKS:
            return self._base
        size = self._size
        while size >= _SMALLEST:
            if self._lines(text, size) * size * LINE <= self._height:
                return self._broken.get(size) or self._make(size)
            size -= 1
        return self._base

    def _lines(self, text: str, size: float) -> int:
        return ceil(ems(text) / max(1, self._room // size))

    def _make(self, size: float) -> StyleArray:
        sheet = self._cell.parent
        scratch = Cell(sheet, self._cell.row, self._cell.column)
        scratch._style = copy(self._base)
        font, alignment = copy(self._cell.font), copy(self._cell.alignment)
        font.size, alignment.shrink_to_fit, alignment.wrap_text = size, None, True
        scratch.font, scratch.alignment = font, alignment
        self._broken[size] = scratch._style
        return self._broken[size]
