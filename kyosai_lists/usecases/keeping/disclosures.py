"""Every list on which a person was ever handed out: the answer to a disclosure request (個人情報の保護に関する法律 33条)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kyosai_lists.errors import UsageError
from kyosai_lists.ledger.chain import Entry
from kyosai_lists.ledger.custody import Standing
from kyosai_lists.ledger.reprint_entry import ReprintEntry
from kyosai_lists.ledger.run_entry import ListUsed
from kyosai_lists.prefectures import NAMES
from kyosai_lists.store import read, runs
from kyosai_lists.store.engine import Connection, reading
from kyosai_lists.text import code_key
from kyosai_lists.usecases.custody.look_at_custody import handed_out as books_handed_out
from kyosai_lists.usecases.find_person import row_on_hold, several
from kyosai_lists.usecases.find_run import find_run
from kyosai_lists.usecases.keeping.look_at_ledger import reprints
from kyosai_lists.usecases.workspace import Workspace


@dataclass(frozen=True)
class Disclosure:
    """One run with the person in it. `made_at`: UTC; `no`: their number in the workbook `book_no`; `lists`: those they were on,
    with the rules and numbers of that run. `reprinted_at`: when its files were made again. `placed` False: its folder was
    never finished. `standing`: where the workbook is, None while it was not handed out.
    """

    seq: int
    made_at: str
    made_by: str
    run_id: str
    as_of: date
    title: str
    campaign: str
    purpose: str
    union_code: str
    union_name: str
    no: int
    lists: tuple[ListUsed, ...]
    sealed: bool
    return_by: date
    reprinted_at: tuple[str, ...]
    placed: bool
    standing: Standing | None

    @property
    def book_no(self) -> str:
        return f"{self.run_id}-{self.union_code}"


@dataclass(frozen=True)
class Disclosures:
    """Oldest first."""

    member_key: str
    handed_out: tuple[Disclosure, ...]


def disclosures_of(workspace: Workspace, number: str) -> Disclosures:
    """`number`: a 組合員番号 (`17-00000090` names the prefecture too), also of somebody who is in the store no longer.

    Raises:
        UsageError: nobody, or more than one person, has the number.
        StoreError: an entry is gone or was changed.
    """
    with reading(workspace.engine) as connection:
        member_key = _person(connection, number)
        return Disclosures(member_key, handed_out(connection, member_key))


def _person(connection: Connection, text: str) -> str:
    number = code_key(text)
    listed = runs.listed_among(connection, [number, *(f"{pref}-{number}" for pref in NAMES)])
    keys = sorted({*read.member_keys(connection, number), *listed})
    if len(keys) > 1:
        raise several(text, keys)
    if not keys:
        hold = "(名簿の行が保留になっています)" if row_on_hold(connection, number) else ""
        raise UsageError(
            f"組合員番号 {text} の人は登録されておらず、どの名簿にも載せたことがありません{hold}。",
            "番号(先頭の0も含めて)を確かめてください。",
        )
    return keys[0]


def handed_out(connection: Connection, member_key: str) -> tuple[Disclosure, ...]:
    """
    Raises:
        StoreError: an entry is gone or was changed.
    """
    rows = runs.handed_out(connection, member_key)
    if not rows:
        return ()
    again = reprints(connection)
    books = books_handed_out(connection, [row["run_id"] for row in rows])
    standings = {(book.run_id, book.union_code): book.standing for book in books}
    return tuple(
        _disclosure(connection, row, again.get(row["run_id"], ()), standings.get((row["run_id"], row["union_code"])))
        for row in rows
    )


def _disclosure(
    connection: Connection, row: runs.Row, again: Sequence[tuple[Entry, ReprintEntry]], standing: Standing | None
) -> Disclosure:
    found = find_run(connection, row["run_id"])
    entry, told = found.entry, found.told
    on = row["list_ids"].split(";")
    return Disclosure(
        seq=entry.seq,
        made_at=entry.made_at,
        made_by=entry.made_by,
        run_id=row["run_id"],
        as_of=told.header.as_of,
        title=told.header.title,
        campaign=told.campaign,
        purpose=told.header.purpose,
        union_code=row["union_code"],
        union_name=next((b.union_name for b in told.books if b.union_code == row["union_code"]), ""),
        no=row["no"],
        lists=tuple(used for used in told.lists if used.id in on),
        sealed=told.sealed,
        return_by=told.header.return_by,
        reprinted_at=tuple(reprint.made_at for reprint, _ in again),
        placed=row["placed_on"] is not None,
        standing=standing,
    )
