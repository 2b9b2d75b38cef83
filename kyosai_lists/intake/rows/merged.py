"""Cells merged downwards below the header, such as one 職場名 beside all its people: each row gets what Excel shows there."""

import polars as pl

from kyosai_lists.intake.headings.header import Header
from kyosai_lists.intake.opening.sheet import ROW, Sheet, cell
from kyosai_lists.intake.reading import Remark


def spread_down(sheet: Sheet, header: Header, body: pl.DataFrame) -> tuple[pl.DataFrame, list[Remark]]:
    """`body` with the merged cells filled, but never a key: what tells rows apart is not taken from the row above."""
    first = header.index + header.lines
    keys = {header.fields[name] for name in header.layout.key if name in header.fields}
    ranges = [
        (top, bottom, left)
        for (top, left), (bottom, right) in sheet.merged
        if first <= top < bottom and left == right and left not in keys and cell(left) in body.columns
    ]
    if not ranges:
        return body, []
    for column in sorted({left for _, _, left in ranges}):
        texts = body[cell(column)].to_list()
        for top, bottom, left in ranges:
            if left == column:
                stop = min(bottom + 1 - first, len(texts))
                texts[top - first : stop] = [texts[top - first]] * (stop - (top - first))
        body = body.with_columns(pl.Series(cell(column), texts, dtype=pl.String))
    row = body[ROW][min(top for top, _, _ in ranges) - first]
    return body, [Remark(sheet.name, row, None, "縦に結合されたセルの内容を、結合された各行に入れました", len(ranges))]
