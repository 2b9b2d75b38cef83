"""Small files, written where a test can read them back."""

from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl
import pytest

from kyosai_lists.intake.read import read_file
from kyosai_lists.intake.reading import FileReading, ReadingOptions

TODAY = date(2026, 11, 1)

MEMBER = {
    "組合員番号": "00000013",
    "単組コード": "17001",
    "氏名": "山田　花子",
    "生年月日": "1990/4/1",
    "採用年月日": "2015/4/1",
    "雇用区分": "正規",
    "在籍区分": "現職",
}
CONTRACT = {"契約番号": "0000000001", "組合員番号": "00000013", "共済種類": "火災共済", "発効日": "20200401"}

Reader = Callable[..., FileReading]


@pytest.fixture
def read() -> Reader:
    def read_it(path: Path, **options: Any) -> FileReading:
        return read_file(path, ReadingOptions(**({"today": TODAY} | options)))

    return read_it


@pytest.fixture
def text_file(tmp_path: Path) -> Callable[..., Path]:
    def write(content: str | bytes, name: str = "名簿.csv", encoding: str = "utf-8") -> Path:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        return path

    return write


@pytest.fixture
def read_rows(text_file: Callable[..., Path], read: Reader) -> Callable[..., FileReading]:
    """Reads rows given as dictionaries, all with the same headings, as a CSV file."""

    def read_them(*rows: dict[str, str], **options: Any) -> FileReading:
        lines = [list(rows[0]), *(list(row.values()) for row in rows)]
        text = "".join(",".join('"' + cell.replace('"', '""') + '"' for cell in line) + "\r\n" for line in lines)
        return read(text_file(text), **options)

    return read_them


@pytest.fixture
def book(tmp_path: Path) -> Callable[..., Path]:
    """Writes a workbook: sheet name → rows; `prepare` may change it before it is saved."""

    def write(
        sheets: dict[str, Iterable[Iterable[Any]]],
        name: str = "名簿.xlsx",
        prepare: Callable[[openpyxl.Workbook], None] | None = None,
    ) -> Path:
        workbook = openpyxl.Workbook()
        workbook.remove(workbook.active)
        for title, rows in sheets.items():
            sheet = workbook.create_sheet(title)
            for row in rows:
                sheet.append(list(row))
        if prepare:
            prepare(workbook)
        workbook.save(tmp_path / name)
        return tmp_path / name

    return write


def reasons(reading: FileReading) -> list[str]:
    return reading.problems["reason"].to_list()


def remarks(reading: FileReading) -> str:
    return "\n".join(f"{r.sheet}|{r.row}|{r.column}|{r.text}|{r.count}" for r in reading.remarks)


def trusted(reading: FileReading) -> pl.DataFrame:
    return reading.rows.join(reading.problems, on=["sheet", "row"], how="anti")
