"""The two writers of workbooks: one stamps them, the other has openpyxl fill the template. Both make the same contents."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import ClassVar, Self

from kyosai_lists.stamp.compiled import CompiledRun, compiled
from kyosai_lists.stamp.recount import recounted
from kyosai_lists.stamp.stamp import made_rows, put_together
from kyosai_lists.workbook.check import count_rows
from kyosai_lists.workbook.fill import fill
from kyosai_lists.workbook.meta import people_rows
from kyosai_lists.workbook.model import FinishedBook, ListSheet, RunBooks, RunHeader
from kyosai_lists.workbook.template import CallListTemplate


@dataclass(frozen=True)
class Writer:
    """Makes the workbooks of a run, some unions at a time. Can be sent to another process. `lists`: of the run, without their rows."""

    template: CallListTemplate
    run: RunHeader
    lists: tuple[ListSheet, ...]
    seconds_a_book: ClassVar[float] = 0.02  # one process, roughly

    @classmethod
    def of(cls, template: CallListTemplate, run: RunHeader, lists: Iterable[ListSheet]) -> Self:
        return cls(template, run, tuple(found.without_rows() for found in lists))

    def finished(self, books: RunBooks) -> Iterator[FinishedBook]:
        """A workbook for every union that has somebody, in the order of `books.unions`.

        What another thread can do beforehand is done when this returns; the rest, when a workbook is asked for.

        Raises:
            ExportError: a text is too long for a cell, or holds a character that a workbook cannot.
            TemplateError: a page header is too long for Excel.
        """
        raise NotImplementedError

    def counted(self, book: FinishedBook) -> dict[str, int]:
        """People by sheet, counted in the finished file.

        Raises:
            ExportError: the file cannot be read.
        """
        return count_rows(book.data)


@dataclass(frozen=True)
class Filler(Writer):
    """Has openpyxl fill the template: slow, and what the other writer is compared with."""

    def finished(self, books: RunBooks) -> Iterator[FinishedBook]:
        for book in books.books():
            if not book.people.is_empty():
                data = fill(self.template, book, self.run)
                yield FinishedBook(book.union_code, data, people_rows(self.template, book))


@dataclass(frozen=True)
class Stamper(Writer):
    """Stamps workbooks. Of each sheet one is also read as a stranger reads it."""

    # This process begins one portion while it completes another: further ones pay for sealing only (docs/performance.md).
    seconds_a_book: ClassVar[float] = 0.001
    _seen: set[str] = field(default_factory=set)

    @cached_property
    def _compiled(self) -> CompiledRun:
        return compiled(self.template, self.run, self.lists)

    def finished(self, books: RunBooks) -> Iterator[FinishedBook]:
        return put_together(self._compiled, list(made_rows(self._compiled, books)))

    def counted(self, book: FinishedBook) -> dict[str, int]:
        if not self._seen.issuperset(book.rows):
            self._seen.update(book.rows)
            if (read := count_rows(book.data)) != book.counts:
                return read
        return recounted(book.data, book.rows)


WRITERS: dict[str, type[Writer]] = {"stamp": Stamper, "openpyxl": Filler}
