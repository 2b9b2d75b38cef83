"""One sheet of a workbook, or one text file, before anything is known of its meaning."""

from collections.abc import Callable
from dataclasses import dataclass

import polars as pl

HEAD_ROWS = 60  # the header must stand within these

# The columns of a body beside its cells "c0", "c1" …
ROW = "row"  # Int64: the number a person sees in Excel
CELLS = "cells"  # Int64: how many cells the row has in a text file; null in a workbook
SWALLOWED = "swallowed"  # Boolean: a cell of the row seems to hold whole rows, from a quote that was never closed
PLAIN = "plain"  # Boolean, where that is known: no cell of the row holds a character that `rows.check` must look at

Merged = tuple[tuple[int, int], tuple[int, int]]  # (first row, first column), (last row, last column), all from 0


@dataclass(frozen=True)
class Sheet:
    """`head`: the first rows as text. `body(n)`: all rows from the n-th (from 0) on.

    A body has ROW, CELLS, SWALLOWED, one String column "c0", "c1" … for each cell (never null), and a Boolean column
    "n0", "n1" … for each cell column in which Excel holds numbers. It may have PLAIN.
    """

    name: str
    head: list[list[str]]
    body: Callable[[int], pl.DataFrame]
    merged: tuple[Merged, ...] = ()


def cell(index: int) -> str:
    return f"c{index}"


def is_number(index: int) -> str:
    return f"n{index}"


def cell_columns(body: pl.DataFrame) -> list[str]:
    return [name for name in body.columns if name[0] == "c" and name[1:].isdigit()]


def letter(index: int) -> str:
    """The column's letter in Excel: 0 → A, 26 → AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
