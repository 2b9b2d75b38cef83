"""Where every handed-out workbook is: what is out past its return date first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kyosai_lists.errors import UsageError
from kyosai_lists.ledger.custody import Event, Standing, standing
from kyosai_lists.store import custody, read
from kyosai_lists.store.engine import Connection, reading
from kyosai_lists.text import code_key
from kyosai_lists.usecases.find_run import find_run
from kyosai_lists.usecases.workspace import Workspace

__all__ = ["CustodyLook", "HandedOut", "Standing", "handed_out", "look_at_custody"]


@dataclass(frozen=True)
class HandedOut:
    """One workbook. `path`: in its run's folder."""

    run_id: str
    title: str
    union_code: str
    union_name: str
    path: str
    people: int
    sealed: bool
    issued_on: date
    return_by: date
    standing: Standing

    def is_overdue(self, today: date) -> bool:
        """Still out after `return_by`."""
        return self.standing.is_out and self.return_by < today

    @property
    def book_no(self) -> str:
        return f"{self.run_id}-{self.union_code}"


@dataclass(frozen=True)
class CustodyLook:
    """`files`: those that were asked for, overdue ones first, the earliest return date first. Counts are of all of the scope."""

    today: date
    files: tuple[HandedOut, ...]
    out: int
    overdue: int
    done: int


def look_at_custody(
    workspace: Workspace,
    today: date,
    *,
    run_id: str | None = None,
    union_codes: Sequence[str] = (),
    everything: bool = False,
) -> CustodyLook:
    """What is out, or with `everything` also what came back or was destroyed.

    Raises:
        UsageError: there is no such run, or no such union, nor was there one when something was handed out.
        StoreError: the run's entry is gone or was changed.
    """
    wanted = {code_key(code) for code in union_codes}
    with reading(workspace.engine) as connection:
        if run_id is not None:
            find_run(connection, run_id)
        found = handed_out(connection, None if run_id is None else [run_id])
        if wanted:
            _require_unions(connection, wanted)
    scope = [one for one in found if not wanted or one.union_code in wanted]
    shown = [one for one in scope if everything or one.standing.is_out]
    out = sum(one.standing.is_out for one in scope)
    return CustodyLook(
        today=today,
        files=tuple(sorted(shown, key=lambda one: (not one.is_overdue(today), not one.standing.is_out, one.return_by))),
        out=out,
        overdue=sum(one.is_overdue(today) for one in scope),
        done=len(scope) - out,
    )


def _require_unions(connection: Connection, union_codes: set[str]) -> None:
    """A code that is mistyped must not read as if everything came back."""
    known = {*read.unions(connection)["union_code"], *(row["union_code"] for row in custody.files(connection))}
    if unknown := sorted(union_codes - known):
        raise UsageError(f"単組コード {'・'.join(unknown)} の単組は登録されていません。", "コードを確かめてください。")


def handed_out(connection: Connection, run_ids: Sequence[str] | None = None) -> list[HandedOut]:
    """Every workbook of the runs whose folder stands (of these, None: of all), the newest run first."""
    told: dict[tuple[str, str], list[Event]] = {}
    for row in custody.events(connection, run_ids):
        event = Event(row["seq"], row["event"], row["happened_on"], row["told_by"], row["channel"], row["note"])
        told.setdefault((row["run_id"], row["union_code"]), []).append(event)
    return [_file(row, told.get((row["run_id"], row["union_code"]), [])) for row in custody.files(connection, run_ids)]


def _file(row: custody.Row, events: list[Event]) -> HandedOut:
    return HandedOut(
        run_id=row["run_id"],
        title=row["title"],
        union_code=row["union_code"],
        union_name=row["recipient"],
        path=row["path"],
        people=row["people"],
        sealed=row["sealed"],
        issued_on=row["placed_on"],
        return_by=row["return_by"],
        standing=standing(row["placed_on"], events),
    )
