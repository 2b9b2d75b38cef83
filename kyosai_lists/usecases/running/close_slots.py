"""Deciding that a campaign's lists need not come out, and taking that back."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from kyosai_lists.campaigns.due import Standing
from kyosai_lists.campaigns.slots import SlotKey
from kyosai_lists.errors import UsageError
from kyosai_lists.store import declines, slots
from kyosai_lists.store.engine import Connection, writing
from kyosai_lists.store.slots import Claim
from kyosai_lists.text import code_key
from kyosai_lists.usecases.act import Act
from kyosai_lists.usecases.exporting.choose_campaign import find_campaign
from kyosai_lists.usecases.running.claims import is_living
from kyosai_lists.usecases.running.draw_up_plan import plan_on
from kyosai_lists.usecases.running.event_log import LOGS, Event, EventLog
from kyosai_lists.usecases.running.plan import OPEN, SlotLine
from kyosai_lists.usecases.workspace import Workspace


@dataclass(frozen=True)
class Reopened:
    """`line`: as it stood before. `undeclined`: the unions of which somebody had said that they need none; that is gone, too."""

    line: SlotLine
    undeclined: tuple[str, ...]


def close_slots(
    workspace: Workspace, code: str, today: date, act: Act, starts_on: date | None = None
) -> list[SlotLine]:
    """What will not come out any more: of the campaign, all that has not come out, or that of one 開始日.

    Raises:
        UsageError: there is no such campaign, nothing of it is left to come out, or somebody is making it now.
    """

    def close(connection: Connection, line: SlotLine) -> bool:
        slot = line.slot
        new = Claim(*slot.key, slot.issue.on, secrets.token_hex(8), act.made_at, act.machine, "")
        if slots.close(connection, new, slot.union_codes):
            return True
        stored = slots.one(connection, *slot.key)
        dead = stored is not None and stored.state == slots.CLAIMED and not is_living(stored.claim, act)
        return stored is not None and dead and slots.close(connection, new, slot.union_codes, stored.claim)

    none = "これから出る名簿がないか、いま作っています"
    return _logged(workspace, act, "closed", _changed(workspace, code, today, starts_on, OPEN, close, none))


def reopen_slots(
    workspace: Workspace, code: str, today: date, act: Act, starts_on: date | None = None
) -> list[Reopened]:
    """What comes out after all, for every union that it is for.

    Raises:
        UsageError: there is no such campaign, or nothing of it was closed.
    """
    undeclined: dict[SlotKey, tuple[str, ...]] = {}

    def reopen(connection: Connection, line: SlotLine) -> bool:
        undeclined[line.slot.key] = declines.forget(connection, *line.slot.key)
        return slots.reopen(connection, *line.slot.key)

    none = "「出さない」にした名簿がありません"
    done = _changed(workspace, code, today, starts_on, {Standing.CLOSED}, reopen, none)
    return [Reopened(line, undeclined[line.slot.key]) for line in _logged(workspace, act, "reopened", done)]


def _changed(
    workspace: Workspace,
    code: str,
    today: date,
    starts_on: date | None,
    standings: set[Standing],
    change: Callable[[Connection, SlotLine], bool],
    otherwise: str,
) -> list[SlotLine]:
    lines = plan_on(workspace, today).lines_of(code_key(code), starts_on)
    with writing(workspace.engine) as connection:
        campaign = find_campaign(connection, code)
        done = [line for line in lines if line.standing in standings and change(connection, line)]
    if not done:
        raise UsageError(
            f"募集「{campaign.name}」には、{otherwise}。", "kyosai-lists campaigns --all で確かめてください。"
        )
    return done


def _logged(workspace: Workspace, act: Act, event: str, lines: list[SlotLine]) -> list[SlotLine]:
    log = EventLog(workspace.folder / LOGS)
    for line in lines:
        log.write(act, Event(event, line.slot.key))
    return lines
