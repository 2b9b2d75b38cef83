"""From the store, and from what stands in `out`, to all campaigns as they stand on a day."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta

from kyosai_lists.campaigns.came_out import NEAR, CameOut, share_of
from kyosai_lists.campaigns.campaign import Campaign
from kyosai_lists.campaigns.due import Standing, is_late, standing
from kyosai_lists.campaigns.left_out import left_out
from kyosai_lists.campaigns.questions import Question, over_already, questions
from kyosai_lists.campaigns.slots import Slot, SlotKey, UnionDay, all_slots, is_of, unions_of
from kyosai_lists.segments.rule import EVERY
from kyosai_lists.store import declines, read, runs, slots
from kyosai_lists.store.engine import Connection, reading
from kyosai_lists.store.slots import StoredSlot
from kyosai_lists.usecases.exporting.choose_campaign import campaign_of
from kyosai_lists.usecases.running.held_campaigns import held_campaigns
from kyosai_lists.usecases.running.past_runs import runs_in_folders, runs_of
from kyosai_lists.usecases.running.plan import OPEN, Asked, Plan, SlotLine
from kyosai_lists.usecases.workspace import Workspace

_SETTLED = {slots.ISSUED: Standing.ISSUED, slots.CLOSED: Standing.CLOSED}


def plan_on(workspace: Workspace, today: date) -> Plan:
    # In a transaction of its own, and before the store is read: a run is entered before it has its folder.
    with reading(workspace.engine) as connection:
        in_folders = _runs_in_folders(connection, workspace)
    with reading(workspace.engine) as connection:
        return _plan(connection, workspace, today, in_folders)


def plan_within(connection: Connection, workspace: Workspace, today: date) -> Plan:
    """The same, as a transaction has it that writes."""
    return _plan(connection, workspace, today, _runs_in_folders(connection, workspace))


def _plan(connection: Connection, workspace: Workspace, today: date, in_folders: Sequence[CameOut]) -> Plan:
    rows = read.campaigns(connection)
    unions = union_days(connection)
    stored = {(one.claim.campaign_code, one.claim.starts_on): one for one in slots.every(connection)}
    declined = declines.every(connection)
    filled = {(row["campaign_code"], row["slot_on"]): row for row in runs.filling(connection)}
    campaigns = [campaign_of(row) for row in rows]
    known_on = {row["code"]: row["known_on"] for row in rows}
    standing_today = (_line(slot, today, stored, filled) for slot in all_slots(campaigns, unions))
    over = {one.code for one in campaigns if known_on[one.code] > one.ends_on}
    lines = [line for line in standing_today if not _is_history(line, over)]
    came_out = [*in_folders, *_runs_of(connection, workspace, lines, today)]
    held = held_campaigns(connection, campaigns, today)
    questions_of = {
        one.code: (*questions_about(workspace, one, unions), *held.of_current.get(one.code, ())) for one in campaigns
    }
    asked = {one.code: Asked(one, questions_of[one.code]) for one in campaigns if questions_of[one.code]}
    settled = {key for key in (*stored, *filled) if _settled(stored.get(key), filled.get(key))}
    return Plan(
        today,
        tuple(campaigns),
        tuple(_joined(_shared(line, came_out), unions, came_out, declined, today) for line in lines),
        asked,
        _without_day(asked, lines, settled, today),
        _over_when_known(campaigns, over, settled),
        held.others,
    )


def _over_when_known(
    campaigns: Sequence[Campaign], over: Collection[str], settled: Collection[SlotKey]
) -> tuple[Asked, ...]:
    """`over`: by code, those that were over before the store knew of them."""
    mine = {one.code: one for one in campaigns if one.code in over}
    out = {code for code, day in settled if code in mine and is_of(mine[code], day)}
    return tuple(Asked(one, (over_already(one),)) for code, one in mine.items() if code not in out)


def _without_day(
    asked: Mapping[str, Asked], lines: Iterable[SlotLine], settled: Collection[SlotKey], today: date
) -> tuple[Asked, ...]:
    """`settled`: days that came out or were closed, though the unions may have next year's day by now."""
    placed = {line.slot.campaign.code for line in lines}
    placed |= {code for code, day in settled if code in asked and is_of(asked[code].campaign, day)}
    return tuple(one for code, one in asked.items() if code not in placed and one.campaign.ends_on >= today)


