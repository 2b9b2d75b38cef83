"""A function of texts over a column, once for each different text."""

from collections.abc import Callable

import polars as pl


def mapped(column: pl.Series, function: Callable[[str], str]) -> pl.Series:
    """`function` over the different values only; null is handed to it like any other."""
    values = column.unique()
    return column.replace_strict(
        values, pl.Series([function(v) for v in values], dtype=pl.String), return_dtype=pl.String
    )
