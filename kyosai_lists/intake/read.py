"""The single entrance to this room: one file in, one `FileReading` out, or a refusal in words."""

import hashlib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import polars as pl

from kyosai_lists.errors import FileRefused
from kyosai_lists.intake.headings import titles
from kyosai_lists.intake.headings.recognise import Table, table_of_text, tables_of_workbook
from kyosai_lists.intake.layouts import CAMPAIGNS
from kyosai_lists.intake.opening.content import Content, content_of
from kyosai_lists.intake.opening.encoding import decode
from kyosai_lists.intake.opening.excel import workbook_of
from kyosai_lists.intake.opening.password import unsealed
from kyosai_lists.intake.opening.sheet import ROW
from kyosai_lists.intake.reading import FileReading, ReadingOptions, Remark
from kyosai_lists.intake.refusal import refused
from kyosai_lists.intake.rows.check import check_campaign_start, check_characters, check_dates, check_types, check_width
from kyosai_lists.intake.rows.columns import canonical
from kyosai_lists.intake.rows.findings import Findings
from kyosai_lists.intake.rows.left_out import without_clutter
from kyosai_lists.intake.rows.merged import spread_down
from kyosai_lists.intake.rows.original import originals, unused_headings


@dataclass(frozen=True)
class _Opened:
    """What is in the file before its rows are looked at."""

    sha256: str
    encoding: str
    tables: list[Table]
    remarks: list[Remark]
    epoch_1904: bool = False


def read_file(path: Path, options: ReadingOptions) -> FileReading:
    """Reads one file of any shape and layout.

    Raises:
        FileRefused: it cannot be read, lacks a bold column, or its headings do not tell what is what.
        UsageError: `options.encoding` is no encoding. ConfigError: `options.columns` names no standard heading.
    """
    opened = _open(path, options)
    parts = [_rows_of(table, path.name, options, epoch_1904=opened.epoch_1904) for table in opened.tables]
    layout = opened.tables[0].header.layout
    rows = pl.concat([rows for rows, _ in parts], how="diagonal")
    order = [c.field for c in layout.columns if c.field in rows.columns]
    return FileReading(
        path=path,
        layout=layout.id,
        encoding=opened.encoding,
        rows=rows.select("file", "sheet", "row", "raw", *order),
        problems=pl.concat([findings.problems() for _, findings in parts]),
        remarks=(*opened.remarks, *(remark for _, findings in parts for remark in findings.remarks)),
        roster_on=_roster_on(opened.tables, path.name),
        sha256=opened.sha256,
    )


def _open(path: Path, options: ReadingOptions) -> _Opened:
    data = _bytes(path)
    sha256 = hashlib.sha256(data).hexdigest()
    content = content_of(data, path.name)
    if content is Content.TEXT:
        decoded = decode(data, path.name, options.encoding)
        return _Opened(
            sha256, decoded.encoding, [table_of_text(decoded.text, path.name, options)], _torn_end(decoded.text)
        )
    if content is Content.SEALED:
        data = unsealed(data, path.name, options.password)
    workbook = workbook_of(data, path.name)
    tables, remarks = tables_of_workbook(workbook.sheets, workbook.hidden, path.name, options)
    return _Opened(sha256, "xlsx", tables, remarks, workbook.epoch_1904)


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


def _rows_of(table: Table, file: str, options: ReadingOptions, *, epoch_1904: bool) -> tuple[pl.DataFrame, Findings]:
    sheet, header = table.sheet, table.header
    whole = sheet.body(header.index + header.lines)
    spread, merged = spread_down(sheet, header, whole)
    body, left_out = without_clutter(sheet, header, spread, file)
    findings = Findings(file, sheet.name, body)
    findings.remarks += [*unused_headings(body, header, sheet), *merged, *left_out]
    trusted = check_characters(body, header, findings)
    check_width(body, header, findings)
    values = canonical(trusted, header, findings, epoch_1904=epoch_1904)
    check_dates(body, values, header, findings, options.today)
    check_types(body, values, header, findings)
    if header.layout is CAMPAIGNS:
        check_campaign_start(body, values, header, findings)
    place = [pl.lit(file).alias("file"), pl.lit(sheet.name).alias("sheet"), pl.col(ROW)]
    raw = originals(body, header)
    return body.select(*place, raw, *(series.alias(name) for name, series in values.items())), findings


def _roster_on(tables: list[Table], name: str) -> date | None:
    """The oldest of the days that the sheets' titles give, else the day in the file's name."""
    rows = [row for table in tables for row in table.sheet.head[: table.header.index]]
    days = [day for row in rows if (day := titles.as_of(row))]
    return min(days) if days else titles.date_in_name(name)
