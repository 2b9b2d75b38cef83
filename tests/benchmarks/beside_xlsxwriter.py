"""XlsxWriter writing the same workbooks: the same cells and looks, widths, heights, merged cells, print set-up, choices.

What a finished workbook holds is read beforehand and is not timed. A workbook is written as XlsxWriter's own documentation
advises for speed: by the method of each cell's type, and with no format that it does not use.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from openpyxl import load_workbook
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.worksheet import Worksheet

_PRINTED = ("left", "center", "right")
_ACROSS = {"left": "L", "center": "C", "right": "R"}


@dataclass(frozen=True)
class SheetContent:
    """Rows and columns count from 0. `cells`: row, column, value, style; `widths`: of columns, and whether they are hidden."""

    name: str
    state: str
    cells: list[tuple[int, int, object, int]]
    merged: list[tuple[int, int, int, int]]
    heights: dict[int, float]
    widths: dict[int, tuple[float, bool]]
    frozen: tuple[int, int] | None
    filtered: tuple[int, int, int, int] | None
    choices: list[tuple[tuple[int, int, int, int], list[str]]]
    breaks: list[int]
    printing: Mapping[str, Any]


@dataclass(frozen=True)
class BookContent:
    """`looks`: by style, XlsxWriter's properties."""

    sheets: list[SheetContent]
    looks: dict[int, dict[str, Any]]


def content_of(data: bytes) -> BookContent:
    book = load_workbook(BytesIO(data))
    looks: dict[int, dict[str, Any]] = {}
    for sheet in book:
        for cell in sheet._cells.values():
            if cell.style_id not in looks:
                looks[cell.style_id] = _look(cell)
    return BookContent([_sheet(sheet) for sheet in book], looks)


def _sheet(sheet: Worksheet) -> SheetContent:
    return SheetContent(
        name=sheet.title,
        state=sheet.sheet_state,
        cells=[(c.row - 1, c.column - 1, c.value, c.style_id) for c in sheet._cells.values()],
        merged=[_corners(found) for found in sheet.merged_cells.ranges],
        heights={row - 1: found.height for row, found in sheet.row_dimensions.items() if found.height},
        widths={found.min - 1: (found.width, found.hidden) for found in sheet.column_dimensions.values()},
        frozen=_corners(sheet.freeze_panes)[:2] if sheet.freeze_panes else None,
        filtered=_corners(sheet.auto_filter.ref) if sheet.auto_filter.ref else None,
        choices=[
            (_corners(area), found.formula1.strip('"').split(","))
            for found in sheet.data_validations.dataValidation
            for area in found.sqref.ranges
        ],
        breaks=[found.id for found in sheet.row_breaks.brk],
        printing=_printing(sheet),
    )


def _corners(area: Any) -> tuple[int, int, int, int]:
    left, top, right, bottom = CellRange(str(area)).bounds
    return top - 1, left - 1, bottom - 1, right - 1


def _printing(sheet: Worksheet) -> dict[str, Any]:
    setup, margins = sheet.page_setup, sheet.page_margins
    return {
        "landscape": setup.orientation == "landscape",
        "paper": int(setup.paperSize or 0),
        "scale": int(setup.scale or 100),
        "fit": (int(setup.fitToWidth or 0), int(setup.fitToHeight or 0)) if sheet.sheet_properties.pageSetUpPr.fitToPage else None,
        "margins": (margins.left, margins.right, margins.top, margins.bottom),
        "centred": bool(sheet.print_options.horizontalCentered),
        "titles": [int(row) - 1 for row in sheet.print_title_rows.replace("$", "").split(":")] if sheet.print_title_rows else None,
        "area": _corners(sheet.print_area.rpartition("!")[2].replace("$", "")) if sheet.print_area else None,
        "header": _coded(sheet.oddHeader),
        "footer": _coded(sheet.oddFooter),
    }  # fmt: skip


def _coded(printed: Any) -> str:
    parts = {place: getattr(printed, place).text for place in _PRINTED}
    return "".join(f"&{_ACROSS[place]}{text}" for place, text in parts.items() if text)


def _look(cell: Any) -> dict[str, Any]:
    font, around, sides = cell.font, cell.alignment, cell.border
    look: dict[str, Any] = {
        "font_name": font.name,
        "font_size": font.size,
        "bold": font.bold,
        "align": around.horizontal,
        "valign": {"center": "vcenter"}.get(around.vertical, around.vertical),
        "text_wrap": around.wrap_text,
        "shrink": around.shrink_to_fit,
        "num_format": cell.number_format,
        "quote_prefix": cell.quotePrefix,
        **{side: 1 for side in ("left", "right", "top", "bottom") if getattr(sides, side).style},
    }
    if cell.fill.fill_type == "solid" and isinstance(cell.fill.fgColor.rgb, str):
        look["bg_color"] = f"#{cell.fill.fgColor.rgb[-6:]}"
    return {name: value for name, value in look.items() if value}


def written_by_xlsxwriter(books: list[BookContent]) -> Iterator[bytes]:
    import xlsxwriter

    for book in books:
        out = BytesIO()
        with xlsxwriter.Workbook(out, {"in_memory": True}) as file:
            looks = {style: file.add_format(look) for style, look in book.looks.items()}
            for sheet in book.sheets:
                _write(file.add_worksheet(sheet.name), sheet, looks)
        yield out.getvalue()


def _write(sheet: Any, content: SheetContent, looks: dict[int, Any]) -> None:
    for row, height in content.heights.items():
        sheet.set_row(row, height)
    for column, (width, hidden) in content.widths.items():
        sheet.set_column(column, column, width, None, {"hidden": hidden})
    for area in content.merged:
        sheet.merge_range(*area, "")
    for row, column, value, style in content.cells:
        if value is None:
            sheet.write_blank(row, column, None, looks[style])
        elif isinstance(value, str):
            sheet.write_string(row, column, value, looks[style])
        else:
            sheet.write_number(row, column, value, looks[style])
    if content.frozen:
        sheet.freeze_panes(*content.frozen)
    if content.filtered:
        sheet.autofilter(*content.filtered)
    for area, words in content.choices:
        sheet.data_validation(*area, {"validate": "list", "source": words, "error_type": "warning"})
    if content.breaks:
        sheet.set_h_pagebreaks(content.breaks)
    {"hidden": sheet.hide, "veryHidden": sheet.very_hidden}.get(content.state, lambda: None)()
    _set_up_page(sheet, content.printing)


def _set_up_page(sheet: Any, printing: Mapping[str, Any]) -> None:
    (sheet.set_landscape if printing["landscape"] else sheet.set_portrait)()
    sheet.set_paper(printing["paper"])
    sheet.set_margins(*printing["margins"])
    if printing["fit"]:
        sheet.fit_to_pages(*printing["fit"])
    else:
        sheet.set_print_scale(printing["scale"])
    if printing["centred"]:
        sheet.center_horizontally()
    if printing["titles"]:
        sheet.repeat_rows(*printing["titles"])
    if printing["area"]:
        sheet.print_area(*printing["area"])
    sheet.set_header(printing["header"])
    sheet.set_footer(printing["footer"])
