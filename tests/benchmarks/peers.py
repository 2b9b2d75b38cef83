"""What the stamping writer is timed against: openpyxl filling the same template, XlsxWriter writing the same cells, the floor."""

import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from openpyxl import load_workbook

from kyosai_lists.stamp.container import Entry, packed
from kyosai_lists.workbook.fill import fill
from kyosai_lists.workbook.model import RunBooks
from kyosai_lists.workbook.template import CallListTemplate
from tests.benchmarks.made_unions import RUN


def filled(template: CallListTemplate, books: RunBooks) -> Iterator[bytes]:
    return (fill(template, book, RUN) for book in books.books() if not book.people.is_empty())


@dataclass(frozen=True)
class SheetCells:
    """A finished sheet's cells (row, column from 0, value, style), merged cells and heights of rows."""

    name: str
    cells: list[tuple[int, int, object, int]]
    merged: list[tuple[int, int, int, int]]
    heights: dict[int, float]


def cells_of(data: bytes) -> list[SheetCells]:
    """What a peer without a template has to write to make the same workbook."""
    return [
        SheetCells(
            sheet.title,
            [(c.row - 1, c.column - 1, c.value, c.style_id) for c in sheet._cells.values()],
            [(m.min_row - 1, m.min_col - 1, m.max_row - 1, m.max_col - 1) for m in sheet.merged_cells.ranges],
            {row - 1: found.height for row, found in sheet.row_dimensions.items() if found.height},
        )
        for sheet in load_workbook(BytesIO(data))
    ]


def written_by_xlsxwriter(contents: list[list[SheetCells]]) -> Iterator[bytes]:
    """The same cells, looks, merged cells and heights, no print set-up."""
    import xlsxwriter  # no dependency: this comparison alone needs it

    for sheets in contents:
        out = BytesIO()
        with xlsxwriter.Workbook(
            out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        ) as file:
            looks = {style: file.add_format({"border": 1, "font_size": 8 + style % 16}) for style in range(250)}
            for sheet in sheets:
                _write(file.add_worksheet(sheet.name), sheet, looks)
        yield out.getvalue()


def _write(sheet: Any, finished: SheetCells, looks: dict[int, Any]) -> None:
    for row, height in finished.heights.items():
        sheet.set_row(row, height)
    for row, column, value, style in finished.cells:
        sheet.write(row, column, value, looks[style])
    for merged in finished.merged:
        sheet.merge_range(*merged, "")


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def deflated(contents: list[dict[str, bytes]]) -> Iterator[bytes]:
    """The floor: every part of every workbook deflated and packed, nothing else."""
    return (packed(Entry.of(name, [data]) for name, data in parts.items()) for parts in contents)
