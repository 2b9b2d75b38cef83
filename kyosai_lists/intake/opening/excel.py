"""A workbook → its visible sheets, every cell as text; numbers keep no decimal point they did not have."""

import datetime as dt
from dataclasses import dataclass
from io import BytesIO

import polars as pl
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from kyosai_lists.intake.opening.package import Package, package_of
from kyosai_lists.intake.opening.sheet import CELLS, HEAD_ROWS, ROW, SWALLOWED, Sheet, cell, cell_columns, is_number
from kyosai_lists.intake.refusal import DAMAGED, refused

Cell = str | float | int | bool | dt.date | dt.time | dt.datetime | dt.timedelta


@dataclass(frozen=True)
class Workbook:
    """`sheets`: the visible ones that hold anything. `hidden`: the names of those that are not read."""

    sheets: list[Sheet]
    hidden: list[str]
    epoch_1904: bool


def workbook_of(data: bytes, file: str) -> Workbook:
    """
    Raises:
        FileRefused: the workbook is damaged.
    """
    package = package_of(data, file)
    try:
        with CalamineWorkbook.from_filelike(BytesIO(data)) as workbook:
            return _sheets(workbook, package)
    except (CalamineError, OSError, ValueError) as error:
        raise refused(file, DAMAGED) from error


def _sheets(workbook: CalamineWorkbook, package: Package) -> Workbook:
    sheets: list[Sheet] = []
    hidden: list[str] = []
    for index, meta in enumerate(workbook.sheets_metadata):
        if meta.typ != SheetTypeEnum.WorkSheet:
            continue
        if meta.visible != SheetVisibleEnum.Visible:
            hidden.append(meta.name)
            continue
        shown = package.shown[index] if index < len(package.shown) else {}
        sheet = _sheet(workbook.get_sheet_by_index(index), shown)
        if sheet.head:
            sheets.append(sheet)
    return Workbook(sheets, hidden, package.epoch_1904)


def _sheet(sheet: CalamineSheet, shown: dict[tuple[int, int], str]) -> Sheet:
    rows = sheet.to_python(skip_empty_area=False)
    for (row, column), text in shown.items():
        # A plain number is right as it is; only an error (given as empty) and a date are not.
        if row < len(rows) and column < len(rows[row]) and type(rows[row][column]) not in (float, int):
            rows[row][column] = text
    whole = _frame(rows)
    names = cell_columns(whole)
    head = [list(row) for row in whole.head(HEAD_ROWS).select(names).iter_rows()] if names else []
    return Sheet(sheet.name, head, whole.slice, tuple(sheet.merged_cell_ranges or ()))


def _frame(rows: list[list[Cell]]) -> pl.DataFrame:
    columns: dict[str, pl.Series] = {
        ROW: pl.Series(range(1, len(rows) + 1), dtype=pl.Int64),
        CELLS: pl.Series([None] * len(rows), dtype=pl.Int64),
        SWALLOWED: pl.Series([False] * len(rows), dtype=pl.Boolean),
    }
    for i, values in enumerate(zip(*rows, strict=True)):
        types = set(map(type, values))
        texts = values if types == {str} else [_as_shown(value) for value in values]
        columns[cell(i)] = pl.Series(texts, dtype=pl.String)
        if types & {float, int}:
            columns[is_number(i)] = pl.Series([type(value) in (float, int) for value in values], dtype=pl.Boolean)
    return pl.DataFrame(columns)


def _as_shown(value: Cell) -> str:
    match value:
        case str():
            return value
        case bool():
            return "TRUE" if value else "FALSE"
        case float():
            return str(int(value)) if value.is_integer() else repr(value)
        case _:
            return str(value)
