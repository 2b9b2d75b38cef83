"""Issuing whatever is due, each slot exactly once, whatever else runs, dies or fails at the same time."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from kyosai_lists.campaigns.due import Standing
from kyosai_lists.campaigns.slots import Slot
from kyosai_lists.store.slots import Claim
from kyosai_lists.usecases.act import Act
from kyosai_lists.usecases.exporting.export_lists import export_lists
from kyosai_lists.usecases.exporting.export_result import ExportResult, Finished
from kyosai_lists.usecases.exporting.finish_runs import finish_runs
from kyosai_lists.usecases.exporting.order import Order
from kyosai_lists.usecases.exporting.passwords import PasswordSource
from kyosai_lists.usecases.exporting.slot_filling import Filling
from kyosai_lists.usecases.progress import Progress, silent
from kyosai_lists.usecases.running.claims import claimed, is_being_made, let_go, sweep
from kyosai_lists.usecases.running.draw_up_plan import plan_on
from kyosai_lists.usecases.running.event_log import LOGS, Event, EventLog
from kyosai_lists.usecases.running.plan import Asked, Plan, SlotLine
from kyosai_lists.usecases.workspace import Workspace


@dataclass(frozen=True)
class SlotOutcome:
    """`happened`: "issued", "failed" (`error`), "blocked" (something does not fit, or came out already), "elsewhere" (somebody else makes it, or
    just did).
    """

    line: SlotLine
    happened: str
    result: ExportResult | None = None
    error: BaseException | None = None


@dataclass(frozen=True)
class DueResult:
    """`plan`: as it stood before. `finished`: runs that were killed earlier."""

    plan: Plan
    outcomes: tuple[SlotOutcome, ...]
    finished: Finished

    @property
    def asked(self) -> list[Asked]:
        """What keeps lists from coming out, or from everybody they are for."""
        lines = [one.line for one in self.outcomes if one.happened in ("blocked", "issued")]
        return self.plan.asked_with([*lines, *self.missed])

    @property
    def missed(self) -> list[SlotLine]:
        return self.plan.standing(Standing.MISSED)

    @property
    def needs_a_person(self) -> bool:
        failed = any(one.happened == "failed" for one in self.outcomes)
        asking = any(one.result and one.result.needs_a_person for one in self.outcomes)
        return bool(failed or asking or self.missed or self.asked or self.finished.waiting)


def run_due(
    workspace: Workspace,
    today: date,
    *,
    acting: Callable[[], Act],
    passwords: PasswordSource | None,
    progress: Progress = silent,
) -> DueResult:
    """Issues what is due on `today`. `acting`: who acts, and what the clock says now. One that fails does not stop the others.

    Raises:
        StoreError: the store cannot be used.
    """
    log = EventLog(workspace.folder / LOGS)
    sweep(workspace.folder / LOGS)
    finished = finish_runs(workspace, acting(), passwords)
    plan = plan_on(workspace, today)
    outcomes = []
    for line in plan.standing(Standing.DUE):
        outcome = _outcome(workspace, plan, line, acting, passwords, progress)
        log.write(acting(), _event(outcome))
        outcomes.append(outcome)
    for line in plan.standing(Standing.MISSED):
        log.write(acting(), Event("missed", line.slot.key))
    done = DueResult(plan, tuple(outcomes), finished)
    counts = {"issued": sum(one.happened == "issued" for one in outcomes), "needs_a_person": done.needs_a_person}
    log.write(acting(), Event("ran", details={"today": today.isoformat(), **counts}))
    return done


def _event(outcome: SlotOutcome) -> Event:
    details: dict[str, object] = {"late": outcome.line.late}
    if outcome.result is not None:
        details |= {"run": outcome.result.run_id, "far_off": len(outcome.result.far_off)}
    if outcome.error is not None:
        details |= {"error": type(outcome.error).__name__}
    return Event(outcome.happened, outcome.line.slot.key, details)


def _outcome(
    workspace: Workspace,
    plan: Plan,
    line: SlotLine,
    acting: Callable[[], Act],
    passwords: PasswordSource | None,
    progress: Progress,
) -> SlotOutcome:
    if plan.is_blocked(line):
        return SlotOutcome(line, "elsewhere" if is_being_made(line.stored, acting()) else "blocked")
    try:
        return _attempt(workspace, line, acting, passwords, progress)
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # a panic inside polars is no Exception; the other campaigns come out all the same
        return SlotOutcome(line, "failed", error=error)


def _attempt(
    workspace: Workspace,
    line: SlotLine,
    acting: Callable[[], Act],
    passwords: PasswordSource | None,
    progress: Progress,
) -> SlotOutcome:
    with claimed(workspace.engine, line.slot, acting(), workspace.folder / LOGS) as claim:
        if claim is None:
            return SlotOutcome(line, "elsewhere")
        try:
            return SlotOutcome(line, "issued", _issued(workspace, line, claim, acting(), passwords, progress))
        except BaseException:
            if let_go(workspace.engine, claim):
                return SlotOutcome(line, "elsewhere")
            raise


def _issued(
    workspace: Workspace, line: SlotLine, claim: Claim, act: Act, passwords: PasswordSource | None, progress: Progress
) -> ExportResult:
    named = line.slot.campaign.name
    return export_lists(
        workspace,
        order_for(line.slot),
        act=act,
        passwords=passwords,
        filling=Filling(claim, late=line.late),
        progress=lambda step, done=0, total=0: progress(f"{named} {step}", done, total),
    )


def order_for(slot: Slot) -> Order:
    return Order(campaign=slot.campaign.code, union_codes=slot.union_codes, as_of=slot.starts_on)
