"""The calendar of 募集: what comes out when, what became of what was due, what is asked of the branch."""

from dataclasses import dataclass
from datetime import date

from kyosai_lists.campaigns.campaign import Campaign
from kyosai_lists.campaigns.due import Standing
from kyosai_lists.errors import UsageError
from kyosai_lists.segments.rule import EVERY
from kyosai_lists.store.engine import reading
from kyosai_lists.usecases.running.draw_up_plan import plan_on
from kyosai_lists.usecases.running.earlier_slots import earlier_slots
from kyosai_lists.usecases.running.plan import Asked, Plan, SlotLine
from kyosai_lists.usecases.workspace import Workspace

_OVER = {Standing.ISSUED, Standing.CLOSED}


@dataclass(frozen=True)
class Calendar:
    """`lines` by the day of issue. `coming`: the next one to come out. `over`: how many more there are, over and done with."""

    today: date
    lines: tuple[SlotLine, ...]
    asked: tuple[Asked, ...]
    coming: SlotLine | None
    over: int


def look_at_calendar(
    workspace: Workspace,
    today: date,
    *,
    month: tuple[int, int] | None = None,
    list_id: str | None = None,
    everything: bool = False,
) -> Calendar:
    """`month`: year and month; a campaign stands in every month between its issue and its 終了日. Without `month` and `everything`,
    what is over and done with is left out, and so is what came out for a day that was changed since.

    Raises:
        UsageError: there is no list `list_id`.
    """
    if list_id is not None and list_id not in workspace.all_rules:
        raise UsageError(f"「{list_id}」というリストはありません。", "kyosai-lists lists で名前を確かめてください。")
    plan = plan_on(workspace, today)
    earlier = _earlier(workspace, plan) if everything or month else []
    there = sorted((*plan.lines, *earlier), key=lambda line: line.slot.issue.on)
    lines = [line for line in there if _is_for(line.slot.campaign, list_id) and _touches(line, month)]
    shown = lines if everything or month else [line for line in lines if not _is_over(line, today)]
    codes = {line.slot.campaign.code for line in shown} | {one.campaign.code for one in plan.without_day}
    return Calendar(
        today=today,
        lines=tuple(shown),
        asked=(
            *(asked for code, asked in plan.asked.items() if code in codes),
            *(Asked(line.slot.campaign, (line.question,)) for line in shown if line.question),
            *plan.left_out,
            *plan.on_hold,
            *(one for one in plan.over_when_known if everything and _is_for(one.campaign, list_id)),
        ),
        coming=plan.coming,
        over=len(lines) - len(shown),
    )


def _earlier(workspace: Workspace, plan: Plan) -> list[SlotLine]:
    with reading(workspace.engine) as connection:
        return earlier_slots(connection, plan)


def _is_for(campaign: Campaign, list_id: str | None) -> bool:
    return list_id is None or list_id in campaign.list_ids or EVERY in campaign.list_ids


def _touches(line: SlotLine, month: tuple[int, int] | None) -> bool:
    first, last = line.slot.issue.on, line.slot.campaign.ends_on
    return month is None or (first.year, first.month) <= month <= (last.year, last.month)


def _is_over(line: SlotLine, today: date) -> bool:
    return line.standing in _OVER and line.slot.campaign.ends_on < today
