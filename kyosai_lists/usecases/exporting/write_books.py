"""Each union's workbook as a file: filled, perhaps sealed, opened again and counted before it is believed."""

import hashlib
from collections.abc import Callable
from pathlib import Path

from kyosai_lists.errors import ExportError
from kyosai_lists.text import safe_file_part
from kyosai_lists.usecases.exporting.compose_books import Composition
from kyosai_lists.usecases.exporting.export_result import WrittenBook
from kyosai_lists.usecases.exporting.passwords import Passwords
from kyosai_lists.workbook.check import count_rows, count_sealed_rows
from kyosai_lists.workbook.fill import fill
from kyosai_lists.workbook.meta import expected_rows
from kyosai_lists.workbook.model import RunHeader, UnionBook
from kyosai_lists.workbook.names import workbook_names
from kyosai_lists.workbook.seal import seal
from kyosai_lists.workbook.template import CallListTemplate


def write_books(
    folder: Path,
    composition: Composition,
    template: CallListTemplate,
    run: RunHeader,
    passwords: Passwords | None,
    progress: Callable[[str], None],
) -> list[WrittenBook]:
    """Writes a file below `folder` for every union with somebody on a list; the others are in the answer with 0.

    Raises:
        UsageError: a union has no password.
        ExportError: a finished workbook does not hold the rows it should.
    """
    names = _paths(composition, run)
    written = []
    for book in composition.books:
        progress(book.union_name)
        if book.people.is_empty():
            written.append(WrittenBook(book.pref, book.union_code, book.union_name, "", "", 0, {}, {}))
            continue
        password = passwords.of(book.union_code) if passwords else None
        data = _render(template, book, run, password)
        path = names[book.union_code]
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
        rows = {sheet.id: sheet.rows.height for sheet in book.lists if sheet.rows.height}
        digest = hashlib.sha256(data).hexdigest()
        sheet_rows = expected_rows(template, book)
        written.append(
            WrittenBook(book.pref, book.union_code, book.union_name, path, digest, book.people.height, rows, sheet_rows)
        )
    return written


def _render(template: CallListTemplate, book: UnionBook, run: RunHeader, password: str | None) -> bytes:
    """The finished file, opened again and counted before it is believed. A plain workbook never touches the disk if it is to be sealed."""
    plain = fill(template, book, run)
    data = plain if password is None else seal(plain, password)
    counted = count_rows(data) if password is None else count_sealed_rows(data, password)
    if counted != expected_rows(template, book):
        raise ExportError(
            f"単組コード {book.union_code} の名簿を読み直したら、行の数が合いませんでした。",
            "もう一度出してください。続くときは配布元に知らせてください。",
            "ファイルは作っていません。",
        )
    return data


def _paths(composition: Composition, run: RunHeader) -> dict[str, str]:
    """`<県コード>/<file name>` by union code."""
    paths: dict[str, str] = {}
    for pref in sorted({book.pref for book in composition.books}):
        books = [book for book in composition.books if book.pref == pref]
        names = workbook_names([(book.union_code, book.union_name) for book in books], run.file_title)
        paths |= {book.union_code: f"{safe_file_part(pref, 4)}/{name}" for book, name in zip(books, names, strict=True)}
    return paths
