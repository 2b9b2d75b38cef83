"""What reading a file gives: rows that can be trusted, rows that cannot (with reasons), and remarks."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import polars as pl

# Where a row stands in the user's file; every frame of this room carries these three beside its own columns.
PLACE_SCHEMA: dict[str, pl.DataType] = {"file": pl.String(), "sheet": pl.String(), "row": pl.Int64()}

# One line for each thing that is wrong with a row. A row with any line here is 保留.
PROBLEM_SCHEMA: dict[str, pl.DataType] = PLACE_SCHEMA | {
    "column": pl.String(),  # the heading as the user wrote it
    "value": pl.String(),  # the cell as it came
    "reason": pl.String(),  # a Japanese sentence: what is wrong
    "remedy": pl.String(),  # 直し方, a Japanese sentence
}

AS_CAME = "cell "  # begins the names of the columns of cells as they came


@dataclass(frozen=True)
class Remark:
    """Something odd that was taken in all the same, or left out on purpose. `count` rows, the first of them at `row`."""

    sheet: str
    row: int | None
    column: str | None
    text: str
    count: int = 1


@dataclass(frozen=True)
class FileReading:
    """One file, read.

    `rows`: every data row, trusted or not. Columns: PLACE_SCHEMA, `hold` (String: the 保留番号 in a 保留 workbook, else null)
    and one String column for each layout field that the file has, in canonical form (`layouts.Kind`); "" is an empty cell;
    null is a cell that could not be read (its row is in `problems`). A layout field that the file does not have is no
    column here. Besides, one String or Categorical column for each column of the file that is not the same as any of these.
    `cells`: by sheet, each heading and the column of `rows` that has its cells as they came, in the file's order (`as_it_came`).
    `problems`: PROBLEM_SCHEMA. A row of `rows` may be trusted when its place is not in `problems`.
    `roster_on`: the date the file says it is of (a 「2026年10月末現在」 in a title row, else eight digits in the
    file's name), or None.
    """

    path: Path
    layout: str
    encoding: str  # "utf-8", "utf-8-sig", "utf-16", "cp932" or "xlsx"
    rows: pl.DataFrame
    problems: pl.DataFrame
    cells: dict[str, list[tuple[str, str]]]
    remarks: tuple[Remark, ...] = ()
    roster_on: date | None = None
    sha256: str = ""  # of the bytes that were read
    partial: bool = False  # rows picked out: a 保留 workbook, or typed in; says nothing of how many there are
    withdrawn: tuple[str, ...] = ()  # 保留番号 of the rows that the clerk wants taken off 保留 without being taken in


@dataclass(frozen=True)
class ReadingOptions:
    """`columns`: per layout id, a branch's own headings → standard headings (kyosai.toml `[layouts.<name>.columns]`)."""

    today: date
    columns: dict[str, dict[str, str]] = field(default_factory=dict)
    encoding: str | None = None
    password: str | None = None
