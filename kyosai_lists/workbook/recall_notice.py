"""お声かけ不要のお知らせ: for a union, whom on workbooks that it still has it is no longer to approach.

It names No. and 名簿番号 alone, and never why: whoever finds it learns nothing of anybody.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.page import PrintPageSetup
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from kyosai_lists.dates import japanese_day
from kyosai_lists.workbook.cells import write_value
from kyosai_lists.workbook.package import save
from kyosai_lists.workbook.plainsheet import FONT

_COLUMNS = (("名簿番号", 24.0), ("No.", 8.0), ("お知らせ", 38.0), ("新", 6.0), ("線を引いた", 12.0))
_LINE = Side(style="thin", color="FF999999")
_BOX = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_ASKED = (
    "お手元の名簿のうち、次の No. の方は、お声かけ(または一部のご案内)が不要になりました。",
    "名簿のその行に線を引き、声をかけないでください。職場に回した紙も同じようにしてください。",
    "理由は問わないでください。ご本人やまわりの方に尋ねることもしないでください。",
)


@dataclass(frozen=True)
class NoticeRow:
    """`letters`: "" when the person is not to be approached at all. `new`: in no notice before."""

    book_no: str
    no: int
    letters: str
    new: bool


def recall_notice(union_name: str, rows: Sequence[NoticeRow], branch: str, contact: str, day: date) -> bytes:
    """The workbook as .xlsx bytes, one page A4 wide. `branch`, `contact`: who asks, may be empty."""
    workbook = Workbook()
    sheet = workbook.active
    sheet.title = "お声かけ不要のお知らせ"
    _put(sheet, 1, f"{branch or '県支部'}　{japanese_day(day)}", 11, "right")
    _put(sheet, 2, f"{union_name}　ご担当者様", 13, "left")
    _put(sheet, 3, "お声かけ不要のお知らせ", 18, "center", bold=True, height=40)
    for number, text in enumerate(_ASKED, start=4):
        _put(sheet, number, text, 11, "left", height=32)
    last = _table(sheet, 4 + len(_ASKED), rows)
    if contact:
        _put(sheet, last + 2, f"連絡先　{contact}", 11, "left", height=16.0 * (contact.count("\n") + 1) + 8)
    _set_up(sheet, 4 + len(_ASKED), last + 2)
    return save(workbook, day)


def _table(sheet: Worksheet, first: int, rows: Sequence[NoticeRow]) -> int:
    """Writes the headings in row `first` and the rows below; the last row."""
    for column, (title, width) in enumerate(_COLUMNS, start=1):
        _cell(sheet, first, column, title, heading=True)
        sheet.column_dimensions["ABCDE"[column - 1]].width = width
    sheet.row_dimensions[first].height = 24
    for row, one in enumerate(rows, start=first + 1):
        what = f"ご案内 {one.letters} は不要になりました" if one.letters else "お声かけ不要になりました"
        for column, value in enumerate((one.book_no, one.no, what, "新" if one.new else "", "□"), start=1):
            _cell(sheet, row, column, value)
        sheet.row_dimensions[row].height = 24
    return first + len(rows)


def _cell(sheet: Worksheet, row: int, column: int, value: str | int, *, heading: bool = False) -> None:
    cell = sheet.cell(row, column)
    cell.font = Font(name=FONT, size=12 if column == 2 and not heading else 11, bold=heading or column == 2)
    cell.alignment = Alignment(vertical="center", horizontal="left" if column in (1, 3) else "center", wrap_text=True)
    cell.border = _BOX
    if heading:
        cell.fill = PatternFill("solid", fgColor="FFE7EDF3")
    write_value(cell, value)


def _put(
    sheet: Worksheet, row: int, text: str, size: float, side: str, *, bold: bool = False, height: float = 22
) -> None:
    sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=len(_COLUMNS))
    cell = sheet.cell(row, 1)
    cell.font = Font(name=FONT, size=size, bold=bold)
    cell.alignment = Alignment(horizontal=side, vertical="center", wrap_text=True)
    write_value(cell, text)
    sheet.row_dimensions[row].height = height


def _set_up(sheet: Worksheet, heading: int, last: int) -> None:
    sheet.page_setup = PrintPageSetup(worksheet=sheet, orientation="portrait", paperSize=9, fitToWidth=1, fitToHeight=0)
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_area = f"A1:E{last}"
    sheet.print_title_rows = f"{heading}:{heading}"
    sheet.page_margins.left = sheet.page_margins.right = 0.6
    sheet.oddHeader.right.text = "取扱注意"
    sheet.oddFooter.right.text = "&P / &N"
    sheet.sheet_view.showGridLines = False
