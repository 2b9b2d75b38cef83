"""The template as openpyxl writes it, with one copy of everything and nobody in it: what a stamping writer is cut from.

All that openpyxl and `fill` decide is decided here once and handed on as plain values: the parts of the file, the style of
every cell that will be filled in (in each size to which a long text is broken, and marked as text), sizes and heights.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles.cell_style import StyleArray
from openpyxl.worksheet.worksheet import Worksheet

from kyosai_lists.workbook import tokens
from kyosai_lists.workbook.cells import quoted
from kyosai_lists.workbook.cover import wrap_of_one_row
from kyosai_lists.workbook.fill import open_on_cover
from kyosai_lists.workbook.headers import Headers
from kyosai_lists.workbook.listsheet import copied
from kyosai_lists.workbook.measure import Fit, Fitter, Wrap, has_height, row_height
from kyosai_lists.workbook.meta import clear_meta
from kyosai_lists.workbook.package import parts_of
from kyosai_lists.workbook.pages import Room, room_of
from kyosai_lists.workbook.roll import number_pages
from kyosai_lists.workbook.template import CallListTemplate, SheetPlan


@dataclass(frozen=True)
class CellLook:
    """How a cell with tokens looks. `styles`: index by (font size of a broken text or None, marked as text)."""

    fit: Fit
    wrap: Wrap | None  # of a text that its row has to grow for
    styles: Mapping[tuple[float | None, bool], int]


@dataclass(frozen=True)
class SheetSpecimen:
    """A sheet of the template. `heights`: points, of the rows that hold tokens; `fixed`: those whose height someone set."""

    name: str
    xml: bytes
    state: str
    plan: SheetPlan
    headers: Headers
    looks: Mapping[tuple[int, int], CellLook]
    heights: Mapping[int, float]
    fixed: frozenset[int]
    filtered: str  # "A1:M2", "" without a filter
    print_areas: tuple[str, ...]
    print_titles: str  # "'名簿'!$1:$1"


@dataclass(frozen=True)
class Specimen:
    """`sheets`: in the template's order; `parts`: everything else in the file; `room`: of a printed page of 名簿.

    `unstyled`: a cell that nobody gave a style, as on _meta.
    """

    sheets: tuple[SheetSpecimen, ...]
    parts: Mapping[str, bytes]
    room: Room
    unstyled: CellLook


@lru_cache(maxsize=4)  # most of what a small run's workbooks take; runs of one template and D share it
def specimen_of(template: CallListTemplate, as_of: date) -> Specimen:
    """Prepares a fresh copy of the template as `fill` does and takes it apart; its properties bear the date `as_of`."""
    workbook = template.open()
    room = room_of(workbook[tokens.ROLL], template.plans[tokens.ROLL].patterns[tokens.ROWS].row)
    _prepare(workbook)
    looks = {sheet.title: _looks(sheet, template.plans[sheet.title]) for sheet in workbook.worksheets}
    unstyled = _loose_look(workbook[tokens.META], Cell(workbook[tokens.META], 1, 1))
    parts = parts_of(workbook, as_of)
    sheets = tuple(_sheet(sheet, template, looks[sheet.title], parts.pop(sheet.path[1:])) for sheet in workbook)
    return Specimen(sheets, parts, room, unstyled)


def _prepare(workbook: Workbook) -> None:
    number_pages(workbook[tokens.ROLL])
    number_pages(workbook[tokens.DISCREET])
    clear_meta(workbook[tokens.META])
    pattern = workbook[tokens.LIST]
    twin = copied(workbook, pattern, f"{tokens.LIST}_")
    workbook.move_sheet(twin, workbook.index(pattern) - workbook.index(twin))
    workbook.remove(pattern)
    twin.title = tokens.LIST
    open_on_cover(workbook)


def _sheet(
    sheet: Worksheet, template: CallListTemplate, looks: Mapping[tuple[int, int], CellLook], xml: bytes
) -> SheetSpecimen:
    rows = {row for row, _ in looks}
    filled_in = sheet.title != tokens.META  # nobody sees it
    return SheetSpecimen(
        name=sheet.title,
        xml=xml,
        state=sheet.sheet_state,
        plan=template.plans[sheet.title] if filled_in else SheetPlan({}, ()),
        headers=template.headers.get(sheet.title, {}) if filled_in else {},
        looks=looks,
        heights={row: row_height(sheet, row) for row in rows},
        fixed=frozenset(row for row in rows if has_height(sheet, row)),
        filtered=sheet.auto_filter.ref or "",
        print_areas=tuple(str(area.coord) for area in sheet._print_area.sorted()) if sheet.print_area else (),
        print_titles=sheet.print_titles or "",
    )


def _looks(sheet: Worksheet, plan: SheetPlan) -> dict[tuple[int, int], CellLook]:
    in_patterns = [(pattern.row, cell.column) for pattern in plan.patterns.values() for cell in pattern.cells]
    looks = {place: _repeated_look(sheet, sheet.cell(*place)) for place in in_patterns}
    return looks | {place: _loose_look(sheet, sheet.cell(*place)) for place in plan.loose}


def _repeated_look(sheet: Worksheet, cell: Cell) -> CellLook:
    fitter = Fitter(sheet, cell)
    sizes = fitter.fit.sizes() if fitter.fit.active else []
    by_size: dict[float | None, StyleArray] = {None: cell._style} | {size: fitter.broken(size) for size in sizes}
    return CellLook(fitter.fit, Wrap.of(sheet, cell), _styles(sheet, by_size))


def _loose_look(sheet: Worksheet, cell: Cell) -> CellLook:
    wrap = wrap_of_one_row(sheet, cell) if sheet.title == tokens.COVER else None
    return CellLook(Fit.none(), wrap, _styles(sheet, {None: cell._style}))


def _styles(
    sheet: Worksheet, by_size: Mapping[float | None, StyleArray | None]
) -> dict[tuple[float | None, bool], int]:
    """The styles' places in the workbook's table, as they are and marked as text."""
    add = sheet.parent._cell_styles.add
    # A style of zeros alone is not written: the cell has the workbook's first style, whatever that is.
    plain = {(size, False): add(style) if style is not None and any(style) else 0 for size, style in by_size.items()}
    return plain | {(size, True): add(quoted(style)) for size, style in by_size.items()}
