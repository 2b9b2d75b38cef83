"""Rows that a clerk typed → one `FileReading`, as if they had stood in a file: the same cells, the same checks."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import polars as pl

from kyosai_lists.intake.headings.header import Header
from kyosai_lists.intake.headings.matching import Match
from kyosai_lists.intake.headings.recognise import Table
from kyosai_lists.intake.layouts import Layout
from kyosai_lists.intake.opening.sheet import CELLS, ROW, SWALLOWED, Sheet, cell
from kyosai_lists.intake.reading import FileReading, ReadingOptions
from kyosai_lists.intake.rows.read_rows import rows_of


def typed_rows(layout: Layout, rows: Sequence[Mapping[str, str]], options: ReadingOptions, name: str) -> FileReading:
    """`rows`: standard heading → text, all with the same headings; one that is left out says nothing of its column.

    `name` stands for the file and for the encoding. A row of `rows` that looks like no row (blank, a total) is left out.
    """
    headings = tuple(rows[0])
    read = rows_of(Table(_sheet(headings, rows), _header(layout, headings)), name, options)
    return FileReading(
        path=Path(name),
        layout=layout.id,
        encoding=name,
        rows=read.rows,
        problems=read.problems,
        cells={"": read.cells},
        remarks=tuple(read.remarks),
        sha256=hashlib.sha256(json.dumps([dict(row) for row in rows]).encode()).hexdigest(),
        partial=True,
    )


def _header(layout: Layout, headings: tuple[str, ...]) -> Header:
    fields = {column.header: column.field for column in layout.columns}
    columns = {fields[heading]: [index] for index, heading in enumerate(headings)}
    return Header(Match(layout, columns, ()), 0, 1, headings, headings)


def _sheet(headings: tuple[str, ...], rows: Sequence[Mapping[str, str]]) -> Sheet:
    texts = [[row[heading] for heading in headings] for row in rows]
    body = pl.DataFrame(texts, schema={cell(i): pl.String() for i in range(len(headings))}, orient="row").with_columns(
        pl.lit(len(headings), pl.Int64).alias(CELLS), pl.lit(False).alias(SWALLOWED)
    )
    numbered = body.with_row_index(ROW, offset=1).with_columns(pl.col(ROW).cast(pl.Int64))
    return Sheet("", [list(headings), *texts], lambda _first: numbered)
