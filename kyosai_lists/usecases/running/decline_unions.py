"""Deciding that unions which joined a campaign after its lists came out need none of them, and taking that back."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from kyosai_lists.errors import UsageError
from kyosai_lists.store import declines
from kyosai_lists.store.engine import Connection, reading, writing
from kyosai_lists.text import code_key
from kyosai_lists.usecases.act import Act
from kyosai_lists.usecases.exporting.choose_campaign import find_campaign
from kyosai_lists.usecases.running.draw_up_plan import plan_on
from kyosai_lists.usecases.running.event_log import LOGS, Event, EventLog
from kyosai_lists.usecases.running.plan import SlotLine
from kyosai_lists.usecases.workspace import Workspace


@dataclass(frozen=True)
class DecidedUnions:
    """What was decided of `union_codes`; `line`: their slot as it stands now."""

    line: SlotLine
    union_codes: tuple[str, ...]


def decline_unions(
    workspace: Workspace, code: str, union_codes: Sequence[str], today: date, act: Act, starts_on: date | None = None
) -> list[DecidedUnions]:
    """Of all slots of the campaign, or of that of one 開始日: nobody asks about these unions any more.

    Raises:
        UsageError: there is no such campaign, or of one of the unions nothing is asked.
    """
    chosen = _chosen(workspace, code, union_codes, today, starts_on, lambda line: line.left_out, _NOT_ASKED)

    def decline(connection: Connection, one: DecidedUnions) -> None:
        declines.add(connection, *one.line.slot.key, one.union_codes)

    return _done(workspace, today, act, "declined", chosen, decline)


def ask_about_unions(
    workspace: Workspace, code: str, union_codes: Sequence[str], today: date, act: Act, starts_on: date | None = None
) -> list[DecidedUnions]:
    """These unions are asked about again.

    Raises:
        UsageError: there is no such campaign, or one of the unions was not declined.
    """
    chosen = _chosen(workspace, code, union_codes, today, starts_on, lambda line: line.declined, _NOT_DECLINED)

    def take_back(connection: Connection, one: DecidedUnions) -> None:
        declines.take_back(connection, *one.line.slot.key, one.union_codes)

    return _done(workspace, today, act, "undeclined", chosen, take_back)


_NOT_ASKED = "名簿が出たあとに加わって、まだ出ていない単組ではありません"
_NOT_DECLINED = "名簿が出たあとに加わって、出さないことにした単組ではありません"


def _chosen(
    workspace: Workspace,
    code: str,
    union_codes: Sequence[str],
    today: date,
    starts_on: date | None,
    among: Callable[[SlotLine], tuple[str, ...]],
    otherwise: str,
) -> list[DecidedUnions]:
    """The slots with those of the unions that are `among` theirs."""
    with reading(workspace.engine) as connection:
        campaign = find_campaign(connection, code)
    mine = plan_on(workspace, today).lines_of(campaign.code, starts_on)
    wanted = tuple(dict.fromkeys(map(code_key, union_codes)))
    chosen = [DecidedUnions(line, tuple(union for union in wanted if union in among(line))) for line in mine]
    if others := [union for union in wanted if not any(union in one.union_codes for one in chosen)]:
        raise UsageError(
            f"単組 {'・'.join(others)} は、募集「{campaign.name}」の{otherwise}。",
            "kyosai-lists campaigns で確かめてください。",
        )
    return [one for one in chosen if one.union_codes]


def _done(
    workspace: Workspace,
    today: date,
    act: Act,
    event: str,
    chosen: Sequence[DecidedUnions],
    change: Callable[[Connection, DecidedUnions], None],
) -> list[DecidedUnions]:
    with writing(workspace.engine) as connection:
        for one in chosen:
            change(connection, one)
    log = EventLog(workspace.folder / LOGS)
    for one in chosen:
        log.write(act, Event(event, one.line.slot.key, {"unions": list(one.union_codes)}))
    now = {line.slot.key: line for line in plan_on(workspace, today).lines}
    return [replace(one, line=now.get(one.line.slot.key, one.line)) for one in chosen]
