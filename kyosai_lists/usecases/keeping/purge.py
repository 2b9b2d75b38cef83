"""Deleting what a run was made from, and its files, once the time for which they are kept is over (fault 46).

Files first, then rows and the entry that says so in one transaction: what the 台帳 says is gone is gone. Killed in between, the
next purge finds the run still due. Files that turn up of a run that was purged (on another computer, out of an old copy) go
at the next purge, too.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kyosai_lists import __version__
from kyosai_lists.ledger.chain import Entry
from kyosai_lists.ledger.purge_entry import PURGE, PurgedRun, PurgeEntry, purged_runs
from kyosai_lists.ledger.retention import kept_until
from kyosai_lists.store import ledger, purge, runs
from kyosai_lists.store.engine import Connection, reading, writing
from kyosai_lists.usecases.act import Act, japanese_moment
from kyosai_lists.usecases.custody.look_at_custody import handed_out
from kyosai_lists.usecases.keeping.run_files import Removal, folders_of, remove, with_manifests
from kyosai_lists.usecases.workspace import Workspace


@dataclass(frozen=True)
class DueRun:
    """A run whose time is over since `kept_until`, or (`purged`) that was purged and left files. `folders`: where its files are on
    this computer; `elsewhere`: the computer on which its folder is, "" when it is this one. `out`: workbooks of which nobody
    said that they came back.
    """

    run_id: str
    title: str
    made_on: date
    kept_until: date
    people: int
    book_paths: tuple[str, ...]
    folders: tuple[Path, ...]
    elsewhere: str
    out: int
    purged: bool


@dataclass(frozen=True)
class PurgePlan:
    """`due`: the oldest first."""

    retention_years: int
    due: tuple[DueRun, ...]


@dataclass(frozen=True)
class Purged:
    """`done`: runs that are gone; `stuck`: those of which a file is in use, so that nothing more of them was deleted.
    `strangers`: folders that stay because other files, `others` in all, are in them; where nothing else was left of a run that was
    purged before, it is not among `done` once more. `entry` None: no run's rows were deleted.
    """

    done: tuple[DueRun, ...]
    stuck: tuple[DueRun, ...]
    files: int
    strangers: tuple[Path, ...]
    others: int
    entry: Entry | None

    @property
    def needs_a_person(self) -> bool:
        return bool(self.stuck or self.strangers or any(run.elsewhere for run in self.done))


def plan_purge(workspace: Workspace, act: Act) -> PurgePlan:
    """What would be deleted today.

    Raises:
        StoreError: the 台帳 was cut.
    """
    years = workspace.settings.ledger.retention_years
    near = with_manifests(workspace.out)
    with reading(workspace.engine) as connection:
        ledger.refuse_if_cut(connection)  # before files are gone of which it could not be entered
        gone = purged_runs(ledger.entries(connection, PURGE))
        people = purge.people(connection)
        found = []
        for row in reversed(runs.overview(connection)):
            until = kept_until(row["as_of"], japanese_moment(row["made_at"]).date(), years)
            here = row["machine"] == act.machine
            folders = folders_of(row["run_id"], Path(row["out"]) if here else None, near)
            purged = row["run_id"] in gone
            if folders if purged else until < act.day:
                found.append(_due(connection, row, until, people, folders, act.machine, purged=purged))
    return PurgePlan(years, tuple(found))


def _due(
    connection: Connection,
    row: runs.Row,
    until: date,
    people: dict[str, int],
    folders: Sequence[Path],
    machine: str,
    *,
    purged: bool,
) -> DueRun:
    run_id = row["run_id"]
    return DueRun(
        run_id=run_id,
        title=row["title"],
        made_on=japanese_moment(row["made_at"]).date(),
        kept_until=until,
        people=people.get(run_id, 0),
        book_paths=tuple(book["path"] for book in runs.books(connection, run_id)),
        folders=tuple(folders),
        elsewhere="" if row["machine"] == machine or folders else row["machine"],
        out=sum(one.standing.is_out for one in handed_out(connection, [run_id])),
        purged=purged,
    )


def carry_out(workspace: Workspace, plan: PurgePlan, act: Act) -> Purged:
    """Deletes what `plan` says.

    Raises:
        StoreError: no row was deleted; files may be, and the next purge completes it.
    """
    removed = {run.run_id: remove(run.folders, run.book_paths) for run in plan.due}
    stuck = tuple(run for run in plan.due if removed[run.run_id].stuck)
    done = tuple(run for run in plan.due if _is_gone_now(run, removed[run.run_id]))
    entry = _enter(workspace, plan, done, removed, act)
    total = sum(removed.values(), Removal())
    return Purged(done, stuck, total.files, total.strangers, total.others, entry)


def _is_gone_now(run: DueRun, removal: Removal) -> bool:
    was_gone = run.purged and not removal.files and removal.strangers
    return not removal.stuck and not was_gone


def _enter(
    workspace: Workspace, plan: PurgePlan, due: Sequence[DueRun], removed: dict[str, Removal], act: Act
) -> Entry | None:
    with writing(workspace.engine) as connection:
        gone = purged_runs(ledger.entries(connection, PURGE))  # before, or by somebody else meanwhile
        fresh = [run for run in due if run.run_id not in gone]
        if not fresh:
            return None
        body = _body(fresh, removed, plan.retention_years, act, ledger.database_user(connection))
        entry = ledger.append(connection, PURGE, act.made_at, act.user, body)
        purge.forget(connection, [run.run_id for run in fresh])
    purge.settle(workspace.engine)
    return entry


def _body(due: Iterable[DueRun], removed: dict[str, Removal], years: int, act: Act, database_user: str) -> str:
    entry = PurgeEntry(
        runs=tuple(
            PurgedRun(run.run_id, run.kept_until, run.people, removed[run.run_id].files, bool(run.elsewhere))
            for run in due
        ),
        retention_years=years,
        user=act.user,
        machine=act.machine,
        database_user=database_user,
        program=__version__,
    )
    return entry.body()
