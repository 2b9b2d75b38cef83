"""単組リスト.xlsx for the branch: which unions stand on each list of unions, in figures only, never a person."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from openpyxl import Workbook

from kyosai_lists.dates import japanese_day
from kyosai_lists.workbook.names import sheet_names
from kyosai_lists.workbook.package import RowsBetween, save
from kyosai_lists.workbook.plainrows import Row
from kyosai_lists.workbook.plainsheet import Column, write_sheet

OVERVIEW = "概要"
_KEYS = ("code", "name", "prefecture")
_WIDTHS = {"code": 11.0, "name": 30.0, "prefecture": 12.0, "number": 13.0, "percent": 11.0, "text": 36.0}


@dataclass(frozen=True)
class UnionTable:
    """One list: `columns` are headings and kinds (code, name, prefecture, number, percent, text), `rows` one line for each
    union or prefecture; a percentage is a float, a share of 1. `note`: why it is empty, "" when it is not.
    """

    title: str  # as in lists.md; becomes the sheet's name
    plan: str
    parameters: str
    unit: str  # 単組, 県支部
    note: str
    columns: tuple[tuple[str, str], ...]
    rows: tuple[Row, ...]


def union_lists(tables: Sequence[UnionTable], run_id: str, as_of: date, run_title: str) -> bytes:
    """The workbook as .xlsx bytes: an overview, then a sheet for each table; equal contents give equal bytes."""
    workbook = Workbook()
    workbook.remove(workbook.active)
    day = japanese_day(as_of)
    heading = run_title if day in run_title else f"{run_title}　基準日 {day}"
    sheets = sheet_names([table.title for table in tables], reserved=[OVERVIEW])
    remark = f"数だけの控えです。個人の名前はありません。　名簿番号 {run_id}"
    overview = [_overview_row(sheet, table) for sheet, table in zip(sheets, tables, strict=True)]
    pages = [(OVERVIEW, f"単組のリスト　{heading}", remark, _OVERVIEW_COLUMNS, overview)]
    for sheet, table in zip(sheets, tables, strict=True):
        columns = tuple(Column(_broken(title, kind), _WIDTHS[kind], key=kind in _KEYS) for title, kind in table.columns)
        pages.append((sheet, f"{table.title}　{heading}", _remark(table), columns, [*table.rows]))
    between: dict[str, RowsBetween] = {}
    for page in pages:
        rows = write_sheet(workbook, *page, total=False, mixed=False)
        between |= {page[0]: rows} if rows else {}
    return save(workbook, as_of, between)


_OVERVIEW_COLUMNS: tuple[Column, ...] = (
    Column("シート", 34),
    Column("計画の項目", 24),
    Column("載った数", 11),
    Column("単位", 9),
    Column("決めた数字", 44),
    Column("注意", 44),
)


def _broken(heading: str, kind: str) -> str:
    """The heading of a narrow column in lines that hold together."""
    return re.sub(r" |(?=\()", "\n", heading) if kind in ("number", "percent") else heading


def _overview_row(sheet: str, table: UnionTable) -> Row:
    return (sheet, table.plan, len(table.rows), table.unit, table.parameters, table.note)


def _remark(table: UnionTable) -> str:
    parts = (f"計画 {table.plan}", table.parameters, f"{len(table.rows):,}{table.unit}", table.note)
    return "　".join(part for part in parts if part)
