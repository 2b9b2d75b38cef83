"""Workbooks of made-up unions, made by whichever workers a test wants."""

import io
import zipfile
from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path

import pytest

from kyosai_lists.paths import resource_dir
from kyosai_lists.stamp import batches
from kyosai_lists.usecases.exporting import write_books as writing
from kyosai_lists.usecases.exporting.export_result import WrittenBook
from kyosai_lists.usecases.exporting.passwords import Passwords
from kyosai_lists.usecases.progress import Progress, silent
from kyosai_lists.usecases.rendering.workers import Workers, WorkersWanted
from kyosai_lists.usecases.rendering.writers import WRITERS, Writer
from kyosai_lists.workbook.model import RunBooks
from kyosai_lists.workbook.template import CallListTemplate
from tests.benchmarks.made_unions import RUN, made_run

BOOKS = made_run(12, mean_people=20)
TWO = WorkersWanted(2)


@lru_cache(maxsize=1)
def template() -> CallListTemplate:
    return CallListTemplate.load(resource_dir("templates_xlsx") / "call_list.xlsx")


def writer_of(books: RunBooks, kind: str = "stamp") -> Writer:
    return WRITERS[kind].of(template(), RUN, books.lists)


def written(
    folder: Path,
    wanted: WorkersWanted,
    books: RunBooks = BOOKS,
    passwords: Passwords | None = None,
    progress: Progress = silent,
    kind: str = "stamp",
) -> list[WrittenBook]:
    folder.mkdir(exist_ok=True)
    writer = writer_of(books, kind)
    paths = writing.book_paths(books.unions, writer.run)
    return writing.write_books(folder, books.unions, [books], writer, passwords, paths, wanted, progress)


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def assert_same(folder: Path, other: Path) -> None:
    """The files of both folders are equal, byte by byte; where not, it is told which parts differ."""
    these, those = files(folder), files(other)
    assert these.keys() == those.keys()
    assert {name: _unequal(data, those[name]) for name, data in these.items() if data != those[name]} == {}


def _unequal(data: bytes, other: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as these, zipfile.ZipFile(io.BytesIO(other)) as those:
        assert these.namelist() == those.namelist()
        return [name for name in these.namelist() if these.read(name) != those.read(name)]


def small_portions(monkeypatch: pytest.MonkeyPatch, rows: int = 150) -> None:
    monkeypatch.setattr(batches, "ROWS", rows)


def hire(
    monkeypatch: pytest.MonkeyPatch, executor: Executor, *, near: bool = True, patience: float | None = None
) -> None:
    """Whoever is wanted, `executor` does the work."""

    @contextmanager
    def hired(_wanted: WorkersWanted, _seconds: float) -> Iterator[Workers]:
        yield Workers(executor, 2, near, patience=patience)

    monkeypatch.setattr(writing, "hired", hired)
