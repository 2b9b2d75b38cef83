"""A union's own roster as it keeps it in Excel: title rows, 和暦, half-width kana, a totals row, a memo, a hidden old sheet."""

from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from random import Random

from openpyxl import Workbook
from openpyxl.styles import Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from kyosai_lists.demo.branch.date_styles import JAPANESE, WESTERN, half_width_kana, written
from kyosai_lists.demo.branch.places import Union
from kyosai_lists.demo.branch.rosters import DATE_HEADERS, Row
from kyosai_lists.demo.moment import Moment

_TITLE = Font(size=14, bold=True)
_HEAD = PatternFill("solid", fgColor="FFDDEBF7")
_THIN = Border(bottom=Side(style="thin"))


@dataclass(frozen=True)
class Style:
    """`renamed`: standard heading → the union's own. `excel_dates`: columns that hold true Excel dates."""

    renamed: dict[str, str]
    left_out: frozenset[str] = frozenset()
    excel_dates: frozenset[str] = frozenset()

    def headings(self, standard: list[str]) -> list[str]:
        return [self.renamed.get(name, name) for name in standard if name not in self.left_out]


STANDARD = Style(renamed={}, excel_dates=frozenset({"採用年月日"}))
# No 単組コード column: the code stands in the title row alone.
OWN_WORDS = Style(
    renamed={
        "職場名": "所属", "職場順": "所属順", "氏名カナ": "ﾌﾘｶﾞﾅ", "生年月日": "生年月日(和暦)", "採用年月日": "採用日",
        "退職予定日": "退職予定", "電話番号": "TEL", "携帯電話": "携帯",
    },
    left_out=frozenset({"単組コード"}),
)  # fmt: skip
STYLE_OF_UNION = {"17002": STANDARD, "17005": STANDARD, "17007": OWN_WORDS, "17015": OWN_WORDS}


def write_union_workbook(path: Path, union: Union, rows: list[Row], moment: Moment, seed: int) -> None:
    """One union's roster in its style; `rows` as `roster_row` makes them."""
    style = STYLE_OF_UNION[union.code]
    rng = Random(f"{seed}/roster/{union.code}")
    book = Workbook()
    book.properties.creator = union.name
    book.properties.created = datetime.combine(moment.roster_on, time(9))
    sheet = book.active
    sheet.title = "名簿"
    _title(sheet, union, moment)
    kept = [name for name in rows[0] if name not in style.left_out]
    sheet.append(style.headings(kept))
    _dress_head(sheet, len(kept))
    for row in rows:
        sheet.append([_cell(rng, style, name, row[name]) for name in kept])
    sheet.append([])
    sheet.append(["合計", *(f"{len(rows)}名" if name == "氏名" else None for name in kept[1:])])
    book.create_sheet("メモ").append(["この名簿は毎月末に更新します"])
    _old_sheet(book)
    book.save(path)


def _title(sheet: Worksheet, union: Union, moment: Moment) -> None:
    day = moment.roster_on
    sheet.append([f"{union.name}　組合員名簿"])
    sheet.merge_cells("A1:H1")
    sheet["A1"].font = _TITLE
    sheet.append([f"{day.year}年{day.month}月末現在　　単組コード：{union.code}"])
    sheet.append([])


def _dress_head(sheet: Worksheet, count: int) -> None:
    for column in range(1, count + 1):
        cell = sheet.cell(4, column)
        cell.fill, cell.border = _HEAD, _THIN
        sheet.column_dimensions[get_column_letter(column)].width = 14


def _cell(rng: Random, style: Style, name: str, value: object) -> object:
    if isinstance(value, date):
        if name in style.excel_dates:
            return datetime.combine(value, time())
        return written(rng, value, WESTERN if name in {"採用年月日", "退職予定日"} else JAPANESE)
    if name == "氏名カナ" and isinstance(value, str):
        return half_width_kana(value)
    assert name not in DATE_HEADERS or value is None
    return value if value != "" else None


def _old_sheet(book: Workbook) -> None:
    old = book.create_sheet("旧名簿")
    old.append(["組合員番号", "氏名"])
    old.append(["99999999", "旧 データ"])
    old.sheet_state = "hidden"