def _runs_in_folders(connection: Connection, workspace: Workspace) -> list[CameOut]:
    """Whatever of it the 台帳 knows by the time that it is read has filled its slot."""
    return runs_in_folders(workspace.out, runs.seqs(connection))


def _runs_of(connection: Connection, workspace: Workspace, lines: Iterable[SlotLine], today: date) -> list[CameOut]:
    """What came out of the campaigns that are not over, or have something still to come, and not so long before."""
    asking = [line.slot for line in lines if line.standing in OPEN or line.slot.campaign.ends_on >= today]
    if not asking:
        return []
    since = min(slot.starts_on for slot in asking) - timedelta(days=NEAR)
    return runs_of(connection, workspace, {slot.campaign.code: slot.campaign for slot in asking}, since)


def _shared(line: SlotLine, came_out: Sequence[CameOut]) -> SlotLine:
    if line.standing not in OPEN:
        return line
    share = share_of(line.slot, came_out)
    return replace(line, slot=share.slot, question=share.question, served=share.served)


def _is_history(line: SlotLine, over: Collection[str]) -> bool:
    """A campaign that was `over` before the store knew of it was nobody's to miss."""
    return line.standing is Standing.MISSED and line.slot.campaign.code in over


def _joined(
    line: SlotLine,
    unions: Sequence[UnionDay],
    came_out: Sequence[CameOut],
    declined: Mapping[SlotKey, Collection[str]],
    today: date,
) -> SlotLine:
    slot, campaign = line.slot, line.slot.campaign
    if line.standing in OPEN or campaign.ends_on < today:
        return line
    circle = slot.union_codes or tuple(union.code for union in unions_of(campaign, unions))
    closed_for = line.stored.closed_for if line.stored and line.standing is Standing.CLOSED else None
    without = left_out(slot, circle, came_out, closed_for=closed_for)
    said = declined.get(slot.key, ())
    return replace(
        line,
        left_out=tuple(code for code in without if code not in said),
        declined=tuple(code for code in without if code in said),
    )


def _line(
    slot: Slot, today: date, stored: Mapping[SlotKey, StoredSlot], filled: Mapping[SlotKey, runs.Row]
) -> SlotLine:
    """`filled`: the runs that brought slots out."""
    own, run = stored.get(slot.key), filled.get(slot.key)
    found = standing(slot, today, _settled(own, run))
    if found is Standing.ISSUED:
        late = own.late if own and own.run_id else bool(run and run["late"])
    else:
        late = found is Standing.DUE and is_late(slot, today)
    return SlotLine(slot, found, late, own, (own.run_id if own else None) or (run["run_id"] if run else None))


def _settled(own: StoredSlot | None, run: runs.Row | None) -> Standing | None:
    """What became of a slot for good. What a run brought out is out, whatever became of the slot's own row."""
    return (_SETTLED.get(own.state) if own else None) or (Standing.ISSUED if run else None)


def questions_about(workspace: Workspace, campaign: Campaign, unions: Sequence[UnionDay]) -> tuple[Question, ...]:
    lists = {rule_id: rule.kind for rule_id, rule in workspace.all_rules.items()}
    lists |= dict.fromkeys(workspace.all_rules.wrong, "people")  # what is wrong with one is said when it is used
    return tuple(questions(campaign, unions, lists, EVERY))


def union_days(connection: Connection) -> Sequence[UnionDay]:
    unions = read.unions(connection).select("union_code", "pref", "renewal_campaign_on")
    return [UnionDay(*row) for row in unions.iter_rows()]
