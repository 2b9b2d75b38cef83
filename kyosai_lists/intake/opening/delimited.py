"""CSV and TSV text → a sheet. Polars reads what is regular; whatever is not goes to the slower, exact reader."""

import csv
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from io import StringIO
from itertools import islice

import polars as pl

from kyosai_lists.intake.opening.marks import regular
from kyosai_lists.intake.opening.sheet import CELLS, HEAD_ROWS, PLAIN, ROW, SWALLOWED, Sheet, cell, cell_columns
from kyosai_lists.intake.refusal import refused

DELIMITERS = (",", "\t")
_BATCH = 100_000
_CLOSE_QUOTES = 'その行の引用符(")の閉じ忘れや、ファイルが途中で切れていないかを確かめ、もう一度入れてください。'


def sheet_of(text: str, delimiter: str, file: str) -> Sheet:
    """The text split at `delimiter`. Nothing but the first rows is parsed before `body` is asked for."""
    head, ends = _head(text, delimiter)
    return Sheet("", head, partial(_body, text, delimiter, file, [len(record) for record in head], ends))


def _head(text: str, delimiter: str) -> tuple[list[list[str]], list[int]]:
    """The first records, and the place in the text at which each of them ends."""
    lines: list[str] = []

    def counted() -> Iterator[str]:
        for line in StringIO(text[: 10_000 * HEAD_ROWS], newline=""):
            lines.append(line)
            yield line

    records: list[list[str]] = []
    ends: list[int] = []
    with suppress(csv.Error):  # a quote never closed; whoever asks for the body is told
        for record in islice(csv.reader(counted(), delimiter=delimiter), HEAD_ROWS):
            records.append(record)
            ends.append(sum(map(len, lines)))
    return records, ends


def _body(text: str, delimiter: str, file: str, widths: list[int], ends: list[int], first: int) -> pl.DataFrame:
    # As wide as the line just above, which is the header.
    rest, width = (text[ends[first - 1] :], widths[first - 1]) if first else (text, widths[0])
    regular = _regular(rest, delimiter, width)
    if regular is not None:
        body = regular.with_columns(pl.lit(width, pl.Int64).alias(CELLS), pl.lit(False).alias(SWALLOWED))
        return body.with_row_index(ROW, offset=first + 1).with_columns(pl.col(ROW).cast(pl.Int64))
    return _irregular(rest, delimiter, width, file, first)


def _regular(rest: str, delimiter: str, width: int) -> pl.DataFrame | None:
    """All rows, if each is one line of exactly `width` cells without a quote or line end in any; else None. PLAIN, if it is known."""
    data = rest.encode()
    if not (rows := regular(data, delimiter, width)):
        return None
    try:
        frame = pl.read_csv(
            data,
            has_header=False,
            schema={cell(i): pl.String() for i in range(width)},
            separator=delimiter,
            infer_schema=False,
            empty_string_is_null=False,
        )
    except pl.exceptions.PolarsError:
        return None
    if frame.height != rows.rows or (b'"' in data and _has_quotes(frame)):
        return None
    return frame.with_columns(pl.lit(True).alias(PLAIN)) if rows.plain else frame


def _has_quotes(frame: pl.DataFrame) -> bool:
    """Whether any cell has one: letters before or behind a cell's quotes leave one in it."""
    return bool(frame.select(pl.any_horizontal(pl.all().cast(pl.Binary).bin.contains(b'"').any())).item())


def _irregular(rest: str, delimiter: str, width: int, file: str, first: int) -> pl.DataFrame:
    reader = csv.reader(StringIO(rest, newline=""), delimiter=delimiter, strict=True)
    batches: list[pl.DataFrame] = []
    row = first + 1
    try:
        while records := list(islice(reader, _BATCH)):
            batches.append(_frame(records, delimiter, width, row))
            row += len(records)
    except csv.Error as error:
        line = first + reader.line_num
        raise refused(file, f'{line}行目あたりで、引用符(")の対応が正しくありません。', _CLOSE_QUOTES) from error
    if not batches:
        batches = [_frame([], delimiter, width, row)]
    body = pl.concat(batches, how="diagonal")
    return body.with_columns(pl.col(cell_columns(body)).fill_null(""))


def _frame(records: list[list[str]], delimiter: str, width: int, row: int) -> pl.DataFrame:
    widest = max(map(len, records), default=0)
    columns: dict[str, pl.Series] = {
        ROW: pl.Series(range(row, row + len(records)), dtype=pl.Int64),
        CELLS: pl.Series([len(r) for r in records], dtype=pl.Int64),
        SWALLOWED: pl.Series([_swallowed(r, delimiter, width) for r in records], dtype=pl.Boolean),
    }
    for i in range(max(widest, width)):
        columns[cell(i)] = pl.Series([r[i] if i < len(r) else "" for r in records], dtype=pl.String)
    return pl.DataFrame(columns)


def _swallowed(record: list[str], delimiter: str, width: int) -> bool:
    return any("\n" in text and text.count(delimiter) >= width - 1 > 0 for text in record)
