"""All campaigns as they stand on a day: each slot with what became of it, and what does not fit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from kyosai_lists.campaigns.campaign import Campaign
from kyosai_lists.campaigns.due import Standing, is_late, standing
from kyosai_lists.campaigns.questions import Question, questions
from kyosai_lists.campaigns.slots import Slot, SlotKey, UnionDay, all_slots
from kyosai_lists.segments.rule import EVERY
from kyosai_lists.store import read, slots
from kyosai_lists.store.engine import Connection, reading
from kyosai_lists.store.slots import StoredSlot
from kyosai_lists.usecases.exporting.choose_campaign import campaign_of
from kyosai_lists.usecases.workspace import Workspace

_SETTLED = {slots.ISSUED: Standing.ISSUED, slots.CLOSED: Standing.CLOSED}


@dataclass(frozen=True)
class SlotLine:
    """A slot on a day. `stored`: its row in the store, once somebody set about it. `late`: it came out after its day, or would."""

    slot: Slot
    standing: Standing
    late: bool
    stored: StoredSlot | None


@dataclass(frozen=True)
class Asked:
    """A campaign with something that does not fit."""

    campaign: Campaign
    questions: tuple[Question, ...]

    @property
    def blocked(self) -> bool:
        return any(question.blocks for question in self.questions)


@dataclass(frozen=True)
class Plan:
    """`campaigns` by code; `lines` by the day of issue; `asked` by code."""

    today: date
    campaigns: tuple[Campaign, ...]
    lines: tuple[SlotLine, ...]
    asked: Mapping[str, Asked]

    def standing(self, *wanted: Standing) -> list[SlotLine]:
        return [line for line in self.lines if line.standing in wanted]

    @property
    def without_day(self) -> list[Asked]:
        """Campaigns that have no slot at all and are not over: nothing would ever come out for them."""
        placed = {line.slot.campaign.code for line in self.lines}
        return [one for code, one in self.asked.items() if code not in placed and one.campaign.ends_on >= self.today]


def plan_on(workspace: Workspace, today: date) -> Plan:
    with reading(workspace.engine) as connection:
        rows = read.campaigns(connection)
        unions = union_days(connection)
        stored = {(one.claim.campaign_code, one.claim.starts_on): one for one in slots.every(connection)}
    campaigns = [campaign_of(row) for row in rows]
    known_on = {row["code"]: row["taken_in_on"] for row in rows}
    lines = [_line(slot, today, stored) for slot in all_slots(campaigns, unions)]
    asked = {one.code: Asked(one, questions_about(workspace, one, unions)) for one in campaigns}
    return Plan(
        today,
        tuple(campaigns),
        tuple(line for line in lines if not _is_history(line, known_on)),
        {code: one for code, one in asked.items() if one.questions},
    )


def _is_history(line: SlotLine, known_on: Mapping[str, date]) -> bool:
    """A campaign that was over before the store knew of it was nobody's to miss."""
    campaign = line.slot.campaign
    return line.standing is Standing.MISSED and known_on[campaign.code] > campaign.ends_on


def _line(slot: Slot, today: date, stored: Mapping[SlotKey, StoredSlot]) -> SlotLine:
    own = stored.get(slot.key)
    found = standing(slot, today, _SETTLED.get(own.state) if own else None)
    late = own.late if own and found is Standing.ISSUED else found is Standing.DUE and is_late(slot, today)
    return SlotLine(slot, found, late, own)


def questions_about(workspace: Workspace, campaign: Campaign, unions: Sequence[UnionDay]) -> tuple[Question, ...]:
    lists = {rule_id: rule.kind for rule_id, rule in workspace.all_rules.items()}
    lists |= dict.fromkeys(workspace.all_rules.wrong, "people")  # what is wrong with one is said when it is used
    return tuple(questions(campaign, unions, lists, EVERY))


def union_days(connection: Connection) -> Sequence[UnionDay]:
    unions = read.unions(connection).select("union_code", "pref", "renewal_campaign_on")
    return [UnionDay(*row) for row in unions.iter_rows()]
