"""The cells of each column → canonical values. Python sees each different text of a column once, never each row; most days not even once."""

from dataclasses import dataclass

import polars as pl

from kyosai_lists.intake.headings.header import Header
from kyosai_lists.intake.layouts import Column, Kind
from kyosai_lists.intake.opening.sheet import cell, is_number
from kyosai_lists.intake.rows.days import compact_days
from kyosai_lists.intake.rows.findings import Findings
from kyosai_lists.intake.rows.values import Reader, Value, reader_of

_EXCEL_NUMBER = "Excelが数値にしたコードです。先頭の0が消えていないか確かめてください"


@dataclass(frozen=True, repr=False)
class Canonical:
    """By field. `values`: String, in canonical form; null stays null. `came`: the cells of those that are read, Categorical."""

    values: dict[str, pl.Series]
    came: dict[str, pl.Series]


def canonical(body: pl.DataFrame, header: Header, findings: Findings, *, epoch_1904: bool) -> Canonical:
    """Each field of the layout that the file has."""
    layout = header.layout
    values: dict[str, pl.Series] = {}
    came: dict[str, pl.Series] = {}
    for column in layout.columns:
        if column.field in header.fields:
            reader = reader_of(column, layout, epoch_1904=epoch_1904)
            cells = body[cell(header.fields[column.field])]
            if reader:  # a word, a day or a number stands in many rows
                came[column.field] = cells.cast(pl.Categorical)
            values[column.field] = _column(body, column, header, reader, came.get(column.field), findings)
        elif column.field == "union_code" and header.unit_code:
            values[column.field] = _constant(header.unit_code, body.height)
    return Canonical(values, came)


def _constant(text: str, height: int) -> pl.Series:
    return pl.repeat(text, height, dtype=pl.String, eager=True)


def _column(
    body: pl.DataFrame,
    column: Column,
    header: Header,
    reader: Reader | None,
    came: pl.Series | None,
    findings: Findings,
) -> pl.Series:
    index = header.fields[column.field]
    heading, cells = header.headings[index], body[cell(index)]
    if column.filled:
        empty = cells.str.strip_chars() == ""
        findings.problem(empty, heading, cells, f"{heading}が空欄です", f"{heading}を入れて、もう一度入れてください")
    if column.kind in (Kind.CODE, Kind.CODES) and is_number(index) in body.columns:
        findings.remark(body[is_number(index)], heading, _EXCEL_NUMBER)
    if reader and came is not None:
        values = _read(cells, came, heading, column, reader, findings)
    elif column.kind is Kind.CODE:
        values = _blank_is_empty(cells)
    else:
        values = cells
    default = header.layout.defaults.get(column.field)
    return values if default is None else _or_default(values, default)


def _blank_is_empty(cells: pl.Series) -> pl.Series:
    # A code of nothing but spaces, as fixed-length records have it, would look like a code to every rule.
    return cells.to_frame("c").select(pl.when(pl.col("c").str.strip_chars() == "").then(pl.lit("")).otherwise("c"))[
        "literal"
    ]


def _or_default(values: pl.Series, default: str) -> pl.Series:
    return values.replace("", default)


def _read(
    cells: pl.Series, came: pl.Series, heading: str, column: Column, reader: Reader, findings: Findings
) -> pl.Series:
    each = came.drop_nulls().unique()
    texts = each.cast(pl.String)
    days = compact_days(texts) if column.kind is Kind.DATE else pl.repeat(None, len(texts), dtype=pl.String, eager=True)
    known = {text: reader(text) for text in texts.filter(days.is_null())}
    _report(cells, heading, known, findings)
    read = pl.Series([value.text for value in known.values()], dtype=pl.String)
    seen = pl.concat([each.filter(days.is_not_null()), each.filter(days.is_null())])
    values = pl.concat([days.drop_nulls(), read])
    return came.to_physical().replace_strict(seen.to_physical(), values, default=None, return_dtype=pl.String)


def _report(cells: pl.Series, heading: str, known: dict[str, Value], findings: Findings) -> None:
    wrong: dict[tuple[str, str], list[str]] = {}
    odd: dict[str, list[str]] = {}
    for text, value in known.items():
        if value.problem:
            wrong.setdefault((value.problem, value.remedy or ""), []).append(text)
        if value.remark:
            odd.setdefault(value.remark, []).append(text)
    for (problem, remedy), texts in wrong.items():
        mask = cells.is_in(texts)
        findings.problem(mask, heading, cells, f"{heading}「{{value}}」は{problem}", remedy)
    for remark, texts in odd.items():
        findings.remark(cells.is_in(texts), heading, remark)
