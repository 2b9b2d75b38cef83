"""Pass one over a batch: how each union's pages are laid out, and the XML of every row of every sheet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from kyosai_lists.stamp.batches import Batch, Part
from kyosai_lists.stamp.blocks import Block, stamped_blocks
from kyosai_lists.stamp.compiled import CompiledRun
from kyosai_lists.stamp.sheetform import SheetForm
from kyosai_lists.workbook.cover import FEWEST_LINES, copies_of, in_blocks, letter_lines, place_lines
from kyosai_lists.workbook.pages import Layout, lay_out
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
    layouts = [lay_out(workplaces, run.specimen.room) for workplaces in desk.each("workplace")]
    lines = [place_lines(layout, hidden) for layout, hidden in zip(layouts, quiet.counts, strict=True)]
    copies = [copies_of(letters) for letters in batch.people.each("letters")]
    sheets = {
        COVER: _cover_rows(run, lines, copies),
        ROLL: _roll_rows(run.sheets[ROLL], desk),
        DISCREET: _roll_rows(run.sheets[DISCREET], quiet),
        **_list_rows(run, batch),
    }
    return BatchRows(batch.people.counts, layouts, [len(places) for places in lines], sheets)


def _rolls(batch: Batch) -> tuple[Part, Part]:
    """Who stands on 名簿 and who on 担当限り, each with the 名簿番号 of their union."""
    each = zip(batch.unions, batch.people.counts, strict=True)
    numbers = pl.Series("book_no", [union["book_no"] for union, people in each for _ in range(people)], pl.String)
    people = batch.people.rows.with_columns(numbers)
    hidden = [sum(own) for own in batch.people.each("discreet")]
    shown = [people - quiet for people, quiet in zip(batch.people.counts, hidden, strict=True)]
    return Part(people.filter(~pl.col("discreet")), shown), Part(people.filter(pl.col("discreet")), hidden)


def _cover_rows(run: CompiledRun, places: Sequence[Sequence[Values]], copies: Sequence[Mapping[str, int]]) -> SheetRows:
    form = run.sheets[COVER]
    letters = [letter_lines(run.list_sheets, counted) for counted in copies]
    counts: dict[str, list[int]] = {}
    xml: dict[str, list[Block]] = {}
    above: list[int] = [0] * len(places)
    for group in form.groups:
        pattern, press = form.specimen.plan.patterns[group], form.lines[group]
        lines = letters if group == LETTERS else places
        rows = [in_blocks(own, pattern.blocks, FEWEST_LINES[group]) for own in lines]
        counts[group] = [len(own) for own in rows]
        xml[group] = [press.stamped(own, pattern.row + more) for own, more in zip(rows, above, strict=True)]
        above = [more + count - 1 for more, count in zip(above, counts[group], strict=True)]
    return SheetRows(counts, xml)


def _roll_rows(form: SheetForm, people: Part) -> SheetRows:
    return SheetRows({ROWS: people.counts}, {ROWS: stamped_blocks(form, people.rows, people.counts)})


def _list_rows(run: CompiledRun, batch: Batch) -> dict[str, SheetRows]:
    """All lists at once: the rows of their sheets have one pattern."""
    if not batch.lists:
        return {}
    rows = pl.concat([part.rows for part in batch.lists.values()])
    counts = [count for part in batch.lists.values() for count in part.counts]
    blocks = stamped_blocks(run.sheets[LIST], rows, counts)
    unions = len(batch.unions)
    return {
        id_: SheetRows({ROWS: part.counts}, {ROWS: blocks[place * unions : (place + 1) * unions]})
        for place, (id_, part) in enumerate(batch.lists.items())
    }
