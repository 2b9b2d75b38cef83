"""Rows of XML for many workbooks at once, and each workbook's own stretch of them."""

from collections.abc import Sequence
from itertools import accumulate, pairwise

import polars as pl

from kyosai_lists.stamp.sheetform import SheetForm
from kyosai_lists.workbook.tokens import ROWS

Block = list[bytes]  # the rows of one pattern row in one workbook


def stamped_blocks(form: SheetForm, frame: pl.DataFrame, counts: Sequence[int]) -> Sequence[Block]:
    """The rows of `frame` on sheets of this form, `counts` of them for each workbook in turn."""
    if frame.is_empty():
        return [[] for _ in counts]
    first = form.rows[0]
    ends = pl.Series([first + count for count in counts if count], dtype=pl.Int64)
    numbers = pl.select(pl.int_ranges(first, ends).explode().cast(pl.String)).to_series()
    # Row by row: many small pieces find room where the last batch's were, one piece of 20 MB has to be asked for anew.
    rows = form.people[ROWS].stamped(frame, numbers).cast(pl.Binary).to_list()
    return [rows[start:end] for start, end in pairwise([0, *accumulate(counts)])]
