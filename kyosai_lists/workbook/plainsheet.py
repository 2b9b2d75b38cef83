"""A plain, neat table on a sheet of its own: title, remark, heading, rows, totals; set up to be printed A4 landscape.

A table too wide for one page of readable size goes on to the right over several, each beginning with its key columns.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.page import PrintPageSetup
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from kyosai_lists.workbook.cells import write_value
from kyosai_lists.workbook.package import RowsBetween
from kyosai_lists.workbook.plainrows import PlainRows, Row
from kyosai_lists.workbook.rows import grow_rows, wraps_of

FONT = "BIZ UDPゴシック"
_REMARK_ROW, _HEADING_ROW = 2, 3
_PAGE_WIDTH = 110.0  # of columns on A4 landscape, about
_LINE = Side(style="thin", color="FF999999")
_BOX = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_ONE_PAGE = 200.0  # of columns' width: more, made to fit one page, prints too small
_SCALE = 70
_A_PAGE = 150.0  # of columns' width on a page at that scale, even with the wide digits of a substitute font
_DAY = 'yyyy"年"m"月"d"日"'
_SHARE = "0.0%"


@dataclass(frozen=True)
class Column:
    title: str
    width: float
    printed: bool = True  # a long hash, at the end, stays off the paper
    key: bool = False  # names the row: stands again on each page of a wide table; the keys stand side by side


def write_sheet(
    workbook: Workbook,
    name: str,
    title: str,
    remark: str,
    columns: Sequence[Column],
    rows: Sequence[Row],
    total: bool,
    mixed: bool = True,
) -> RowsBetween | None:
    """Adds a sheet `name`; with `total`, a last row sums the columns of numbers. What comes back is for `package.save`.

    `mixed`: numbers stand below words in a column, and keep to the left like them, unless there is a total.
    """
    sheet = workbook.create_sheet(name)
    write_value(sheet.cell(1, 1), title, _style(sheet, bold=True, size=14))
    heading = _style(sheet, bold=True, fill="FFE7EDF3", box=True, wrap=True, centre=True)
    for number, column in enumerate(columns, start=1):
        write_value(sheet.cell(_HEADING_ROW, number), column.title, heading)
        sheet.column_dimensions[get_column_letter(number)].width = column.width
    _write_remark(sheet, remark, columns)
    between = _write_rows(sheet, rows, counts_left=mixed and not total)
    sheet.row_dimensions[_HEADING_ROW].height = 45
    grow_rows(sheet, _HEADING_ROW, 1, wraps_of(sheet, _HEADING_ROW, range(1, len(columns) + 1)))
    if total and rows:
        _write_total(sheet, rows)
    _set_up(sheet, columns, len(rows), len(rows) + (total and bool(rows)))
    return between


def _write_remark(sheet: Worksheet, remark: str, columns: Sequence[Column]) -> None:
    """Over the width of the first page at most, in as many lines as it needs: what runs over the last column is not printed."""
    widths = accumulate(column.width for column in columns)
    last = next((number for number, width in enumerate(widths, start=1) if width >= _PAGE_WIDTH), len(columns))
    if last > 1:
        sheet.merge_cells(start_row=_REMARK_ROW, start_column=1, end_row=_REMARK_ROW, end_column=last)
    write_value(sheet.cell(_REMARK_ROW, 1), remark, _style(sheet, size=10, wrap=True))
    grow_rows(sheet, _REMARK_ROW, 1, wraps_of(sheet, _REMARK_ROW, [1]))


def _write_rows(sheet: Worksheet, rows: Sequence[Row], *, counts_left: bool) -> RowsBetween | None:
    """The first and the last row as openpyxl's cells, by which it knows the styles and how far the sheet goes."""
    words = _style(sheet, box=True, wrap=True)
    count = _style(sheet, box=True, number_format="#,##0", left=counts_left)
    share = _style(sheet, box=True, number_format=_SHARE)
    day = _style(sheet, box=True, number_format=_DAY, left=True)
    kinds = {int: count, float: share, date: day}
    if not rows:
        return None
    first, last = _HEADING_ROW + 1, _HEADING_ROW + len(rows)
    for offset, row in {first: rows[0], last: rows[-1]}.items():
        for number, value in enumerate(row, start=1):
            write_value(sheet.cell(offset, number), value, kinds.get(type(value), words))
    wraps = wraps_of(sheet, first, range(1, len(rows[0]) + 1))
    grow_rows(sheet, first, 1, wraps)
    grow_rows(sheet, last, 1, wraps)
    made = PlainRows(sheet, kinds, words, wraps).xml(first + 1, rows[1:-1])
    return RowsBetween(last, made) if made else None


