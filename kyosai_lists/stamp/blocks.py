"""Rows of XML for many workbooks at once, and each workbook's own stretch of them."""

from collections.abc import Sequence
from itertools import accumulate, pairwise

import polars as pl

from kyosai_lists.stamp.rowpress import RowPress


def stamped_blocks(
    press: RowPress, first: Sequence[int], frame: pl.DataFrame, counts: Sequence[int]
) -> list[memoryview]:
    """The rows of `frame`, `counts` of them for each workbook in turn, each workbook's numbered from its `first` on."""
    if frame.is_empty():
        return [memoryview(b"")] * len(counts)
    spans = pl.DataFrame({"first": first, "count": counts})
    numbers = spans.select(
        pl.int_ranges("first", pl.col("first") + pl.col("count")).explode().cast(pl.String).drop_nulls()
    )
    rows = press.stamped(frame, numbers.to_series())
    ends = pl.Series([0, *accumulate(counts)])
    size = pl.col("xml").str.len_bytes().cast(pl.Int64).cum_sum()
    cut = rows.select(
        pl.concat([pl.lit(0, pl.Int64), size]).gather(ends).implode(),
        pl.col("xml").str.join("").cast(pl.Binary).alias("whole"),
    )
    edges, whole = cut.row(0)
    view = memoryview(whole)
    return [view[start:end] for start, end in pairwise(edges)]
