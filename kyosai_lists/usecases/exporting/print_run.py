"""A run of the 台帳 made into files again: from the rows, the template and the words it was made with, not from today's."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from kyosai_lists.errors import UsageError
from kyosai_lists.ledger.canonical import sha256
from kyosai_lists.ledger.chain import Entry
from kyosai_lists.ledger.freezing import content_sha256, thaw
from kyosai_lists.ledger.records import RunRecord
from kyosai_lists.ledger.run_entry import RunEntry
from kyosai_lists.store import runs
from kyosai_lists.store.engine import Connection
from kyosai_lists.usecases.exporting.export_result import WrittenBook
from kyosai_lists.usecases.exporting.passwords import Passwords
from kyosai_lists.usecases.exporting.write_books import write_books
from kyosai_lists.usecases.find_run import damaged_run, find_run
from kyosai_lists.usecases.progress import Progress, silent
from kyosai_lists.usecases.rendering.workers import BY_WORTH
from kyosai_lists.usecases.rendering.writers import WRITERS
from kyosai_lists.workbook.template import CallListTemplate

_NOTHING = "ファイルは作っていません。"


@dataclass(frozen=True)
class KeptRun:
    """All that a run is printed from again. `frozen`: by union code. `out`, `placed`: where its folder is, and whether it has
    its name.
    """

    entry: Entry
    told: RunEntry
    out: Path
    machine: str
    placed: bool
    record: RunRecord
    union_lists: bytes | None
    template: bytes
    frozen: dict[str, bytes]


def kept_run(connection: Connection, run_id: str) -> KeptRun:
    """
    Raises:
        UsageError: there is no such run, or what it was made from was purged.
        StoreError: its entry is gone, or what is kept of it is not what its entry says.
    """
    found = find_run(connection, run_id)
    row, told = found.row, found.told
    books = runs.books(connection, run_id)
    if row["record"] is None or any(book["frozen"] is None for book in books):
        raise UsageError(
            f"名簿番号 {run_id} の名簿の中身は、保存期間が過ぎて消してあります。",
            "いつ、どの単組に渡したかは kyosai-lists ledger show で見られます。",
            _NOTHING,
        )
    try:
        record = RunRecord.thaw(row["record"])
    except Exception:
        raise damaged_run(run_id) from None  # whatever was changed, what it says may hold data
    template = runs.template(connection, told.template_sha256)
    frozen = {book["union_code"]: book["frozen"] for book in books}
    if template is None or not _is_as_told(told, row["record"], template, frozen):
        raise damaged_run(run_id)
    return KeptRun(
        entry=found.entry,
        told=told,
        out=Path(row["out"]),
        machine=row["machine"],
        placed=row["placed_on"] is not None,
        record=record,
        union_lists=row["union_lists"],
        template=template,
        frozen=frozen,
    )


def _is_as_told(told: RunEntry, record: bytes, template: bytes, frozen: Mapping[str, bytes]) -> bool:
    books = {book.union_code: book.frozen_sha256 for book in told.books}
    return (
        sha256(record) == told.record_sha256
        and sha256(template) == told.template_sha256
        and {code: content_sha256(data) for code, data in frozen.items()} == books
    )


def print_books(
    kept: KeptRun,
    folder: Path,
    union_codes: Iterable[str],
    passwords: Passwords | None,
    progress: Progress = silent,
) -> list[WrittenBook]:
    """Writes the workbooks of these unions below `folder`, where they stood then.

    Raises:
        UsageError: a union has no password.
        ExportError: a finished workbook does not hold the rows it should.
        StoreError: what is kept of the run is not what its entry says.
    """
    try:
        books = thaw((kept.frozen[code] for code in union_codes), (used.sheet() for used in kept.told.lists))
    except Exception:
        raise damaged_run(kept.told.header.run_id) from None  # as above
    template = CallListTemplate.from_bytes(kept.template)
    writer = WRITERS[kept.told.writer].of(template, kept.told.header, books.lists)
    paths = {book.union_code: book.path for book in kept.told.books}
    return write_books(folder, books.unions, [books], writer, passwords, paths, BY_WORTH, progress)


def untouched_books(kept: KeptRun, folder: Path) -> set[str]:
    """The unions whose workbook stands below `folder` as it was handed out, by code."""
    return {book.union_code for book in kept.told.books if _sha256(folder / book.path) == book.file_sha256}


def _sha256(path: Path) -> str | None:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return None
