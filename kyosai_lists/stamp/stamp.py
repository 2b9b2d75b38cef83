"""Whole frames in, workbooks out: pass two over a batch puts each union's file together from rows, forms and shared parts."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, partial

from kyosai_lists.ahead import one_ahead
from kyosai_lists.stamp.batches import Union, batches
from kyosai_lists.stamp.bookparts import BookParts, sheet_part
from kyosai_lists.stamp.compiled import CompiledRun
from kyosai_lists.stamp.container import Entry, packed
from kyosai_lists.stamp.metaform import Block, Open
from kyosai_lists.stamp.sheetform import GrownForm, SheetForm
from kyosai_lists.stamp.sheetrows import BatchRows, batch_rows
from kyosai_lists.workbook.cover import runs_on
from kyosai_lists.workbook.meta import Line, fact_lines, list_line
from kyosai_lists.workbook.model import FinishedBook, ListSheet, RunBooks
from kyosai_lists.workbook.rows import Values
from kyosai_lists.workbook.tokens import COVER, DISCREET, META, PLACES, ROLL, ROWS
from kyosai_lists.workbook.wording import union_values

MadeRows = tuple[Sequence[Union], BatchRows]


@dataclass(frozen=True)
class _Book:
    """One union of a batch, by its place in it."""

    run: CompiledRun
    rows: BatchRows
    place: int
    union: Union

    @property
    def people(self) -> int:
        return self.rows.people[self.place]

    @cached_property
    def counts(self) -> dict[str, int]:
        """People on each sheet of people (its name in the template, or list id)."""
        return {key: self.rows.sheets[key].counts[ROWS][self.place] for key in (*self.run.lists, ROLL, DISCREET)}

    def values(self) -> Values:
        union = self.union
        own = union_values(
            union["pref"], union["union_code"], union["union_name"], union["book_no"], union["roster_on"]
        )
        return {**own, "人数計": self.people, "名簿ページ数": self.rows.layouts[self.place].pages}


def stamped(run: CompiledRun, books: RunBooks) -> Iterator[FinishedBook]:
    """A workbook for every union that has somebody, in the order of `books.unions`. Equal arguments give equal bytes.

    A batch's rows are made while the one before is put together. (An export does the same with its portions, `made_rows` and
    `put_together` apart.)

    Raises:
        ExportError: a text is too long for a cell, or holds a character that a workbook cannot.
        TemplateError: a page header is too long for Excel.
    """
    return put_together(run, one_ahead(made_rows(run, books)))


def made_rows(run: CompiledRun, books: RunBooks) -> Iterator[MadeRows]:
    """Pass one: a batch's rows after another's. Raises what `stamped` does of texts."""
    for batch in batches(books):
        yield batch.unions, batch_rows(run, batch)


def put_together(run: CompiledRun, made: Iterable[MadeRows]) -> Iterator[FinishedBook]:
    """Pass two."""
    for unions, rows in made:
        for place, union in enumerate(unions):
            yield _stamped(_Book(run, rows, place, union))


def _stamped(book: _Book) -> FinishedBook:
    run = book.run
    parts = run.parts(frozenset(key for key, count in book.counts.items() if not count))
    values = book.values()
    entries = [*run.shared, *parts.fixed]
    grown: list[GrownForm] = []
    for number, (key, form) in enumerate(zip(parts.keys, parts.forms, strict=True), start=1):
        if key == META:
            grown.append(form.grown())
            entries.append(Entry.of(sheet_part(number), _meta(book, parts, values)))
            continue
        own, pieces = _sheet(book, key, form, values)
        grown.append(own)
        entries.append(Entry.of(sheet_part(number), pieces))
    entries.append(parts.workbook(grown))
    data = packed(entries[place] for place in parts.order)
    return FinishedBook(book.union["union_code"], data, _people_rows(book, parts))


def _sheet(book: _Book, key: str, form: SheetForm, values: Values) -> tuple[GrownForm, list[bytes]]:
    rows = book.rows.sheets.get(key)
    counts = [rows.counts[group][book.place] for group in form.groups] if rows else []
    said = {**form.known, **_on_sheet(book, key, values)}
    if key == COVER and runs_on(book.rows.places[book.place], form.specimen.plan.patterns[PLACES].blocks):
        form = book.run.long_cover
    breaks = [form.rows[0] + done - 1 for done in book.rows.layouts[book.place].breaks] if key == ROLL else []
    grown = form.grown(counts)
    head, *below, tail = form.around(grown, form.slots.values(said), breaks)
    pieces: list[bytes] = [head]
    for group, under in zip(form.groups, below, strict=True):
        if rows:
            pieces += rows.xml[group][book.place]
        pieces.append(under)
    pieces.append(tail)
    return grown, pieces


def _on_sheet(book: _Book, key: str, values: Values) -> Values:
    """`values`, and on a list's sheet how many people stand there."""
    return {**values, "該当人数": book.counts[key]} if key in book.run.lists else values


def _meta(book: _Book, parts: BookParts, values: Values) -> list[bytes]:
    union = book.union
    said = {_rows_of(key): str(count) for key, count in book.counts.items()}
    said |= {"book": union["book_no"], "pref": union["pref"], "union": union["union_code"], "people": str(book.people)}
    headings = [form.headings(_on_sheet(book, key, values)) for key, _, form in parts.of_people]
    return book.run.meta.xml((parts.keys, *headings), lambda: list(_meta_blocks(book.run, parts, headings)), said)


def _meta_blocks(run: CompiledRun, parts: BookParts, headings: Sequence[tuple[str, ...]]) -> Iterator[Block]:
    """What _meta says, open where workbooks with these sheets differ. `headings`: of each sheet of people."""
    names = dict(zip(parts.keys, parts.names, strict=True))
    yield run.meta.block("facts", lambda: fact_lines(run.run, *map(Open, ("book", "pref", "union", "people"))))
    for found in run.list_sheets:
        name = names.get(found.id, "")
        yield run.meta.block(("list", found.id, name), partial(_list_lines, found, name))
    for (key, name, form), own in zip(parts.of_people, headings, strict=True):
        rows = Open(_rows_of(key))
        yield run.meta.block(("sheet", key, name, own), partial(form.meta_lines, name, rows, own))


def _list_lines(found: ListSheet, name: str) -> list[Line]:
    return [list_line(found, name, Open(_rows_of(found.id)))]


def _rows_of(key: str) -> str:
    """The name of what is open, apart from the others: a branch may call a list of its own "union"."""
    return f"rows of {key}"


def _people_rows(book: _Book, parts: BookParts) -> dict[str, range]:
    return {name: range(form.rows[0], form.rows[0] + book.counts[key]) for key, name, form in parts.of_people}
