"""The 保留 workbook: each row as it came, with what is wrong and how to mend it; mended, it is imported again."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.page import PrintPageSetup
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from kyosai_lists.vocabulary import HOLD_ANSWER, HOLD_COLUMNS, HOLD_WITHDRAWN
from kyosai_lists.workbook.cells import write_as_it_came, write_text
from kyosai_lists.workbook.names import sheet_names
from kyosai_lists.workbook.package import save
from kyosai_lists.workbook.plainsheet import FONT
from kyosai_lists.workbook.rows import grow_rows, wraps_of
from kyosai_lists.workbook.texts import fits

ROWS_PER_SHEET = 100_000
_HEADING_ROW = 3
_WHAT = "色の付いたセルを直して上書き保存し、このファイルをもう一度取り込んでください。"
_HOW = (
    "直さない行は、そのままで構いません(保留のままです)。取り込まないと決めた行は"
    f"「{HOLD_ANSWER}」に「{HOLD_WITHDRAWN}」と入れます。保留番号と見出しは変えないでください。"
)
_TOO_LONG = "長すぎるセルがあり、ここには書けません。元のファイルで直して、もう一度入れてください"
_WIDTHS = (12.0, 12.0, 42.0, 42.0, 30.0)
_WORDED = (3, 4, 5)  # the columns whose text may need several lines
_LINE = Side(style="thin", color="FFBBBBBB")
_BOX = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)


@dataclass(frozen=True)
class HeldRow:
    """`problems`: JSON list of {column, value, reason, remedy}; `raw`: JSON object, heading → cell as it came."""

    number: str
    file: str
    sheet: str
    row: int
    problems: str
    raw: str


def hold_book(rows: Sequence[HeldRow], title: str, day: date) -> bytes:
    """One workbook of rows of one layout, called `title`: a sheet for each sheet that they came from. The same bytes for the same rows."""
    groups: dict[tuple[str, str, tuple[str, ...]], list[HeldRow]] = {}
    for row in rows:
        groups.setdefault((row.file, row.sheet, tuple(json.loads(row.raw))), []).append(row)
    pages = [
        (f"{file} {sheet}".strip(), headings, members[start : start + ROWS_PER_SHEET])
        for (file, sheet, headings), members in groups.items()
        for start in range(0, len(members), ROWS_PER_SHEET)
    ]
    workbook = Workbook()
    workbook.remove(workbook.active)
    for name, (_, headings, members) in zip(sheet_names([page[0] for page in pages]), pages, strict=True):
        _fill(workbook.create_sheet(name), headings, members, title)
    return save(workbook, day)


def _fill(sheet: Worksheet, headings: Sequence[str], rows: Sequence[HeldRow], title: str) -> None:
    write_text(sheet.cell(1, 1), f"保留の行({title}) — {_WHAT}", _style(sheet, bold=True, size=13))
    write_text(sheet.cell(2, 1), _HOW, _style(sheet))
    of_ours, of_theirs = _style(sheet, bold=True, fill="FFDDDDDD", box=True), _style(sheet, bold=True, fill="FFE7EDF3", box=True)  # fmt: skip
    for number, heading in enumerate((*HOLD_COLUMNS, *headings), start=1):
        write_as_it_came(
            sheet.cell(_HEADING_ROW, number), heading, of_ours if number <= len(HOLD_COLUMNS) else of_theirs
        )
    for number in range(1, len(HOLD_COLUMNS) + len(headings) + 1):
        width = _WIDTHS[number - 1] if number <= len(_WIDTHS) else 16.0
        sheet.column_dimensions[get_column_letter(number)].width = width
    plain, wrong = _style(sheet, box=True), _style(sheet, box=True, fill="FFFFEB84")
    told = _style(sheet, box=True, fill="FFF3F3F3")
    for place, row in enumerate(rows, start=_HEADING_ROW + 1):
        _write_row(sheet, place, row, headings, (plain, wrong, told))
    grow_rows(sheet, _HEADING_ROW + 1, len(rows), wraps_of(sheet, _HEADING_ROW + 1, _WORDED))
    _set_up(sheet, len(HOLD_COLUMNS) + len(headings), len(rows))


def _write_row(
    sheet: Worksheet, place: int, row: HeldRow, headings: Sequence[str], styles: tuple[StyleArray, ...]
) -> None:
    plain, wrong, told = styles
    problems, raw = json.loads(row.problems), json.loads(row.raw)
    whole = all(fits(text) for text in raw.values())
    reasons = "\n".join(dict.fromkeys(problem["reason"] for problem in problems))
    remedies = "\n".join(dict.fromkeys(problem["remedy"] for problem in problems)) if whole else _TOO_LONG
    where = " ".join(filter(None, (row.file, row.sheet, f"{row.row}行目")))
    for number, text in enumerate((row.number, "", reasons, remedies, where), start=1):
        write_as_it_came(sheet.cell(place, number), text if fits(text) else _TOO_LONG, plain if number == 2 else told)
    if not whole:
        return
    at_fault = _at_fault(problems, raw)
    for number, heading in enumerate(headings, start=len(HOLD_COLUMNS) + 1):
        write_as_it_came(sheet.cell(place, number), raw[heading], wrong if heading in at_fault else plain)


def _at_fault(problems: list[dict[str, str]], raw: dict[str, str]) -> set[str]:
    """The headings whose cells are wrong; where a problem names the standard heading and the file has its own, by the value."""
    at_fault = {problem["column"] for problem in problems}
    values = {problem["value"] for problem in problems if problem["column"] not in raw} - {""}
    return at_fault | {heading for heading, text in raw.items() if text.strip() in values}


def _set_up(sheet: Worksheet, columns: int, rows: int) -> None:
    last, end = get_column_letter(columns), _HEADING_ROW + rows
    sheet.row_dimensions[1].height = 24
    sheet.freeze_panes = f"B{_HEADING_ROW + 1}"
    sheet.auto_filter.ref = f"A{_HEADING_ROW}:{last}{end}"
    answer = DataValidation("list", formula1=f'"{HOLD_WITHDRAWN}"', allow_blank=True, errorStyle="warning")
    answer.add(f"B{_HEADING_ROW + 1}:B{end}")
    sheet.add_data_validation(answer)
    sheet.page_setup = PrintPageSetup(
        worksheet=sheet, orientation="landscape", paperSize=9, fitToWidth=1, fitToHeight=0
    )
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = f"{_HEADING_ROW}:{_HEADING_ROW}"
    sheet.oddFooter.left.text = "取扱注意(県支部の中だけ)"
    sheet.oddFooter.right.text = "&P / &N"


def _style(sheet: Worksheet, *, bold: bool = False, size: float = 11, fill: str = "", box: bool = False) -> StyleArray:
    """A style of the workbook; boxed cells are text, so that Excel makes no number or date of what is typed into them."""
    cell = sheet.cell(1, 1_000)
    cell.font = Font(name=FONT, size=size, bold=bold)
    cell.alignment = Alignment(vertical="top", wrap_text=True) if box else Alignment(vertical="center")
    cell.fill = PatternFill("solid", fgColor=fill) if fill else PatternFill()
    cell.border = _BOX if box else Border()
    cell.number_format = "@" if box else "General"
    style = cell._style
    del sheet._cells[1, 1_000]
    return style
