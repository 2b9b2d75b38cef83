"""A 保留 workbook that comes back: which row on 保留 each of its rows is, and which the clerk wants no more."""

from dataclasses import dataclass

import polars as pl

from kyosai_lists.intake.headings.header import Header
from kyosai_lists.intake.opening.sheet import ROW, Sheet, cell, cell_columns
from kyosai_lists.intake.reading import Remark
from kyosai_lists.text import match_key
from kyosai_lists.vocabulary import HOLD_ANSWER, HOLD_NUMBER, HOLD_WITHDRAWN

_WITHDRAWN = "「取りやめ」と書かれた行です。取り込まずに、保留から外します"
_UNKNOWN = f"「{HOLD_ANSWER}」には「{HOLD_WITHDRAWN}」のほかは書けません。直した行として読みました"
_EMPTIED = "元の行の中身がない行です。読み飛ばしました(保留のままです)"


@dataclass(frozen=True)
class Returned:
    """`body`: without the rows that are not to be taken in, and without what the workbook added to the original rows.

    `numbers`: for each row of it its 保留番号, null where there is none. `withdrawn`: those of the rows left out on purpose.
    """

    body: pl.DataFrame
    numbers: pl.Series
    withdrawn: tuple[str, ...]
    remarks: list[Remark]


def returned(body: pl.DataFrame, header: Header, sheet: Sheet) -> Returned:
    if not header.aside:
        return Returned(body, pl.repeat(None, body.height, dtype=pl.String, eager=True), (), [])
    numbers, answers = _column(body, header, HOLD_NUMBER), _column(body, header, HOLD_ANSWER)
    asides = [cell(index) for index in header.aside]
    original = [name for name in cell_columns(body) if name not in asides]
    unwanted = (answers == HOLD_WITHDRAWN) & (numbers != "")
    emptied = body.select(pl.all_horizontal(pl.col(original).str.strip_chars() == "")).to_series() & ~unwanted
    other = (answers != "") & ~unwanted
    remarks = [
        Remark(sheet.name, body[ROW].filter(mask)[0], HOLD_ANSWER, text, int(mask.sum()))
        for mask, text in ((unwanted, _WITHDRAWN), (emptied, _EMPTIED), (other, _UNKNOWN))
        if mask.any()
    ]
    kept = ~(unwanted | emptied)
    blanked = body.with_columns(pl.lit("").alias(name) for name in asides)
    return Returned(
        blanked.filter(kept),
        numbers.replace("", None).filter(kept),
        tuple(numbers.filter(unwanted)),
        remarks,
    )


def _column(body: pl.DataFrame, header: Header, heading: str) -> pl.Series:
    if heading not in header.headings:
        return pl.repeat("", body.height, dtype=pl.String, eager=True)
    texts = body[cell(header.headings.index(heading))]
    return pl.Series([match_key(text) for text in texts], dtype=pl.String)
