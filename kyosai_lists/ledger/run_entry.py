"""What the entry of a run says: who handed out which lists to whom, when, why, under which rules, and hashes of the rest.

No personal data of members: it stays when a run's rows are purged.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from kyosai_lists.ledger.canonical import canonical
from kyosai_lists.workbook.model import LIST_SCHEMA, ListSheet, RunHeader

RUN = "run"


@dataclass(frozen=True)
class ListUsed:
    """A list of the run. `said`: its parameters as they are shown; `values`: the same by name, as text."""

    id: str
    title: str
    letter: str
    document: str
    said: str
    values: Mapping[str, str | None]
    rule_sha256: str

    def sheet(self) -> ListSheet:
        """For the writers, without rows."""
        rows = pl.DataFrame(schema={"union_code": pl.String(), **LIST_SCHEMA})
        return ListSheet(self.id, self.title, self.letter, self.document, self.said, rows)


@dataclass(frozen=True)
class UnionListUsed:
    """A list of unions: counts, nobody's data. `rows`: how many unions are on it."""

    id: str
    title: str
    values: Mapping[str, str | None]
    rule_sha256: str
    rows: int


@dataclass(frozen=True)
class BookIssued:
    """A union's workbook. `rows`: by list id. `sha256`: before sealing; `file_sha256`: as handed out; `frozen_sha256` and
    `places_sha256`: of the rows it was made from and of who stands in it (`ledger.freezing`)."""

    pref: str
    union_code: str
    union_name: str
    path: str
    people: int
    rows: Mapping[str, int]
    sha256: str
    file_sha256: str
    frozen_sha256: str
    places_sha256: str


@dataclass(frozen=True)
class RunEntry:
    """`user` of the operating system on `machine`; `database_user` "" on SQLite. `out`: the folder's name alone.

    `totals`: list rows matched, delivered, suppressed by reason, unplaced. `record_sha256`: of what the branch's own papers
    are made from; `union_lists_sha256`: of the workbook of the lists of unions, "" when there is none. `slot_on`: the 開始日 of
    the campaign's slot that it fills, as ISO text; `late`: it came out after its day.
    """

    header: RunHeader
    user: str
    machine: str
    database_user: str
    campaign: str
    program: str
    writer: str
    template_sha256: str
    sealed: bool
    out: str
    lists: tuple[ListUsed, ...]
    union_lists: tuple[UnionListUsed, ...]
    books: tuple[BookIssued, ...]
    totals: Mapping[str, Any]
    record_sha256: str
    union_lists_sha256: str
    slot_on: str | None = None
    late: bool = False

    def body(self) -> str:
        days = {"as_of": self.header.as_of.isoformat(), "return_by": self.header.return_by.isoformat()}
        told = {"lists": self.lists, "union_lists": self.union_lists, "books": self.books}
        parts = {name: [vars(one) for one in several] for name, several in told.items()}
        return canonical(vars(self) | parts | {"header": vars(self.header) | days})

    @classmethod
    def read(cls, body: str) -> "RunEntry":
        """
        Raises:
            ValueError: it is no body of a run's entry.
        """
        document: dict[str, Any] = json.loads(body)
        try:
            header = document["header"]
            days = {name: date.fromisoformat(header[name]) for name in ("as_of", "return_by")}
            parts = {
                "header": RunHeader(**(header | days)),
                "lists": tuple(ListUsed(**one) for one in document["lists"]),
                "union_lists": tuple(UnionListUsed(**one) for one in document["union_lists"]),
                "books": tuple(BookIssued(**one) for one in document["books"]),
            }
            return cls(**(document | parts))
        except (KeyError, TypeError) as error:
            raise ValueError("no body of a run") from error
