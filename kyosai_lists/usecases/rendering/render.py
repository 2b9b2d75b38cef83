"""A worker's whole work: a portion's workbooks made, sealed if so wished, opened again and counted before they are believed."""

import hashlib
import pickle
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Self, TypeVar

from kyosai_lists import __version__
from kyosai_lists.errors import ExportError
from kyosai_lists.usecases.rendering.failure import Failure
from kyosai_lists.usecases.rendering.portion import Portion, RenderedBook
from kyosai_lists.usecases.rendering.writers import Writer
from kyosai_lists.workbook.model import FinishedBook
from kyosai_lists.workbook.seal import open_sealed, seal

Made = TypeVar("Made")
Answer = tuple[RenderedBook, ...] | Failure


@dataclass(frozen=True)
class Job:
    """What all portions of a run have in common: its writer, as it travels, and the program's version."""

    writer: bytes = field(repr=False)
    program: str

    @classmethod
    def of(cls, writer: Writer) -> Self:
        return cls(pickle.dumps(writer), __version__)


@dataclass(frozen=True, repr=False)
class Begun:
    """A portion with `books`, the workbooks that its `writer` has begun."""

    writer: Writer
    portion: Portion
    books: Iterator[FinishedBook]


def rendered(job: Job, portion: Portion) -> Answer:
    """The portion's workbooks, in its order. What goes wrong is returned, not raised: a worker's log would hold its text."""
    return completed(begun(job, portion))


def begun(job: Job, portion: Portion) -> Begun | Failure:
    """The first half of `rendered`, which another thread may do."""
    return _or_failure(lambda: _begun(job, portion))


def completed(portion: Begun | Failure) -> Answer:
    """The second half."""
    return portion if isinstance(portion, Failure) else _or_failure(lambda: tuple(_rendered(portion)))


def _or_failure(made: Callable[[], Made]) -> Made | Failure:
    try:
        return made()
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # a panic inside polars is no Exception
        return Failure.of(error)


def _begun(job: Job, portion: Portion) -> Begun:
    _refuse_another_version(job)
    writer = _writer(job.writer)
    return Begun(writer, portion, writer.finished(portion.books))


@lru_cache(maxsize=1)
def _writer(data: bytes) -> Writer:
    """A worker compiles the template once for all its portions."""
    writer: Writer = pickle.loads(data)
    return writer


def _refuse_another_version(job: Job) -> None:
    if job.program != __version__:
        raise ExportError(
            f"名簿を作るワーカーの kyosai-lists の版({__version__})が、このパソコンの版({job.program})と違います。",
            "同じ版を入れて、もう一度実行してください。",
            "ファイルは作っていません。",
        )


def _rendered(begun: Begun) -> Iterator[RenderedBook]:
    portion = begun.portion
    for number, book in enumerate(begun.books):
        password = None if portion.passwords is None else portion.passwords[book.union_code]
        data = _believed(begun.writer, book, password, as_excel=number == 0)
        plain = hashlib.sha256(book.data).hexdigest()
        sealed = plain if data is book.data else hashlib.sha256(data).hexdigest()
        finished = RenderedBook(book.union_code, sealed, plain, book.counts, data)
        yield finished.written(portion.folder / portion.paths[book.union_code]) if portion.folder else finished


def _believed(writer: Writer, book: FinishedBook, password: str | None, *, as_excel: bool) -> bytes:
    """The file, opened again and counted before it is believed. A plain workbook never touches the disk if it is to be sealed."""
    data = book.data if password is None else seal(book.data, password)
    opened = book if password is None else replace(book, data=open_sealed(data, password, as_excel=as_excel))
    if writer.counted(opened) != book.counts:
        raise ExportError(
            f"単組コード {book.union_code} の名簿を読み直したら、行の数が合いませんでした。",
            "もう一度出してください。続くときは配布元に知らせてください。",
            "ファイルは作っていません。",
        )
    return data
