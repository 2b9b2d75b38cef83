"""The columns of the frames that the rows of people are stamped from, for each token that has values."""

from collections.abc import Mapping

import polars as pl

from kyosai_lists.workbook.model import LIST_SCHEMA, PEOPLE_SCHEMA
from kyosai_lists.workbook.tokens import LIST, LIST_TOKENS, PEOPLE_TOKENS

Source = tuple[str, pl.DataType]  # a column of the frame
Sources = Mapping[tuple[str, int], Source]  # by token and block; a token without values has none


def sources_of(sheet: str) -> Sources:
    """What the pattern row of a sheet of people is filled from: frames of LIST_SCHEMA, or of PEOPLE_SCHEMA and book_no."""
    if sheet == LIST:
        return _sources(LIST_TOKENS, LIST_SCHEMA)
    return _sources(PEOPLE_TOKENS, {**PEOPLE_SCHEMA, "book_no": pl.String()})


def _sources(columns: Mapping[str, str | None], schema: Mapping[str, pl.DataType]) -> Sources:
    return {(token, 0): (column, schema[column]) for token, column in columns.items() if column}
