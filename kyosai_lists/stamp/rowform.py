"""A pattern row of the template, taken apart: what is the same in every row, and the cells that are filled in."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from xml.etree import ElementTree as ET

from kyosai_lists.stamp.cellxml import CellXml
from kyosai_lists.stamp.markup import ROW, opening, written
from kyosai_lists.stamp.ranges import Range
from kyosai_lists.workbook.measure import TALLEST, Wrap
from kyosai_lists.workbook.specimen import SheetSpecimen
from kyosai_lists.workbook.template import Pattern, PatternCell


@dataclass(frozen=True)
class FilledCell:
    """A cell with tokens."""

    letters: str
    cell: PatternCell
    xml: CellXml


@dataclass(frozen=True)
class RowForm:
    """`opened`: the row's start tag, still open; `cells`: XML, or what is filled in.

    `grows`: by column, the text for which the row grows from `height` points on; {} when someone set its height.
    """

    sheet: str
    opened: str
    cells: tuple[str | FilledCell, ...]
    grows: dict[str, Wrap]
    height: float

    @classmethod
    def of(cls, sheet: SheetSpecimen, pattern: Pattern, row: ET.Element) -> "RowForm":
        """`row`: the pattern row of the specimen."""
        cells = tuple(_cells(sheet, pattern, row))
        wraps = {c.letters: c.xml.look.wrap for c in cells if isinstance(c, FilledCell) and c.xml.look.wrap}
        row.set("r", ROW)
        grows = {} if pattern.row in sheet.fixed else wraps
        return cls(sheet.name, opening(row), cells, grows, sheet.heights[pattern.row])

    @cached_property
    def filled(self) -> list[FilledCell]:
        return [cell for cell in self.cells if isinstance(cell, FilledCell)]

    def height_attributes(self, needed: float) -> str:
        """The height of a row whose text needs so many points, where that is more than the template gives it."""
        if needed <= self.height:
            return ""
        return f' ht="{round(min(needed, TALLEST), 2):.16g}" customHeight="1"'


def _cells(sheet: SheetSpecimen, pattern: Pattern, row: ET.Element) -> Iterator[str | FilledCell]:
    tokens = {cell.column: cell for cell in pattern.cells}
    for cell in row:
        place = Range.of(cell.get("r", ""))
        if found := tokens.get(place.cell[1]):
            yield FilledCell(place.left, found, CellXml(sheet.looks[place.cell]))
        else:
            cell.set("r", place.left + ROW)
            yield written(cell)
