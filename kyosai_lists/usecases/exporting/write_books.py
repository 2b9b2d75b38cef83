"""Each union's workbook as a file: who makes them, where they go, and whether they hold everybody they should."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import polars as pl

from kyosai_lists.errors import ExportError
from kyosai_lists.text import safe_file_part
from kyosai_lists.usecases.exporting.export_result import WrittenBook
from kyosai_lists.usecases.exporting.passwords import Passwords
from kyosai_lists.usecases.progress import Progress
from kyosai_lists.usecases.rendering.hiring import hired
from kyosai_lists.usecases.rendering.portion import Portion, RenderedBook, portions
from kyosai_lists.usecases.rendering.render import Job
from kyosai_lists.usecases.rendering.render_all import render_all
from kyosai_lists.usecases.rendering.workers import Workers, WorkersWanted
from kyosai_lists.usecases.rendering.writers import Writer
from kyosai_lists.workbook.model import RunBooks, RunHeader
from kyosai_lists.workbook.names import workbook_names
from kyosai_lists.workbook.seal import SEAL_SECONDS

_Listed = tuple[int, dict[str, int]]  # people, and rows by list id


def write_books(
    folder: Path,
    unions: pl.DataFrame,
    parts: Iterable[RunBooks],
    writer: Writer,
    passwords: Passwords | None,
    paths: Mapping[str, str],
    wanted: WorkersWanted,
    progress: Progress,
) -> list[WrittenBook]:
    """Writes a file below `folder` for every union with somebody on a list; the others are in the answer with 0.

    `unions`: UNION_SCHEMA, all of them; `parts`: some of them each, asked for while those before are written. `paths`: by
    union code, where in `folder` (`book_paths`).

    Raises:
        UsageError: a union has no password.
        ExportError: a finished workbook does not hold the rows it should, or a worker died.
    """
    seconds = writer.seconds_a_book + (SEAL_SECONDS if passwords else 0)
    listed: dict[str, _Listed] = {}
    rendered: dict[str, RenderedBook] = {}
    with hired(wanted, unions.height * seconds) as workers:
        work = _portions(folder, parts, passwords, paths, workers, listed)
        progress("", 0, unions.height)
        for book in render_all(workers, Job.of(writer), work):
            rendered[book.union_code] = book.kept_in(folder / paths[book.union_code])
            progress("", len(rendered), unions.height)
    return [_written(union, paths, listed, rendered) for union in unions.iter_rows(named=True)]


def _portions(
    folder: Path,
    parts: Iterable[RunBooks],
    passwords: Passwords | None,
    paths: Mapping[str, str],
    workers: Workers,
    listed: dict[str, _Listed],
) -> Iterator[Portion]:
    """The work of each part; who stands where in it is noted in `listed`."""
    for books in parts:
        own = _listed(books)
        listed |= own
        for place in {(folder / paths[code]).parent for code in own}:
            place.mkdir(parents=True, exist_ok=True)
        secrets = {code: passwords.of(code) for code in own} if passwords else None
        yield from portions(books, paths, secrets, folder if workers.near else None)


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
