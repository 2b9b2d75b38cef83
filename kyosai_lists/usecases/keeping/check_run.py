"""Whether what the store keeps of a run is what its entry says: every row, every frozen byte, every person."""

from collections.abc import Iterator, Mapping

import polars as pl

from kyosai_lists.ledger.canonical import sha256
from kyosai_lists.ledger.freezing import content_sha256, places_sha256
from kyosai_lists.ledger.run_entry import BookIssued, RunEntry
from kyosai_lists.store import runs
from kyosai_lists.store.engine import Connection


def changed_parts(connection: Connection, told: RunEntry, *, purged: bool) -> Iterator[str]:
    """What is not as it was, in office words. `purged`: an entry says that its rows are gone, and then they must be."""
    run_id = told.header.run_id
    row = runs.one(connection, run_id)
    if row is None:
        yield "名簿の記録がありません"
        return
    if _run_facts(row) != _told_facts(told):
        yield "名簿の記録(基準日・募集・題名・利用目的・パスワードの有無)が変わっています"
    books, people = runs.books(connection, run_id), runs.people(connection, run_id)
    yield from _changed_books(told, {book["union_code"]: book for book in books})
    if purged:
        kept = [row["record"], row["union_lists"], *(book["frozen"] for book in books)]
        if people.height or any(content is not None for content in kept):
            yield "保存期限が過ぎて消したはずの中身が残っています"
        return
    if row["record"] is None or sha256(row["record"]) != told.record_sha256:
        yield "県支部控えのもとになる記録が変わっています"
    if (sha256(row["union_lists"]) if row["union_lists"] else "") != told.union_lists_sha256:
        yield "単組リストの控えが変わっています"
    yield from _changed_contents(told, {book["union_code"]: book["frozen"] for book in books})
    yield from _changed_people(told, people)


def _run_facts(row: runs.Row) -> tuple[object, ...]:
    names = ("as_of", "campaign_code", "title", "purpose", "sealed", "writer", "late")
    slot_on = row["slot_on"]
    return *(row[name] for name in names), slot_on.isoformat() if slot_on else None


def _told_facts(told: RunEntry) -> tuple[object, ...]:
    head = told.header
    of_slot = told.late, told.slot_on
    return head.as_of, told.campaign or None, head.title, head.purpose, told.sealed, told.writer, *of_slot


def _changed_books(told: RunEntry, stored: Mapping[str, runs.Row]) -> Iterator[str]:
    for issued in told.books:
        book = stored.get(issued.union_code)
        if book is None:
            yield f"単組 {issued.union_code} の名簿の記録がありません"
        elif _book_facts(book) != _issued_facts(issued, told):
            yield f"単組 {issued.union_code} の名簿の記録が変わっています"
    for code in sorted(stored.keys() - {issued.union_code for issued in told.books}):
        yield f"単組 {code} の名簿の記録が、あとから加わっています"


def _changed_contents(told: RunEntry, frozen: Mapping[str, bytes | None]) -> Iterator[str]:
    for issued in told.books:
        if issued.union_code in frozen:
            content = frozen[issued.union_code]
            if not isinstance(content, bytes) or content_sha256(content) != issued.frozen_sha256:
                yield f"単組 {issued.union_code} の名簿の中身の控えが変わっています"


def _book_facts(book: runs.Row) -> tuple[object, ...]:
    names = ("path", "sha256", "file_sha256", "people", "frozen_sha256", "recipient", "return_by")
    return tuple(book[name] for name in names)


def _issued_facts(issued: BookIssued, told: RunEntry) -> tuple[object, ...]:
    hashes = (issued.sha256, issued.file_sha256)
    return issued.path, *hashes, issued.people, issued.frozen_sha256, issued.union_name, told.header.return_by


def _changed_people(told: RunEntry, people: pl.DataFrame) -> Iterator[str]:
    found, before = places_sha256(people), {issued.union_code: issued.places_sha256 for issued in told.books}
    for code in sorted(found.keys() | before.keys()):
        if found.get(code) != before.get(code):
            yield f"単組 {code} の名簿に載った人の記録が変わっています"
