"""What the entry of a notice says: of which people on workbooks that are still out the unions were told that they are no longer to
be approached. By 名簿番号 and No. alone: whose these are is gone when the run is purged.
"""

import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from typing import Any

from kyosai_lists.ledger.canonical import canonical
from kyosai_lists.ledger.chain import Entry

RECALL = "recall"


@dataclass(frozen=True)
class RecallEntry:
    """`books`: by 名簿番号 and No. (as text), the letters that are no longer to be offered, "" for the person as a whole.
    `files`: by path, the hash. `out`: the folder's name alone.
    """

    notice_id: str
    books: Mapping[str, Mapping[str, str]]
    files: Mapping[str, str]
    sealed: bool
    out: str
    user: str
    machine: str
    database_user: str
    program: str

    def body(self) -> str:
        return canonical(asdict(self))

    @classmethod
    def read(cls, body: str) -> "RecallEntry":
        """
        Raises:
            ValueError: it is no body of such an entry.
        """
        document: dict[str, Any] = json.loads(body)
        try:
            return cls(**document)
        except TypeError as error:
            raise ValueError("no body of a recall") from error


def told_before(entries: Iterable[Entry]) -> set[tuple[str, str, str]]:
    """名簿番号, No. and letters of everybody of whom a union was told."""
    told = recalls(entries)
    return {(book, no, letters) for one in told for book, people in one.books.items() for no, letters in people.items()}


def recalls(entries: Iterable[Entry]) -> list[RecallEntry]:
    """Oldest first. One that was changed, as verifying tells, is left out: unions are rather told twice than never."""
    found = []
    for entry in entries:
        if entry.kind == RECALL:
            with suppress(ValueError):
                found.append(RecallEntry.read(entry.body))
    return found
