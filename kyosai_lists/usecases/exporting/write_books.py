"""Each union's workbook as a file: who makes them, where they go, and whether they hold everybody they should."""

from collections.abc import Mapping
from pathlib import Path

import polars as pl

from kyosai_lists.errors import ExportError
from kyosai_lists.text import safe_file_part
from kyosai_lists.usecases.exporting.export_result import WrittenBook
from kyosai_lists.usecases.exporting.passwords import Passwords
from kyosai_lists.usecases.progress import Progress
from kyosai_lists.usecases.rendering.portion import RenderedBook, portions
from kyosai_lists.usecases.rendering.render import Job
from kyosai_lists.usecases.rendering.render_all import render_all
from kyosai_lists.usecases.rendering.workers import Workers, WorkersWanted, hired
from kyosai_lists.usecases.rendering.writers import Writer
from kyosai_lists.workbook.model import RunBooks, RunHeader
from kyosai_lists.workbook.names import workbook_names
from kyosai_lists.workbook.seal import SEAL_SECONDS

_Listed = tuple[int, dict[str, int]]  # people, and rows by list id


def write_books(
    folder: Path,
    books: RunBooks,
    writer: Writer,
    passwords: Passwords | None,
    paths: Mapping[str, str],
    wanted: WorkersWanted,
    progress: Progress,
) -> list[WrittenBook]:
    """Writes a file below `folder` for every union with somebody on a list; the others are in the answer with 0.

    `paths`: by union code, where in `folder` (`book_paths`).

    Raises:
        UsageError: a union has no password.
        ExportError: a finished workbook does not hold the rows it should, or a worker died.
    """
    listed = _listed(books)
    secrets = {code: passwords.of(code) for code in listed} if passwords else None
    seconds = writer.seconds_a_book + (SEAL_SECONDS if secrets else 0)
    with hired(wanted, len(listed) * seconds) as workers:
        rendered = _rendered(folder, books, writer, workers, {code: paths[code] for code in listed}, secrets, progress)
    return [_written(union, paths, listed, rendered) for union in books.unions.iter_rows(named=True)]


def _rendered(
    folder: Path,
    books: RunBooks,
    writer: Writer,
    workers: Workers,
    paths: Mapping[str, str],
    passwords: Mapping[str, str] | None,
    progress: Progress,
) -> dict[str, RenderedBook]:
    """Every workbook by union code, without its bytes: they are on the disk by then."""
    for place in {(folder / path).parent for path in paths.values()}:
        place.mkdir(parents=True, exist_ok=True)
    progress("", 0, len(paths))
    work = portions(books, paths, passwords, folder if workers.near else None, workers.size)
    rendered: dict[str, RenderedBook] = {}
    for book in render_all(workers, Job.of(writer), work):
        rendered[book.union_code] = book.kept_in(folder / paths[book.union_code])
        progress("", len(rendered), len(paths))
    return rendered


def _listed(books: RunBooks) -> dict[str, _Listed]:
    """By union code, of unions with somebody: how many people, and how many rows by list id."""
    people = dict(books.people.group_by("union_code").len().iter_rows())
    listed: dict[str, _Listed] = {code: (count, {}) for code, count in people.items()}
    for found in books.lists:
        for code, count in found.rows.group_by("union_code").len().iter_rows():
            listed[code][1][found.id] = count
    return listed


def _written(
    union: Mapping[str, str],
    paths: Mapping[str, str],
    listed: Mapping[str, _Listed],
    rendered: Mapping[str, RenderedBook],
) -> WrittenBook:
    code = union["union_code"]
    about = (union["pref"], code, union["union_name"])
    if code not in listed:
        return WrittenBook(*about, "", "", "", 0, {}, {})
    people, rows = listed[code]
    book = rendered.get(code)
    # Everybody stands once on 名簿 or 担当限り, and once on the sheet of each of their lists.
    if book is None or sum(book.counts.values()) != people + sum(rows.values()):
        raise ExportError(
            f"単組コード {code} の名簿の行の数が、載せるはずの人数と合いませんでした。",
            "もう一度出してください。続くときは配布元に知らせてください。",
            "ファイルは作っていません。",
        )
    return WrittenBook(*about, paths[code], book.sha256, book.plain_sha256, people, rows, dict(book.counts))


def book_paths(unions: pl.DataFrame, run: RunHeader) -> dict[str, str]:
    """`<県コード>/<file name>` by union code."""
    paths: dict[str, str] = {}
    for (pref,), own in unions.group_by("pref"):
        named = list(own.select("union_code", "union_name").iter_rows())
        names = workbook_names(named, run.file_title)
        paths |= {code: f"{safe_file_part(str(pref), 4)}/{name}" for (code, _), name in zip(named, names, strict=True)}
    return paths
