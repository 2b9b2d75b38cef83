"""Pass one over a batch: how each union's pages are laid out, and the XML of every row of every sheet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from kyosai_lists.stamp.batches import Batch, Part
from kyosai_lists.stamp.blocks import Block, stamped_blocks
from kyosai_lists.stamp.compiled import CompiledRun
from kyosai_lists.stamp.framecolumns import line_frame, list_frame, people_frame
from kyosai_lists.stamp.sheetform import SheetForm
from kyosai_lists.workbook.cover import FEWEST_LINES, in_blocks, letter_lines, place_lines
from kyosai_lists.workbook.pages import Layout, Room, lay_out_runs
from kyosai_lists.workbook.rows import Values
from kyosai_lists.workbook.tokens import (
    COVER,
    DISCREET,
    LETTERS,
    LIST,
    ROLL,
    ROWS,
)


@dataclass(frozen=True)
class SheetRows:
    """The rows of one sheet's pattern rows, for each union of a batch: how many, and their XML. By group."""

    counts: Mapping[str, Sequence[int]]
    xml: Mapping[str, Sequence[Block]]


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
    desk, quiet = _rolls(batch)
    layouts = _layouts(batch, desk.rows, run.specimen.room)
    lines = [place_lines(layout, hidden) for layout, hidden in zip(layouts, quiet.counts, strict=True)]
    sheets = {
        COVER: _cover_rows(run, lines, _copies(batch)),
        ROLL: _roll_rows(run.sheets[ROLL], desk),
        DISCREET: _roll_rows(run.sheets[DISCREET], quiet),
        **_list_rows(run, batch),
    }
    return BatchRows(batch.people.counts, layouts, [len(places) for places in lines], sheets)


def _rolls(batch: Batch) -> tuple[Part, Part]:
    """Who stands on 名簿 and who on 担当限り, each with the 名簿番号 of their union."""
    books = pl.DataFrame({"book_no": [u["book_no"] for u in batch.unions], "n": batch.people.counts})
    people = batch.people.rows.with_columns(books.select(pl.col("book_no").repeat_by("n").explode()).to_series())
    quiet = people.filter(pl.col("discreet"))
    counted = dict(quiet.group_by("union_code").len().iter_rows())
    hidden = [counted.get(union["union_code"], 0) for union in batch.unions]
    shown = [people - quiet for people, quiet in zip(batch.people.counts, hidden, strict=True)]
    return Part(people.filter(~pl.col("discreet")), shown), Part(quiet, hidden)


def _layouts(batch: Batch, desk: pl.DataFrame, room: Room) -> list[Layout]:
    runs = desk.select(pl.struct("union_code", "workplace").rle().alias("run")).unnest("run").unnest("value")
    found: dict[str, list[tuple[str, int]]] = {union["union_code"]: [] for union in batch.unions}
    for people, code, workplace in runs.iter_rows():
        found[code].append((workplace, people))
    return [lay_out_runs(runs, room) for runs in found.values()]


def _copies(batch: Batch) -> list[dict[str, int]]:
    """People by letter, for each union."""
    letters = batch.people.rows.select("union_code", pl.col("letters").fill_null("").str.split(" ")).explode("letters")
    counted: dict[str, dict[str, int]] = {union["union_code"]: {} for union in batch.unions}
    for code, letter, people in letters.group_by("union_code", "letters").len().iter_rows():
        counted[code][letter] = people
    return list(counted.values())


def _cover_rows(run: CompiledRun, places: Sequence[Sequence[Values]], copies: Sequence[Mapping[str, int]]) -> SheetRows:
    form = run.sheets[COVER]
    letters = [letter_lines(run.list_sheets, counted) for counted in copies]
    counts: dict[str, list[int]] = {}
    xml: dict[str, Sequence[Block]] = {}
    above: list[int] = [0] * len(places)
    for group in form.groups:
        pattern = form.specimen.plan.patterns[group]
        lines = letters if group == LETTERS else places
        rows = [in_blocks(own, pattern.blocks, FEWEST_LINES[group]) for own in lines]
        counts[group] = [len(own) for own in rows]
        frame = line_frame(pattern, [row for own in rows for row in own])
        first = [pattern.row + more for more in above]
        xml[group] = stamped_blocks(form.patterns[group], first, frame, counts[group])
        above = [more + count - 1 for more, count in zip(above, counts[group], strict=True)]
    return SheetRows(counts, xml)


def _roll_rows(form: SheetForm, people: Part) -> SheetRows:
    frame = people_frame(people.rows)
    first = [form.rows[0]] * len(people.counts)
    return SheetRows({ROWS: people.counts}, {ROWS: stamped_blocks(form.patterns[ROWS], first, frame, people.counts)})


def _list_rows(run: CompiledRun, batch: Batch) -> dict[str, SheetRows]:
    """All lists at once: the rows of their sheets have one pattern."""
    if not batch.lists:
        return {}
    form = run.sheets[LIST]
    frame = list_frame(pl.concat([part.rows for part in batch.lists.values()]))
    counts = [count for part in batch.lists.values() for count in part.counts]
    blocks = stamped_blocks(form.patterns[ROWS], [form.rows[0]] * len(counts), frame, counts)
    unions = len(batch.unions)
    return {
        id_: SheetRows({ROWS: part.counts}, {ROWS: blocks[place * unions : (place + 1) * unions]})
        for place, (id_, part) in enumerate(batch.lists.items())
    }
