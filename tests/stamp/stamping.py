"""Runs of a few unions for the tests of this room, and both writers side by side."""

import dataclasses
from collections.abc import Iterator

import polars as pl

from kyosai_lists.stamp.compiled import compiled
from kyosai_lists.stamp.stamp import stamped
from kyosai_lists.workbook.fill import fill
from kyosai_lists.workbook.model import UNION_SCHEMA, FinishedBook, RunBooks, RunHeader, UnionBook
from kyosai_lists.workbook.template import CallListTemplate
from tests.stamp.comparing import differences
from tests.workbook.workbook_samples import RUN


def run_of(*books: UnionBook) -> RunBooks:
    """The whole frames of a run that makes these books. They differ in union_code, and have the same lists."""
    unions = [{name: getattr(book, name) for name in UNION_SCHEMA} for book in books]
    lists = [
        dataclasses.replace(found, rows=_together((book, book.lists[place].rows) for book in books))
        for place, found in enumerate(books[0].lists)
    ]
    people = _together((book, book.people) for book in books)
    return RunBooks(pl.DataFrame(unions, schema=UNION_SCHEMA), people, tuple(lists))


def _together(frames: Iterator[tuple[UnionBook, pl.DataFrame]]) -> pl.DataFrame:
    return pl.concat([frame.select(pl.lit(book.union_code).alias("union_code"), pl.all()) for book, frame in frames])


def stamped_books(template: CallListTemplate, *books: UnionBook, run: RunHeader = RUN) -> list[FinishedBook]:
    whole = run_of(*books)
    return list(stamped(compiled(template, run, whole.lists), whole))


def stamped_book(template: CallListTemplate, book: UnionBook, run: RunHeader = RUN) -> bytes:
    (found,) = stamped_books(template, book, run=run)
    return found.data


def assert_equal(template: CallListTemplate, *books: UnionBook, run: RunHeader = RUN) -> None:
    """Every book comes out of both writers alike."""
    made = stamped_books(template, *books, run=run)
    assert [found.union_code for found in made] == [book.union_code for book in books]
    for book, found in zip(books, made, strict=True):
        assert differences(fill(template, book, run), found.data) == []