def _write_total(sheet: Worksheet, rows: Sequence[Row]) -> None:
    row = _HEADING_ROW + len(rows) + 1
    words = _style(sheet, bold=True, fill="FFF3F3F3", box=True)
    count = _style(sheet, bold=True, fill="FFF3F3F3", box=True, number_format="#,##0")
    for number, values in enumerate(zip(*rows, strict=True), start=1):
        counts = [value for value in values if isinstance(value, int)]
        value = sum(counts) if len(counts) == len(values) else "合計" if number == 1 else None
        write_value(sheet.cell(row, number), value, count if isinstance(value, int) else words)


def _set_up(sheet: Worksheet, columns: Sequence[Column], rows: int, printed_rows: int) -> None:
    sheet.row_dimensions[1].height = 24
    keys = [number for number, column in enumerate(columns, start=1) if column.key]
    sheet.freeze_panes = f"{get_column_letter(max(keys, default=0) + 1)}{_HEADING_ROW + 1}"
    if rows:
        sheet.auto_filter.ref = f"A{_HEADING_ROW}:{get_column_letter(len(columns))}{_HEADING_ROW + rows}"
    sheet.page_setup = PrintPageSetup(worksheet=sheet, orientation="landscape", paperSize=9)
    sheet.print_title_rows = f"{_HEADING_ROW}:{_HEADING_ROW}"
    _set_width(sheet, columns)
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    last = get_column_letter(sum(column.printed for column in columns))
    sheet.print_area = f"A1:{last}{_HEADING_ROW + printed_rows}"
    sheet.page_margins.header = sheet.page_margins.footer = 0.3
    sheet.page_margins.top = sheet.page_margins.bottom = 0.6
    sheet.oddFooter.left.text = "県支部控え(数のみ)"
    sheet.oddFooter.center.text = "&A"
    sheet.oddFooter.right.text = "&P / &N"


def _set_width(sheet: Worksheet, columns: Sequence[Column]) -> None:
    breaks = page_breaks([column for column in columns if column.printed])
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=not breaks)
    if not breaks:
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        return
    sheet.page_setup.scale, sheet.page_setup.pageOrder = _SCALE, "overThenDown"
    keys = [number for number, column in enumerate(columns, start=1) if column.key]
    sheet.print_title_cols = f"{get_column_letter(keys[0])}:{get_column_letter(keys[-1])}"
    for last in breaks:
        sheet.col_breaks.append(Break(id=last))


def page_breaks(columns: Sequence[Column]) -> list[int]:
    """After which columns, counted from 1, a page ends; none where all fit on one, or no column is a key to the rows."""
    if sum(column.width for column in columns) <= _ONE_PAGE or not any(column.key for column in columns):
        return []
    breaks, taken = [], 0.0
    for number, column in enumerate(columns, start=1):
        if taken + column.width > _A_PAGE and number > 1:
            breaks.append(number - 1)
            taken = sum(before.width for before in columns[: number - 1] if before.key)
        taken += column.width
    return breaks


def _style(
    sheet: Worksheet,
    *,
    bold: bool = False,
    size: float = 11,
    fill: str = "",
    box: bool = False,
    wrap: bool = False,
    centre: bool = False,
    left: bool = False,
    number_format: str = "General",
) -> StyleArray:
    """A style of the workbook, made on a cell far away that is thrown away again."""
    cell = sheet.cell(1, 1_000)
    cell.font = Font(name=FONT, size=size, bold=bold)
    cell.number_format = number_format
    cell.alignment = Alignment(
        vertical="center", wrap_text=wrap, horizontal="center" if centre else "left" if left else None
    )
    cell.fill = PatternFill("solid", fgColor=fill) if fill else PatternFill()
    cell.border = _BOX if box else Border()
    style = cell._style
    del sheet._cells[1, 1_000]
    return style
