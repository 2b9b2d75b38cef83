"""How much text fits into a cell, and the style in which a long one is still whole and readable.

An estimate, since only Excel knows the fonts: a full-width letter is as wide as its size, column widths count digits of a
Japanese gothic at 11 points (8 pixels of 1/96 inch).
"""

from copy import copy
from dataclasses import dataclass
from math import ceil
from typing import Any

from openpyxl.cell.cell import Cell
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils import column_index_from_string
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.worksheet import Worksheet

from kyosai_lists.workbook.texts import CELL_LIMIT

Number = Any  # a number, or an expression over a column of numbers
LINE = 1.4  # a line's height for each point of the font
_POINTS_PER_WIDTH = 8 * 72 / 96
_PADDING = 5.0
_ASCII = 0.58
_SHRINKS = 1.12  # shrinking by a tenth is not seen; more than that, two lines are easier to read
_SMALLEST = 5
_ROUNDING = 1e-9
TALLEST = 409.0  # a row can be no higher in Excel
_EXCEL_WIDTH = 8.38
_EXCEL_HEIGHT = 18.75


def ems(text: str) -> Number:
    """Width of one line of text, in full-width letters."""
    narrow = len(text.encode("ascii", "ignore"))
    return ems_of(narrow, len(text) - narrow)


def ems_of(narrow: Number, wide: Number) -> Number:
    """The same from how many letters are narrow (ASCII) and wide: a number, or a column of them."""
    return narrow * _ASCII + wide


def font_size(cell: Cell) -> float:
    return float(cell.font.size or 11)


def merge_of(sheet: Worksheet, cell: Cell) -> CellRange | None:
    return next((found for found in sheet.merged_cells.ranges if cell.coordinate in found), None)


def room(sheet: Worksheet, cell: Cell) -> float:
    """Points of width inside the cell, or inside the merged cells that begin there."""
    merged = merge_of(sheet, cell)
    last = merged.max_col if merged else cell.column
    widths = sum(_width(sheet, column) for column in range(cell.column, last + 1))
    return max(1.0, widths * _POINTS_PER_WIDTH - _PADDING)


@dataclass(frozen=True)
class Wrap:
    """A cell whose text wraps: `size` of its font and `room` inside it, in points."""

    size: float
    room: float

    @classmethod
    def of(cls, sheet: Worksheet, cell: Cell) -> "Wrap | None":
        return cls(font_size(cell), room(sheet, cell)) if cell.alignment.wrap_text else None

    def height(self, text: str) -> Any:
        """Points that a row must have for this text."""
        return self.height_of(sum(max(1, self.lines_of(ems(line))) for line in text.splitlines()))

    @property
    def surely_one_line(self) -> int:
        """A text of so many letters or fewer, without line ends, takes one line, whatever its letters."""
        return int(self.room / self.size - _ROUNDING)

    def lines_of(self, width: Number) -> Number:
        """How many lines a text without line ends takes that is so many letters wide, if it has any."""
        return -(-(width * self.size / self.room) // 1)

    def height_of(self, lines: Number) -> Number:
        return lines * self.size * LINE + 6


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


@dataclass(frozen=True)
class Fit:
    """For cells that a template lets shrink: a text much too long is broken over lines, in the largest size that fits.

    Excel alone would print a name of 25 letters three points high. `room`, `height`, `size`: points.
    """

    active: bool
    room: float
    height: float
    size: float

    @classmethod
    def of(cls, sheet: Worksheet, cell: Cell) -> "Fit":
        width = room(sheet, cell)
        shrinks = bool(cell.alignment.shrink_to_fit) and width > 1.0
        return cls(shrinks, width, row_height(sheet, cell.row), font_size(cell))

    @classmethod
    def none(cls) -> "Fit":
        """Of a cell whose text stays as it is."""
        return cls(False, 0.0, 0.0, 0.0)

    def broken_size(self, text: str) -> float | None:
        """The font size in which the text is broken over lines; None: it stays as the template has it."""
        if not self.active or ems(text) * self.size <= self.room * _SHRINKS:
            return None
        return next((size for size in self.sizes() if self._lines(text, size) * size * LINE <= self.height), None)

    def sizes(self) -> list[float]:
        return [self.size - smaller for smaller in range(int(self.size)) if self.size - smaller >= _SMALLEST]

    @property
    def surely_fits(self) -> int:
        """A text of so many letters or fewer is never broken, whatever its letters."""
        return int(self.room * _SHRINKS / self.size - _ROUNDING) if self.active else CELL_LIMIT

    @property
    def surely_fits_narrow(self) -> int:
        """The same for narrow letters alone."""
        return int(self.room * _SHRINKS / (self.size * _ASCII) - _ROUNDING) if self.active else CELL_LIMIT

    def _lines(self, text: str, size: float) -> int:
        lines: float = ems(text) / max(1, self.room // size)
        return ceil(lines)


class Fitter:
    """The styles of a cell whose texts are broken as `Fit` says."""

    def __init__(self, sheet: Worksheet, cell: Cell) -> None:
        self._cell = cell
        self._base = cell._style
        self._broken: dict[float, StyleArray] = {}
        self.fit = Fit.of(sheet, cell)

    def style(self, text: str) -> StyleArray:
        size = self.fit.broken_size(text)
        return self._base if size is None else self.broken(size)

    def broken(self, size: float) -> StyleArray:
        return self._broken.get(size) or self._make(size)

    def _make(self, size: float) -> StyleArray:
        sheet = self._cell.parent
        scratch = Cell(sheet, self._cell.row, self._cell.column)
        scratch._style = copy(self._base)
        font, alignment = copy(self._cell.font), copy(self._cell.alignment)
        font.size, alignment.shrink_to_fit, alignment.wrap_text = size, None, True
        scratch.font, scratch.alignment = font, alignment
        self._broken[size] = scratch._style
        return self._broken[size]
