"""An export that a person asks for: where it is what a due campaign is waiting for, the campaign has come out with it."""

from pathlib import Path

from kyosai_lists.campaigns.due import Standing, is_late
from kyosai_lists.campaigns.slots import Slot, unions_of
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
from kyosai_lists.usecases.running.event_log import LOGS
from kyosai_lists.usecases.running.plan import plan_on, union_days
from kyosai_lists.usecases.workspace import Workspace


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
    """As `export_lists`. A slot that somebody else is at work on stays theirs."""

    def exported(filling: Filling | None) -> ExportResult:
        return export_lists(
            workspace, order, act=act, passwords=passwords, out=out, filling=filling, workers=workers, progress=progress
        )

    slot = _waiting_for(workspace, order, act)
    if slot is None:
        return exported(None)
    with claimed(workspace.engine, slot, act, workspace.folder / LOGS) as claim:
        if claim is None:
            return exported(None)
        try:
            return exported(Filling(claim, late=is_late(slot, act.day)))
        except BaseException:
            let_go(workspace.engine, claim)
            raise


def _waiting_for(workspace: Workspace, order: Order, act: Act) -> Slot | None:
    """The slot, due or missed, of which the order brings out everything: its lists, its day, all of its unions."""
    if not order.campaign or order.list_ids or order.values or order.prefectures:
        return None
    plan = plan_on(workspace, act.day)
    waiting = plan.standing(Standing.DUE, Standing.MISSED)
    mine = [line.slot for line in waiting if line.slot.campaign.code == code_key(order.campaign)]
    with reading(workspace.engine) as connection:
        unions = union_days(connection)
    wanted = {*order.union_codes} or {union.code for union in unions}
    found = [
        slot
        for slot in mine
        if order.as_of in (None, slot.starts_on)
        and {*(slot.union_codes or (union.code for union in unions_of(slot.campaign, unions)))} <= wanted
    ]
    return found[0] if len(found) == 1 else None
