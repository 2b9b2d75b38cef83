"""On which printed page of 名簿 each workplace stands, worked out beforehand so that the cover's table can say it.

Every page ends in a break of our own, with a little room to spare, so that another printer's margins do not move it.
Source: Excel's page setup (paper, margins in inches, scale); at most 1,026 breaks a sheet.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from openpyxl.worksheet.worksheet import Worksheet

from kyosai_lists.workbook.measure import row_height

MOST_BREAKS = 1_000
_SPARE = 0.97
_MM = {
    8: (297.0, 420.0),
    9: (210.0, 297.0),
    11: (148.0, 210.0),
    12: (257.0, 364.0),
    13: (182.0, 257.0),
}  # by paper size
_POINTS_PER_MM = 72 / 25.4


@dataclass(frozen=True)
class Room:
    """How many people fit on the first page and on each later one."""

    first: int
    later: int


@dataclass(frozen=True)
class Place:
    """A workplace as the cover's table shows it; pages count from 1."""

    name: str
    people: int
    first_page: int
    last_page: int


@dataclass(frozen=True)
class Layout:
    """`breaks`: after how many people a page ends."""

    breaks: tuple[int, ...]
    places: tuple[Place, ...]
    pages: int


def room_of(sheet: Worksheet, pattern_row: int) -> Room:
    """Measures a template's sheet: paper, margins, scale, heights of the pattern row and of what stands above it."""
    wide = sheet.page_setup.orientation == "landscape"
    height_mm = _MM.get(int(sheet.page_setup.paperSize or 9), _MM[9])[0 if wide else 1]
    margins = (sheet.page_margins.top + sheet.page_margins.bottom) * 72
    usable = (height_mm * _POINTS_PER_MM - margins) / ((sheet.page_setup.scale or 100) / 100) * _SPARE
    above = sum(row_height(sheet, row) for row in range(1, pattern_row))
    repeated = sum(row_height(sheet, row) for row in _repeated_rows(sheet))
    row = row_height(sheet, pattern_row)
    return Room(max(1, int((usable - above) // row)), max(1, int((usable - repeated) // row)))


def lay_out(workplaces: Sequence[str], room: Room) -> Layout:
    """`workplaces`: one entry per person, in the order of the sheet. Each workplace begins a page.

    With more workplaces than Excel has breaks for, they follow each other without one.
    """
    runs = [(name, len(list(group))) for name, group in groupby(workplaces)]
    layout = _lay_out(runs, room, apart=True)
    return layout if len(layout.breaks) <= MOST_BREAKS else _lay_out(runs, room, apart=False)


def _lay_out(runs: Sequence[tuple[str, int]], room: Room, *, apart: bool) -> Layout:
    breaks: list[int] = []
    places: list[Place] = []
    done, page, left = 0, 1, room.first
    for name, people in runs:
        if done and (apart or left == 0):
            breaks.append(done)
            page, left = page + 1, room.later
        first_page, waiting = page, people
        while waiting > left:
            done, waiting = done + left, waiting - left
            breaks.append(done)
            page, left = page + 1, room.later
        done, left = done + waiting, left - waiting
        places.append(Place(name, people, first_page, page))
    return Layout(tuple(breaks), tuple(places), page if runs else 0)


def _repeated_rows(sheet: Worksheet) -> range:
    if not sheet.print_title_rows:
        return range(0)
    first, _, last = sheet.print_title_rows.replace("$", "").partition(":")
    return range(int(first), int(last) + 1)
