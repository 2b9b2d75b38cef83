"""パスワードのお知らせ: one A4 page for each union, to be printed and handed over apart from the workbooks.

Pages end at breaks and are printed at a fixed scale: Excel ignores breaks on a sheet that is made to fit.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.page import PrintPageSetup
from openpyxl.worksheet.pagebreak import Break
from openpyxl.worksheet.worksheet import Worksheet

from kyosai_lists.dates import japanese_day
from kyosai_lists.workbook.cells import write_text
from kyosai_lists.workbook.package import save
from kyosai_lists.workbook.plainsheet import FONT

_SIGNS_FONT = "Consolas"  # a slash in the zero, a foot under the one; a substitute is of even width, too
_WIDTHS = (15.0, 57.0)
_LINE = Side(style="thin", color="FF999999")
_THICK = Side(style="medium", color="FF333333")
_REQUESTS = (
    "名簿のファイルとは別の方法でお渡ししています。名簿といっしょに送ったり、保管したりしないでください。",
    "ほかの人に教えないでください。メモや付せんでパソコンに貼らないでください。",
    "なくしたとき、ほかの人に知られたかもしれないときは、すぐに下の連絡先に知らせてください。作り直します。",
    "名簿を返すか廃棄して、要らなくなったら、この紙も裁断してください。",
)
_SIGNS = (
    "英語の小文字と数字だけです。0(ゼロ)、1(いち)、o(オー)、l(エル)、i(アイ)は使っていません。"
    "間の「-」(ハイフン)も入れてください。"
)


@dataclass(frozen=True)
class PasswordNotice:
    """`year`: the 年度; `earlier`: the union had another password for it before."""

    union_code: str
    union_name: str
    year: int
    password: str
    made_on: date
    earlier: bool


def password_notices(notices: Sequence[PasswordNotice], branch: str, contact: str, day: date) -> bytes:
    """The workbook as .xlsx bytes. `branch`, `contact`: whom to ask, may hold line ends or be empty."""
    workbook = Workbook()
    sheet = workbook.active
    sheet.title = "パスワードのお知らせ"
    for letter, width in zip("AB", _WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    row = 1
    for notice in notices:
        row = _page(sheet, row, notice, branch, contact, day)
        sheet.row_breaks.append(Break(id=row - 1))
    _set_up(sheet, row - 1)
    return save(workbook, day)


def _page(sheet: Worksheet, row: int, notice: PasswordNotice, branch: str, contact: str, day: date) -> int:
    """Writes a page that begins in `row`; the row behind it."""
    lines = [
        ("取扱注意　名簿のファイルとは別に渡すこと", 11, 22, "right"),
        (f"{notice.union_name}　ご担当者様", 14, 30, "left"),
        (f"(単組コード {notice.union_code})", 11, 20, "left"),
        (f"{branch or '県支部'}　{japanese_day(day)}", 11, 24, "right"),
        ("パスワードのお知らせ", 22, 54, "center"),
        (_what(notice), 12, 84, "left"),
    ]
    for text, size, height, side in lines:
        _line(sheet, row, text, size, height, side)
        row += 1
    _line(sheet, row, notice.password, 34, 84, "center", boxed=True)
    _line(sheet, row + 1, _SIGNS, 11, 44, "left")
    _line(sheet, row + 2, "お願い", 13, 34, "left", bold=True)
    row += 3
    for number, text in enumerate(_REQUESTS, start=1):
        _line(sheet, row, f"{number}. {text}", 11, 36, "left")
        row += 1
    asked = "\n".join(part for part in (branch or "県支部", contact) if part)
    _pair(sheet, row, "連絡先", asked, max(36.0, 16.0 * (asked.count("\n") + 1)))
    _pair(sheet, row + 1, "受け取った日", "　　　　　年　　　月　　　日", 34)
    _pair(sheet, row + 2, "受け取った人", "", 34)
    return row + 3


def _what(notice: PasswordNotice) -> str:
    text = (
        f"{notice.year}年度の名簿(基準日が{notice.year}年4月1日から{notice.year + 1}年3月31日までのもの)のファイルは、"
        "次のパスワードで開きます。"
    )
    again = f"{japanese_day(notice.made_on)}に作り直しました。それより前にお渡しした名簿は、前のパスワードで開きます。"
    return f"{text}\n{again}" if notice.earlier else text


def _line(
    sheet: Worksheet,
    row: int,
    text: str,
    size: float,
    height: float,
    side: str,
    *,
    bold: bool = False,
    boxed: bool = False,
) -> None:
    sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=2)
    cell = sheet.cell(row, 1)
    cell.font = Font(name=_SIGNS_FONT if boxed else FONT, size=size, bold=bold or boxed or size > 20)
    cell.alignment = Alignment(horizontal=side, vertical="center", wrap_text=True)
    write_text(cell, text)
    sheet.row_dimensions[row].height = height
    if boxed:
        for column in (1, 2):
            sheet.cell(row, column).border = Border(left=_THICK, right=_THICK, top=_THICK, bottom=_THICK)
            sheet.cell(row, column).fill = PatternFill("solid", fgColor="FFF7F7F2")


def _pair(sheet: Worksheet, row: int, title: str, text: str, height: float) -> None:
    for column, content in enumerate((title, text), start=1):
        cell = sheet.cell(row, column)
        cell.font = Font(name=FONT, size=11, bold=column == 1)
        cell.alignment = Alignment(vertical="center", wrap_text=True, indent=1)
        cell.border = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
        write_text(cell, content)
    sheet.row_dimensions[row].height = height


def _set_up(sheet: Worksheet, last: int) -> None:
    sheet.page_setup = PrintPageSetup(worksheet=sheet, orientation="portrait", paperSize=9, scale=100)
    sheet.print_area = f"A1:B{last}"
    sheet.print_options.horizontalCentered = True
    sheet.page_margins.left = sheet.page_margins.right = 0.6
    sheet.page_margins.top = sheet.page_margins.bottom = 0.7
    sheet.sheet_view.showGridLines = False
