"""The 台帳 as a whole, and one run of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from kyosai_lists.ledger.chain import Entry
from kyosai_lists.ledger.custody import Standing
from kyosai_lists.ledger.reprint_entry import REPRINT, ReprintEntry
from kyosai_lists.ledger.run_entry import RunEntry
from kyosai_lists.store import ledger, runs
from kyosai_lists.store.engine import Connection, reading
from kyosai_lists.usecases.custody.look_at_custody import handed_out
from kyosai_lists.usecases.find_run import find_run
from kyosai_lists.usecases.workspace import Workspace


@dataclass(frozen=True)
class RunLine:
    """`made_at`: UTC; `placed_on` None: the folder has no name yet."""

    run_id: str
    seq: int
    made_at: str
    made_by: str
    title: str
    as_of: date
    campaign: str
    sealed: bool
    late: bool
    books: int
    people: int
    placed_on: date | None


@dataclass(frozen=True)
class Overview:
    """`runs`: the newest first; `head`: the last entry of the 台帳, None while it is empty."""

    runs: tuple[RunLine, ...]
    head: Entry | None


@dataclass(frozen=True)
class ShownRun:
    """`told`: what its entry says; `out`, `placed_on`: where its folder is; `reprints`: when it was printed again.
    `standings`: by union code, where its workbook is; empty while the folder has no name.
    """

    entry: Entry
    told: RunEntry
    out: str
    placed_on: date | None
    late: bool
    reprints: tuple[tuple[Entry, ReprintEntry], ...]
    standings: Mapping[str, Standing]


def look_at_ledger(workspace: Workspace) -> Overview:
    with reading(workspace.engine) as connection:
        lines = tuple(
            RunLine(
                run_id=row["run_id"],
                seq=row["seq"],
                made_at=row["made_at"],
                made_by=row["made_by"],
                title=row["title"],
                as_of=row["as_of"],
                campaign=row["campaign_code"] or "",
                sealed=row["sealed"],
                late=row["late"],
                books=int(row["books"] or 0),
                people=int(row["people"] or 0),
                placed_on=row["placed_on"],
            )
            for row in runs.overview(connection)
        )
        return Overview(lines, ledger.latest(connection))


def show_run(workspace: Workspace, run_id: str) -> ShownRun:
    """
    Raises:
        UsageError: there is no such run.
        StoreError: its entry is gone or was changed.
    """
    with reading(workspace.engine) as connection:
        found = find_run(connection, run_id)
        return ShownRun(
            entry=found.entry,
            told=found.told,
            out=found.row["out"],
            placed_on=found.row["placed_on"],
            late=found.row["late"],
            reprints=reprints(connection).get(run_id, ()),
            standings={one.union_code: one.standing for one in handed_out(connection, [run_id])},
        )


def reprints(connection: Connection) -> dict[str, tuple[tuple[Entry, ReprintEntry], ...]]:
    """By run, oldest first."""
    found: dict[str, tuple[tuple[Entry, ReprintEntry], ...]] = {}
    for entry in ledger.entries(connection, REPRINT):
        told = ReprintEntry.read(entry.body)
        found[told.run_id] = (*found.get(told.run_id, ()), (entry, told))
    return found
