"""Rows of XML for many workbooks at once, and each workbook's own stretch of them."""

from collections.abc import Mapping, Sequence
from itertools import accumulate, pairwise

import polars as pl

from kyosai_lists.stamp.rowform import NUMBER, RowForm, column_of
from kyosai_lists.workbook.rows import Values
from kyosai_lists.workbook.template import Pattern

_COUNTS = {"人数", "部数"}


def stamped_blocks(form: RowForm, first: Sequence[int], frame: pl.DataFrame, counts: Sequence[int]) -> list[memoryview]:
    """The rows of `frame`, `counts` of them for each workbook in turn, each workbook's numbered from its `first` on."""
    if frame.is_empty():
        return [memoryview(b"")] * len(counts)
    spans = pl.DataFrame({"first": first, "count": counts}).filter(pl.col("count") > 0)
    numbers = spans.select(pl.int_ranges("first", pl.col("first") + pl.col("count")).explode().cast(pl.String))
    rows = form.stamped(frame.with_columns(numbers.to_series().alias(NUMBER)))
    ends = pl.Series([0, *accumulate(counts)])
    sizes = rows.str.len_bytes().cast(pl.Int64).cum_sum()
    edges = pl.Series([0]).append(sizes).gather(ends)
    whole = memoryview(rows.str.join("").cast(pl.Binary).item())
    return [whole[start:end] for start, end in pairwise(edges)]


def token_columns(frame: pl.DataFrame, columns: Mapping[str, str | None]) -> pl.DataFrame:
    """The frame's columns named by the tokens that they fill. `columns`: by token."""
    return frame.select(pl.col(column).alias(column_of(token, 0)) for token, column in columns.items() if column)


def token_frame(pattern: Pattern, rows: Sequence[Sequence[Values]]) -> pl.DataFrame:
    """A frame of lines that were laid out in blocks beside each other."""
    tokens = {token for cell in pattern.cells for token in cell.tokens}
    return pl.DataFrame(
        {column_of(*token): [_value(row, *token) for row in rows] for token in sorted(tokens)},
        schema={column_of(*token): pl.Int64 if token[0] in _COUNTS else pl.String for token in sorted(tokens)},
    )


def _value(row: Sequence[Values], token: str, block: int) -> str | int | None:
    return row[block].get(token) if block < len(row) else None
