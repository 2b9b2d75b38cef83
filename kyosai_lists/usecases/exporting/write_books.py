"""Each union's workbook as a file: filled, perhaps sealed, opened again and counted before it is believed."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import polars as pl

from kyosai_lists.errors import ExportError
from kyosai_lists.text import safe_file_part
from kyosai_lists.usecases.exporting.export_result import WrittenBook
from kyosai_lists.usecases.exporting.passwords import Passwords
from kyosai_lists.usecases.exporting.writers import Writer
from kyosai_lists.workbook.check import count_sealed_rows
from kyosai_lists.workbook.model import FinishedBook, RunBooks, RunHeader
from kyosai_lists.workbook.names import workbook_names
from kyosai_lists.workbook.seal import seal


def write_books(
    folder: Path,
    books: RunBooks,
    writer: Writer,
    passwords: Passwords | None,
    progress: Callable[[str], None],
) -> list[WrittenBook]:
    """Writes a file below `folder` for every union with somebody on a list; the others are in the answer with 0.

    Raises:
        UsageError: a union has no password.
        ExportError: a finished workbook does not hold the rows it should.
    """
    names = _paths(books.unions, writer.run)
    listed = _listed(books)
    finished = writer.finished(books)
    written = []
    for union in books.unions.iter_rows(named=True):
        progress(union["union_name"])
        about = (union["pref"], union["union_code"], union["union_name"])
        people, rows = listed.get(union["union_code"], (0, {}))
        if not people:
            written.append(WrittenBook(*about, "", "", 0, {}, {}))
            continue
        book = next(finished)
        data = _believed(writer, book, passwords.of(book.union_code) if passwords else None)
        path = names[book.union_code]
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
        written.append(WrittenBook(*about, path, hashlib.sha256(data).hexdigest(), people, rows, book.counts))
    return written


def _listed(books: RunBooks) -> dict[str, tuple[int, dict[str, int]]]:
    """By union code: how many people, and how many rows by list id."""
    people = dict(books.people.group_by("union_code").len().iter_rows())
    listed: dict[str, tuple[int, dict[str, int]]] = {code: (count, {}) for code, count in people.items()}
    for found in books.lists:
        for code, count in found.rows.group_by("union_code").len().iter_rows():
            listed[code][1][found.id] = count
    return listed


def _believed(writer: Writer, book: FinishedBook, password: str | None) -> bytes:
    """The file, opened again and counted before it is believed. A plain workbook never touches the disk if it is to be sealed."""
    data = book.data if password is None else seal(book.data, password)
    counted = writer.counted(book) if password is None else count_sealed_rows(data, password)
    if counted != book.counts:
        raise ExportError(
            f"単組コード {book.union_code} の名簿を読み直したら、行の数が合いませんでした。",
            "もう一度出してください。続くときは配布元に知らせてください。",
            "ファイルは作っていません。",
        )
    return data


def _paths(unions: pl.DataFrame, run: RunHeader) -> dict[str, str]:
    """`<県コード>/<file name>` by union code."""
    paths: dict[str, str] = {}
    for (pref,), own in unions.group_by("pref"):
        named = list(own.select("union_code", "union_name").iter_rows())
        names = workbook_names(named, run.file_title)
        paths |= {code: f"{safe_file_part(str(pref), 4)}/{name}" for (code, _), name in zip(named, names, strict=True)}
    return paths
