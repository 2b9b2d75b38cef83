"""What the entry of a purge says: the rows and files of which runs are gone, and under which rule. No personal data."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from kyosai_lists.ledger.canonical import canonical
from kyosai_lists.ledger.chain import Entry

PURGE = "purge"


@dataclass(frozen=True)
class PurgedRun:
    """`people`: rows of people that were deleted; `files`: deleted files; `elsewhere`: its folder is on another computer."""

    run_id: str
    kept_until: date
    people: int
    files: int
    elsewhere: bool


@dataclass(frozen=True)
class PurgeEntry:
    """`retention_years`: the setting under which their time was over."""

    runs: tuple[PurgedRun, ...]
    retention_years: int
    user: str
    machine: str
    database_user: str
    program: str

    def body(self) -> str:
        runs = [asdict(run) | {"kept_until": run.kept_until.isoformat()} for run in self.runs]
        return canonical(asdict(self) | {"runs": runs})

    @classmethod
    def read(cls, body: str) -> "PurgeEntry":
        """
        Raises:
            ValueError: it is no body of a purge's entry.
        """
        document: dict[str, Any] = json.loads(body)
        try:
            return cls(**(document | {"runs": tuple(_run(one) for one in document["runs"])}))
        except (KeyError, TypeError) as error:
            raise ValueError("no body of a purge") from error


def _run(document: dict[str, Any]) -> PurgedRun:
    return PurgedRun(**(document | {"kept_until": date.fromisoformat(document["kept_until"])}))


def purged_runs(entries: Iterable[Entry]) -> dict[str, Entry]:
    """By run, the entry that says it was purged; an entry that cannot be read says so of none."""
    found: dict[str, Entry] = {}
    for entry in entries:
        if entry.kind == PURGE:
            try:
                told = PurgeEntry.read(entry.body)
            except ValueError:
                continue  # its hash does not fit, which is told of the chain
            found |= {run.run_id: entry for run in told.runs}
    return found
