"""Rows of a sheet that are no data: blank ones, totals, headers and titles repeated on each page. Counted, then left out."""

import re

import polars as pl

from kyosai_lists.intake.headings import titles
from kyosai_lists.intake.headings.header import Header
from kyosai_lists.intake.layouts import Kind
from kyosai_lists.intake.opening.sheet import ROW, Sheet, cell, cell_columns
from kyosai_lists.intake.reading import Remark
from kyosai_lists.intake.refusal import refused
from kyosai_lists.text import header_key, match_key

_WORDS = "総合計|合計|小計|総計|累計|計"
_TOTAL = re.compile(rf"[(\[【〔<]?(?:{_WORDS})[)\]】〕>]?[:=]?[0-9,.]*[名人件口円]?")
_COUNT = re.compile(r"[0-9,.]+[名人件口円]")
_TOTAL_OF_A_PART = re.compile(rf"{_TOTAL.pattern}|.{{1,20}}(?:総計|合計|小計)")
_BLANK = "空の行を読み飛ばしました"
_TOTALS = "合計の行を読み飛ばしました"
_REPEATED = "繰り返された見出しの行を読み飛ばしました"


def without_clutter(sheet: Sheet, header: Header, body: pl.DataFrame, file: str) -> tuple[pl.DataFrame, list[Remark]]:
    """`body` without the rows that are no data, and a remark for each kind of them.

    Raises:
        FileRefused: the unit's code, which a title gives for the whole sheet, changes further down.
    """
    names = cell_columns(body)
    keys = _key_columns(header)
    titles_above = [tuple(_shown(row)) for row in sheet.head[: header.index + header.lines] if _shown(row)]
    suspects = body.filter(_suspicious(keys[0], header, sheet))
    blank = suspects.filter(pl.all_horizontal(pl.col(names).str.strip_chars() == ""))[ROW]
    others = suspects.filter(~pl.col(ROW).is_in(blank.implode()))
    rows: dict[str, list[int]] = {_BLANK: [], _TOTALS: [], _REPEATED: []}
    for number, *cells in others.select(ROW, *names).iter_rows():
        _refuse_other_unit(cells, header, file)
        if tuple(_shown(cells)) in titles_above or _repeats(cells, header):
            rows[_REPEATED].append(number)
        elif _is_total(cells, keys, header):
            rows[_TOTALS].append(number)
    dropped = pl.concat([blank, pl.Series(rows[_TOTALS] + rows[_REPEATED], dtype=pl.Int64)])
    kept = body.filter(~pl.col(ROW).is_in(dropped.implode())) if len(dropped) else body
    last = kept[ROW].max() if kept.height else 0
    rows[_BLANK] = blank.filter(blank < last).to_list()  # those below the table are no news
    return kept, [Remark(sheet.name, found[0], None, text, len(found)) for text, found in rows.items() if found]


def _key_columns(header: Header) -> list[int]:
    """The columns of the key that no data row leaves empty; the one that differs most from row to row first."""
    layout = header.layout
    filled = [c.field for c in layout.columns if c.filled and c.field in layout.key and c.field in header.fields]
    return [header.fields[name] for name in filled]


def _suspicious(key: int, header: Header, sheet: Sheet) -> pl.Expr:
    # Only these few rows are looked at one by one.
    above = [row[key].strip() for row in sheet.head[: header.index + header.lines] if key < len(row)]
    anchor = pl.col(cell(key)).str.strip_chars()
    return anchor.is_in(["", *above]) | anchor.str.contains("計|[0-9０-９][名人件口円]$")


def _shown(cells: list[str]) -> list[str]:
    return [text.strip() for text in cells if text.strip()]


def _repeats(cells: list[str], header: Header) -> bool:
    keys = [(header_key(text), header_key(heading)) for text, heading in zip(cells, header.written, strict=False)]
    given = [(text, heading) for text, heading in keys if text]
    return len(given) > 1 and all(text == heading for text, heading in given)


def _is_total(cells: list[str], keys: list[int], header: Header) -> bool:
    """A totals word somewhere, nothing but such words or a count of people in the key, and no date anywhere: a total has none, a person has."""
    plain = [match_key(text) for text in cells]
    dates = [header.fields[c.field] for c in header.layout.columns if c.kind is Kind.DATE and c.field in header.fields]
    return (
        all(not plain[i] or _TOTAL.fullmatch(plain[i]) or _COUNT.fullmatch(plain[i]) for i in keys)
        and any(_TOTAL_OF_A_PART.fullmatch(text) for text in plain)
        and not any(plain[i] for i in dates)
    )


def _refuse_other_unit(cells: list[str], header: Header, file: str) -> None:
    code = titles.unit_code(cells) if header.unit_code else None
    if code and code != header.unit_code:
        todo = "単組ごとにシートを分けるか、単組コードの列を加えて、もう一度入れてください。"
        raise refused(file, "一つのシートの途中で単組コードが変わっています。", todo)
