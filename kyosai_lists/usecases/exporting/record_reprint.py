"""Files that were made again, in the 台帳 and in the branch's papers: what is sealed again is another file each time."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from kyosai_lists import __version__
from kyosai_lists.ledger.chain import Entry
from kyosai_lists.ledger.records import RunRecord
from kyosai_lists.ledger.reprint_entry import REPRINT, ReprintEntry
from kyosai_lists.store import ledger
from kyosai_lists.store.engine import Engine, writing
from kyosai_lists.usecases.act import Act
from kyosai_lists.usecases.exporting.export_result import WrittenBook
from kyosai_lists.usecases.exporting.print_run import KeptRun


def changed_books(kept: KeptRun, written: Sequence[WrittenBook]) -> tuple[str, ...]:
    """The unions whose workbook, before sealing, is not the bytes it was: another version of the program made it."""
    before = {book.union_code: book.sha256 for book in kept.told.books}
    return tuple(book.union_code for book in written if book.plain_sha256 != before[book.union_code])


def enter_reprint(
    engine: Engine, kept: KeptRun, written: Sequence[WrittenBook], act: Act, out: Path, *, sealed: bool
) -> Entry:
    """
    Raises:
        StoreError: nothing was written.
    """
    entry = ReprintEntry(
        run_id=kept.told.header.run_id,
        user=act.user,
        machine=act.machine,
        database_user="",
        program=__version__,
        sealed=sealed,
        out=out.name,
        same=not changed_books(kept, written),
        files={book.path: book.sha256 for book in written},
    )
    with writing(engine) as connection:
        body = replace(entry, database_user=ledger.database_user(connection)).body()
        return ledger.append(connection, REPRINT, act.made_at, act.user, body)


def with_files(record: RunRecord, files: Mapping[str, str], *, sealed: bool) -> RunRecord:
    """The record with the hashes of files that were made again, by path, and whether they are sealed now."""

    def again(book: Mapping[str, object]) -> dict[str, object]:
        return {**book, "sha256": files.get(str(book["path"]), book["sha256"])}

    books = [again(book) for book in record.manifest["workbooks"]]
    manifest = {**record.manifest, "sealed": sealed, "workbooks": books}
    if record.summary is None:
        return RunRecord(manifest, None)
    prefs = tuple(
        replace(pref, unions=tuple(replace(u, sha256=files.get(u.path, u.sha256)) for u in pref.unions))
        for pref in record.summary.prefs
    )
    return RunRecord(manifest, replace(record.summary, prefs=prefs, sealed=sealed))
