"""A workbook → its visible sheets, every cell as text; numbers keep no decimal point they did not have."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from itertools import islice

import polars as pl
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from kyosai_lists.intake.opening.package import Package, package_of
from kyosai_lists.intake.opening.sheet import (
    CELLS,
    HEAD_ROWS,
    ROW,
    SWALLOWED,
    Sheet,
    cell,
    cell_columns,
    is_number,
    letter,
)
from kyosai_lists.intake.opening.sheet_look import SheetLook
from kyosai_lists.intake.refusal import DAMAGED, refused

Cell = str | float | int | bool | dt.date | dt.time | dt.datetime | dt.timedelta

Shown = dict[tuple[int, int], str]  # (row, column) from 0 → the text of a cell that the reader gets wrong

MOST_CELLS = 10_000_000  # a million rows of ten columns, or a roster of 300,000 people
_BATCH = 20_000
_PANIC = "PanicException"
_CLEAR_FAR_CELLS = "表から離れたところにある値を、余分な行や列ごと削除して保存し、もう一度入れてください。"


@dataclass(frozen=True)
class Workbook:
    """`sheets`: the visible ones that hold anything. `hidden`: the names of those that are not read."""

    sheets: list[Sheet]
    hidden: list[str]
    epoch_1904: bool


def workbook_of(data: bytes, file: str) -> Workbook:
    """
    Raises:
        FileRefused: the workbook is damaged, or larger than can be read.
    """
    package = package_of(data, file)
    try:
        with CalamineWorkbook.from_filelike(BytesIO(package.data)) as workbook:
            return _sheets(workbook, package, file)
    except (CalamineError, OSError, ValueError) as error:
        raise refused(file, DAMAGED) from error
    except BaseException as error:
        if type(error).__name__ == _PANIC:  # the reader itself stumbled; it has no name that could be imported
            raise refused(file, DAMAGED) from error
        raise


def _sheets(workbook: CalamineWorkbook, package: Package, file: str) -> Workbook:
    sheets: list[Sheet] = []
    hidden: list[str] = []
    for index, meta in enumerate(workbook.sheets_metadata):
        if meta.typ != SheetTypeEnum.WorkSheet:
            continue
        if meta.visible != SheetVisibleEnum.Visible:
            hidden.append(meta.name)
            continue
        look = package.sheet(index)
        _refuse_if_far(look, meta.name, file)
        sheet = _sheet(workbook.get_sheet_by_index(index), look.shown)
        if sheet.head:
            sheets.append(sheet)
    return Workbook(sheets, hidden, package.epoch_1904)


def _refuse_if_far(look: SheetLook, sheet: str, file: str) -> None:
    if look.rows * look.columns <= MOST_CELLS:
        return
    where = f"{look.rows}行目・{letter(look.columns - 1)}列"
    raise refused(file, f"シート「{sheet}」の{where}まで値があり、大きすぎます。", _CLEAR_FAR_CELLS)


def _sheet(sheet: CalamineSheet, shown: Shown) -> Sheet:
    frames = list(_frames(sheet, shown))
    # Only the batches in which a column holds numbers have that column.
    whole = pl.concat(frames, how="diagonal") if frames else _frame([], 0)
    whole = whole.with_columns(pl.col(name).fill_null(False) for name in whole.columns if name[0] == is_number(0)[0])
    names = cell_columns(whole)
    head = [list(row) for row in whole.head(HEAD_ROWS).select(names).iter_rows()] if names else []
    return Sheet(sheet.name, head, whole.slice, tuple(sheet.merged_cell_ranges or ()))


def _frames(sheet: CalamineSheet, shown: Shown) -> Iterator[pl.DataFrame]:
    """All rows from the first on, batch by batch: as Python's objects they take several times the room."""
    if sheet.start is None:
        return
    left = [""] * sheet.start[1]  # the reader leaves out what is empty to the left, not what is empty above
    of_row: dict[int, list[tuple[int, str]]] = {}
    for (row, column), text in shown.items():
        of_row.setdefault(row, []).append((column, text))
    rows, first = sheet.iter_rows(), 0
    while batch := [left + row for row in islice(rows, _BATCH)]:
        for number in of_row.keys() & range(first, first + len(batch)):
            _put_right(batch[number - first], of_row[number])
        yield _frame(batch, first)
        first += len(batch)


def _put_right(row: list[Cell], shown: list[tuple[int, str]]) -> None:
    for column, text in shown:
        # A plain number is right as it is; only an error (given as empty) and a date are not.
        if column < len(row) and type(row[column]) not in (float, int):
            row[column] = text


def _frame(rows: list[list[Cell]], first: int) -> pl.DataFrame:
    columns: dict[str, pl.Series] = {
        ROW: pl.Series(range(first + 1, first + 1 + len(rows)), dtype=pl.Int64),
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
