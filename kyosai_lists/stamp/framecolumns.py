"""The columns of the frames that pattern rows are stamped from: one for each token that has values, in each block."""

from collections.abc import Mapping, Sequence

import polars as pl

from kyosai_lists.workbook.model import LIST_SCHEMA, PEOPLE_SCHEMA
from kyosai_lists.workbook.rows import Values
from kyosai_lists.workbook.template import Pattern
from kyosai_lists.workbook.tokens import COVER, LIST, LIST_TOKENS, PEOPLE_TOKENS

Schema = dict[str, pl.DataType]
_COUNTS = {"人数", "部数"}


def column_of(token: str, block: int) -> str:
    """The column that holds a token's values; a token without values has none."""
    return f"{token}.{block}"


def schema_of(sheet: str, pattern: Pattern) -> Schema:
    """The columns for a pattern row of this sheet of the template."""
    if sheet == COVER:
        return _line_schema(pattern)
    if sheet == LIST:
        return _named(LIST_TOKENS, LIST_SCHEMA)
    return _named(PEOPLE_TOKENS, {**PEOPLE_SCHEMA, "book_no": pl.String()})


def people_frame(people: pl.DataFrame) -> pl.DataFrame:
    """`people`: PEOPLE_SCHEMA and book_no."""
    return _renamed(people, PEOPLE_TOKENS)


def list_frame(rows: pl.DataFrame) -> pl.DataFrame:
    """`rows`: LIST_SCHEMA."""
    return _renamed(rows, LIST_TOKENS)


def line_frame(pattern: Pattern, rows: Sequence[Sequence[Values]]) -> pl.DataFrame:
    """A frame of lines that were laid out in blocks beside each other."""
    tokens = {token for cell in pattern.cells for token in cell.tokens}
    values = {column_of(token, block): [row[block].get(token) for row in rows] for token, block in tokens}
    return pl.DataFrame(values, schema=_line_schema(pattern))


def _named(columns: Mapping[str, str | None], schema: Mapping[str, pl.DataType]) -> Schema:
    return {column_of(token, 0): schema[column] for token, column in columns.items() if column}


def _renamed(frame: pl.DataFrame, columns: Mapping[str, str | None]) -> pl.DataFrame:
    return frame.select(pl.col(column).alias(column_of(token, 0)) for token, column in columns.items() if column)


def _line_schema(pattern: Pattern) -> Schema:
    tokens = sorted({token for cell in pattern.cells for token in cell.tokens})
    return {column_of(*token): pl.Int64() if token[0] in _COUNTS else pl.String() for token in tokens}
