"""Rows of XML for many workbooks at once, and each workbook's own stretch of them."""

from collections.abc import Sequence
from itertools import accumulate, pairwise

import polars as pl

from kyosai_lists.stamp.rowpress import RowPress

Block = list[bytes]  # the rows of one pattern row in one workbook


def stamped_blocks(
    press: RowPress, first: Sequence[int], frame: pl.DataFrame, counts: Sequence[int]
) -> Sequence[Block]:
    """The rows of `frame`, `counts` of them for each workbook in turn, each workbook's numbered from its `first` on."""
    if frame.is_empty():
        return [[] for _ in counts]
    spans = pl.DataFrame({"first": first, "count": counts})
    numbers = spans.select(pl.int_ranges("first", pl.col("first") + pl.col("count")).explode().cast(pl.String))
    # Row by row: many small pieces find room where the last batch's were, one piece of 20 MB has to be asked for anew.
    rows = press.stamped(frame, numbers.to_series().drop_nulls()).cast(pl.Binary).to_list()
    return [rows[start:end] for start, end in pairwise([0, *accumulate(counts)])]
