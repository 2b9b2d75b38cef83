"""An export that a person asks for: where it is what a due campaign is waiting for, the campaign has come out with it."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from kyosai_lists.campaigns.due import Standing, is_late
from kyosai_lists.campaigns.slots import Slot, UnionDay, unions_of
from kyosai_lists.store.engine import reading
from kyosai_lists.text import code_key
from kyosai_lists.usecases.act import Act
from kyosai_lists.usecases.exporting.export_lists import export_lists
from kyosai_lists.usecases.exporting.export_result import ExportResult
from kyosai_lists.usecases.exporting.order import Order
from kyosai_lists.usecases.exporting.passwords import PasswordSource
from kyosai_lists.usecases.exporting.slot_filling import Filling
from kyosai_lists.usecases.progress import Progress, silent
from kyosai_lists.usecases.rendering.workers import BY_WORTH, WorkersWanted
from kyosai_lists.usecases.running.claims import claimed, let_go
from kyosai_lists.usecases.running.draw_up_plan import plan_on, union_days
from kyosai_lists.usecases.running.event_log import LOGS
from kyosai_lists.usecases.running.plan import Plan, SlotLine
from kyosai_lists.usecases.workspace import Workspace

_WAITING = {Standing.DUE, Standing.MISSED}


def export_by_hand(
    workspace: Workspace,
    order: Order,
    *,
    act: Act,
    passwords: PasswordSource | None,
    out: Path | None = None,
    workers: WorkersWanted = BY_WORTH,
    progress: Progress = silent,
) -> ExportResult:
    """As `export_lists`. A slot that somebody else is at work on stays theirs. Of one that comes out with it, the unions are
    named that it left out; of one that had come out, those in it that were to get none.
    """
    plan = plan_on(workspace, act.day) if order.campaign else None

    def exported(filling: Filling | None) -> ExportResult:
        result = export_lists(
            workspace, order, act=act, passwords=passwords, out=out, filling=filling, workers=workers, progress=progress
        )
        return replace(result, declined=_declined_in(result, order, plan)) if plan else result

    line = _waiting_for(workspace, order, plan) if plan else None
    if line is None:
        return exported(None)
    with claimed(workspace.engine, line.slot, act, workspace.folder / LOGS) as claim:
        if claim is None:
            return exported(None)
        try:
            result = exported(Filling(claim, late=is_late(line.slot, act.day)))
        except BaseException:
            let_go(workspace.engine, claim)
            raise
    served = line.served.besides(order.union_codes) if line.served and order.union_codes else None
    return replace(result, served=served)


def _declined_in(result: ExportResult, order: Order, plan: Plan) -> tuple[str, ...]:
    """Those that got a workbook though somebody had said that they need none, and that nobody asked for by name."""
    if order.union_codes:
        return ()
    declined = {code for line in plan.lines_of(_code(order), result.as_of) for code in line.declined}
    return tuple(book.union_code for book in result.books if book.path and book.union_code in declined)


def _waiting_for(workspace: Workspace, order: Order, plan: Plan) -> SlotLine | None:
    """The slot, due or missed, of which the order brings out everything: its lists, its day, all of its unions."""
    if order.list_ids or order.values or order.prefectures:
        return None
    mine = [line for line in plan.lines_of(_code(order), order.as_of) if line.standing in _WAITING]
    with reading(workspace.engine) as connection:
        unions = union_days(connection)
    wanted = {*order.union_codes} or {union.code for union in unions}
    found = [line for line in mine if _unions(line.slot, unions) <= wanted]
    return found[0] if len(found) == 1 else None


def _code(order: Order) -> str:
    return code_key(order.campaign or "")


def _unions(slot: Slot, unions: Sequence[UnionDay]) -> set[str]:
    """Those that it is for."""
    return {*(slot.union_codes or (union.code for union in unions_of(slot.campaign, unions)))}
