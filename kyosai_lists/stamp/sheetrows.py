"""Pass one over a batch: how each union's pages are laid out, and the XML of every row of every sheet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from kyosai_lists.stamp.batches import Batch
from kyosai_lists.stamp.blocks import stamped_blocks, token_columns, token_frame
from kyosai_lists.stamp.compiled import CompiledRun
from kyosai_lists.stamp.sheetform import SheetForm
from kyosai_lists.workbook.cover import FEWEST_LINES, in_blocks, letter_lines, place_lines
from kyosai_lists.workbook.pages import Layout, Room, lay_out_runs
from kyosai_lists.workbook.rows import Values
from kyosai_lists.workbook.tokens import (
    COVER,
    DISCREET,
    LETTERS,
    LIST_TOKENS,
    PEOPLE_TOKENS,
    ROLL,
    ROWS,
)


@dataclass(frozen=True)
class SheetRows:
    """The rows of one sheet's pattern rows, for each union of a batch: how many, and their XML. By group."""

    counts: Mapping[str, Sequence[int]]
    xml: Mapping[str, Sequence[memoryview]]


@dataclass(frozen=True)
class BatchRows:
    """`people`, `layouts` (of 名簿), `places` (lines of the cover's table): by union; `sheets`: by name in the template, or list id."""

    people: Sequence[int]
    layouts: Sequence[Layout]
    places: Sequence[int]
    sheets: Mapping[str, SheetRows]


def batch_rows(run: CompiledRun, batch: Batch) -> BatchRows:
    """
    Raises:
        ExportError: a text is too long for a cell, or holds a character that a workbook cannot.
    """
    people = batch.people.with_columns(book_no=_repeated(batch, batch.people))
    desk, quiet = people.filter(~pl.col("discreet")), people.filter(pl.col("discreet"))
    layouts = _layouts(batch, desk, run.specimen.room)
    hidden = _counts(batch, quiet)
    lines = [place_lines(layout, count) for layout, count in zip(layouts, hidden, strict=True)]
    sheets = {
        COVER: _cover_rows(run, lines, _copies(batch)),
        ROLL: _rows(run.sheets[ROLL], batch, desk, PEOPLE_TOKENS),
        DISCREET: _rows(run.sheets[DISCREET], batch, quiet, PEOPLE_TOKENS),
    }
    sheets |= _list_rows(run, batch)
    return BatchRows(_counts(batch, people), layouts, [len(places) for places in lines], sheets)


def _repeated(batch: Batch, people: pl.DataFrame) -> pl.Series:
    """Each person's 名簿番号."""
    books = pl.DataFrame({"book_no": [u["book_no"] for u in batch.unions], "n": _counts(batch, people)})
    return books.select(pl.col("book_no").repeat_by("n").explode()).to_series()


def _counts(batch: Batch, rows: pl.DataFrame) -> list[int]:
    counted = dict(rows.group_by("union_code").len().iter_rows())
    return [counted.get(union["union_code"], 0) for union in batch.unions]


def _layouts(batch: Batch, desk: pl.DataFrame, room: Room) -> list[Layout]:
    runs = desk.select(pl.struct("union_code", "workplace").rle().alias("run")).unnest("run").unnest("value")
    found: dict[str, list[tuple[str, int]]] = {code: [] for code in (u["union_code"] for u in batch.unions)}
    for people, code, workplace in runs.iter_rows():
        found[code].append((workplace, people))
    return [lay_out_runs(found[union["union_code"]], room) for union in batch.unions]


def _copies(batch: Batch) -> list[dict[str, int]]:
    """People by letter, for each union."""
    letters = batch.people.select("union_code", pl.col("letters").fill_null("").str.split(" ")).explode("letters")
    counted: dict[str, dict[str, int]] = {union["union_code"]: {} for union in batch.unions}
    for code, letter, people in letters.group_by("union_code", "letters").len().iter_rows():
        counted[code][letter] = people
    return list(counted.values())


def _cover_rows(run: CompiledRun, places: Sequence[Sequence[Values]], copies: Sequence[Mapping[str, int]]) -> SheetRows:
    form = run.sheets[COVER]
    letters = [letter_lines(run.list_sheets, counted) for counted in copies]
    counts: dict[str, list[int]] = {}
    xml: dict[str, list[memoryview]] = {}
    above: list[int] = [0] * len(places)
    for group in form.groups:
        pattern = form.specimen.plan.patterns[group]
        lines = letters if group == LETTERS else places
        rows = [in_blocks(own, pattern.blocks, FEWEST_LINES[group]) for own in lines]
        counts[group] = [len(own) for own in rows]
        frame = token_frame(pattern, [row for own in rows for row in own])
        first = [pattern.row + more for more in above]
        xml[group] = stamped_blocks(form.patterns[group], first, frame, counts[group])
        above = [more + count - 1 for more, count in zip(above, counts[group], strict=True)]
    return SheetRows(counts, xml)


def _rows(form: SheetForm, batch: Batch, people: pl.DataFrame, tokens: Mapping[str, str | None]) -> SheetRows:
    counts = _counts(batch, people)
    first = [form.rows[0]] * len(counts)
    return SheetRows(
        {ROWS: counts}, {ROWS: stamped_blocks(form.patterns[ROWS], first, token_columns(people, tokens), counts)}
    )


def _list_rows(run: CompiledRun, batch: Batch) -> dict[str, SheetRows]:
    return {id_: _rows(run.lists[id_], batch, rows, LIST_TOKENS) for id_, rows in batch.lists.items()}
