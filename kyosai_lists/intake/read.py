"""The single entrance to this room: one file in, one `FileReading` out, or a refusal in words."""

import hashlib
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import polars as pl

from kyosai_lists.errors import FileRefused
from kyosai_lists.intake.headings import titles
from kyosai_lists.intake.headings.recognise import Table, sheet_of_text, table_of_text, tables_of_workbook
from kyosai_lists.intake.opening.content import Content, content_of
from kyosai_lists.intake.opening.encoding import Decoded, decode
from kyosai_lists.intake.opening.excel import Workbook, workbook_of
from kyosai_lists.intake.opening.password import unsealed
from kyosai_lists.intake.opening.sheet import Sheet
from kyosai_lists.intake.reading import FileReading, ReadingOptions, Remark
from kyosai_lists.intake.refusal import refused
from kyosai_lists.intake.rows.read_rows import rows_of

_WORKBOOK = "xlsx"  # in place of the encoding


@dataclass(frozen=True)
class _Opened:
    """What is in the file before its rows are looked at."""

    sha256: str
    encoding: str
    tables: list[Table]
    remarks: list[Remark]
    epoch_1904: bool = False


@dataclass(frozen=True)
class Sheets:
    """The sheets of a file that are not hidden, and the names of those that are; a text file is one sheet without a name."""

    encoding: str
    sheets: list[Sheet]
    hidden: list[str] = field(default_factory=list)
    epoch_1904: bool = False


def read_file(path: Path, options: ReadingOptions) -> FileReading:
    """Reads one file of any shape and layout.

    Raises:
        FileRefused: it cannot be read, lacks a bold column, or its headings do not tell what is what.
        UsageError: `options.encoding` is no encoding. ConfigError: `options.columns` names no standard heading.
    """
    opened = _open(path, options)
    parts = [rows_of(table, path.name, options, epoch_1904=opened.epoch_1904) for table in opened.tables]
    layout = opened.tables[0].header.layout
    rows = pl.concat([part.rows for part in parts], how="diagonal")
    return FileReading(
        path=path,
        layout=layout.id,
        encoding=opened.encoding,
        rows=rows,
        problems=pl.concat([part.problems for part in parts]),
        cells={table.sheet.name: part.cells for table, part in zip(opened.tables, parts, strict=True)},
        remarks=(*opened.remarks, *(remark for part in parts for remark in part.remarks)),
        roster_on=_roster_on(opened.tables, path.name),
        sha256=opened.sha256,
        partial=any(table.header.aside for table in opened.tables),
        withdrawn=tuple(number for part in parts for number in part.withdrawn),
    )


def _open(path: Path, options: ReadingOptions) -> _Opened:
    data = _bytes(path)
    sha256 = hashlib.sha256(data).hexdigest()
    inside = _inside(data, path.name, options)
    if isinstance(inside, Decoded):
        table = table_of_text(inside.text, path.name, options)
        return _Opened(sha256, inside.encoding, [table], _torn_end(inside.text))
    tables, remarks = tables_of_workbook(inside.sheets, inside.hidden, path.name, options)
    return _Opened(sha256, _WORKBOOK, tables, remarks, inside.epoch_1904)


def open_sheets(path: Path, options: ReadingOptions) -> Sheets:
    """What the file holds, whether its headings are understood or not.

    Raises:
        FileRefused: it cannot be opened. UsageError: `options.encoding` is no encoding.
    """
    inside = _inside(_bytes(path), path.name, options)
    if isinstance(inside, Decoded):
        return Sheets(inside.encoding, [sheet_of_text(inside.text, path.name, options)])
    return Sheets(_WORKBOOK, inside.sheets, inside.hidden, inside.epoch_1904)


def _inside(data: bytes, file: str, options: ReadingOptions) -> Decoded | Workbook:
    content = content_of(data, file)
    if content is Content.TEXT:
        return decode(data, file, options.encoding)
    if content is Content.SEALED:
        data = unsealed(data, file, options.password)
    return workbook_of(data, file)


def _torn_end(text: str) -> list[Remark]:
    # Cut off inside its last cell, a file looks whole but for this.
    if "\n" not in text or text.endswith(("\n", "\r")):
        return []
    return [Remark("", None, None, "最後の行が改行で終わっていません。ファイルが途中で切れていないか確かめてください")]


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except (IsADirectoryError, PermissionError) as error:
        if not path.is_dir():  # Windows says the same of a folder as of a file that may not be read
            raise _cannot_open(path) from error
        todo = "フォルダーの中のファイルを指定してください。"
        raise refused(path.resolve().name, "ファイルではなく、フォルダーです。", todo) from error
    except FileNotFoundError as error:
        raise refused(path.name, "ファイルが見つかりません。", "ファイルの場所と名前を確かめてください。") from error
    except OSError as error:
        raise _cannot_open(path) from error


def _cannot_open(path: Path) -> FileRefused:
    todo = "ほかで開いていれば閉じ、読み取りの許可があるか確かめて、もう一度入れてください。"
    return refused(path.name, "ファイルを開けません。", todo)


def _roster_on(tables: list[Table], name: str) -> date | None:
    """The oldest of the days that the sheets' titles give, else the day in the file's name."""
    rows = [row for table in tables for row in table.sheet.head[: table.header.index]]
    days = [day for row in rows if (day := titles.as_of(row))]
    return min(days) if days else titles.date_in_name(name)
