"""Campaigns as they stand on a day: each slot with what became of it, and what does not fit."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from kyosai_lists.campaigns.came_out import Served, close_command, export_command
from kyosai_lists.campaigns.campaign import Campaign
from kyosai_lists.campaigns.due import Standing
from kyosai_lists.campaigns.left_out import what_about
from kyosai_lists.campaigns.questions import Question
from kyosai_lists.campaigns.slots import Slot
from kyosai_lists.store.slots import StoredSlot

OPEN = {Standing.PLANNED, Standing.DUE, Standing.MISSED}


@dataclass(frozen=True)
class Asked:
    """A campaign with something that does not fit."""

    campaign: Campaign
    questions: tuple[Question, ...]

    @property
    def blocked(self) -> bool:
        return any(question.blocks for question in self.questions)


@dataclass(frozen=True)
class SlotLine:
    """A slot on a day, without the unions that have their lists already, `served`. `stored`: its row in the store, once somebody
    set about it. `late`: it came out after its day, or would. `run_id`: of the run that it came out with. `question`: what of it
    came out before; when that blocks, it comes out by a person's hand only. Of one that is settled, while its campaign is not
    over: `left_out`, the unions without its lists because they joined it afterwards; `declined`, those of which somebody said
    that they need none.
    """

    slot: Slot
    standing: Standing
    late: bool
    stored: StoredSlot | None
    run_id: str | None = None
    question: Question | None = None
    served: Served | None = None
    left_out: tuple[str, ...] = ()
    declined: tuple[str, ...] = ()

    @property
    def waits(self) -> bool:
        """Whether a person has to say if it comes out at all."""
        return self.question is not None and self.question.blocks

    @property
    def missed_in_words(self) -> str:
        """Of one that was missed: which it is, and how it alone comes out after all, or is closed."""
        slot, campaign = self.slot, self.slot.campaign
        what = f"{campaign.code} {campaign.name}(発行日 {slot.issue.on}、終了日 {campaign.ends_on})"
        how = export_command(slot, slot.union_codes)
        return f"{what}。要るなら {how} で出し、要らなければ {close_command(slot)} で止めてください"

    @property
    def about_left_out(self) -> Asked | None:
        return Asked(self.slot.campaign, (what_about(self.slot, self.left_out),)) if self.left_out else None


@dataclass(frozen=True)
class Plan:
    """`campaigns` by code; `lines` by the day of issue; `asked` by code. `without_day`: campaigns that have no slot, had none that
    came out or was closed, and are not over: nothing would ever come out for them. `over_when_known`: those that were over before
    the store knew of them, and of which nothing came out: entered for the record, or with a slip in the year.
    `on_hold`: what is on 保留 of campaigns that the store does not have, or that are over.
    """

    today: date
    campaigns: tuple[Campaign, ...]
    lines: tuple[SlotLine, ...]
    asked: Mapping[str, Asked]
    without_day: tuple[Asked, ...]
    over_when_known: tuple[Asked, ...]
    on_hold: tuple[Asked, ...]

    def standing(self, *wanted: Standing) -> list[SlotLine]:
        return [line for line in self.lines if line.standing in wanted]

    def lines_of(self, code: str, starts_on: date | None = None) -> list[SlotLine]:
        """Of the campaign with this normalised 募集コード: every slot, or that of one 開始日."""
        mine = (line for line in self.lines if line.slot.campaign.code == code)
        return [line for line in mine if starts_on in (None, line.slot.starts_on)]

    @property
    def joined_later(self) -> list[SlotLine]:
        """What some union has none of, because it joined afterwards, and what one was said to need none of."""
        return [line for line in self.lines if line.left_out or line.declined]

    @property
    def left_out(self) -> list[Asked]:
        """What is asked about unions that joined their campaign afterwards."""
        return [asked for line in self.lines if (asked := line.about_left_out)]

    @property
    def coming(self) -> SlotLine | None:
        """What comes out next by itself."""
        return next((line for line in self.standing(Standing.PLANNED) if not self.is_blocked(line)), None)

    def is_blocked(self, line: SlotLine) -> bool:
        """Whether something keeps it from coming out by itself: of its campaign, or that it came out before."""
        asked = self.asked.get(line.slot.campaign.code)
        return line.waits or (asked is not None and asked.blocked)

    def questions_of(self, code: str) -> tuple[Question, ...]:
        """All that is asked of a campaign, due or not."""
        of_campaign = self.asked[code].questions if code in self.asked else ()
        mine = self.lines_of(code)
        of_slots = (line.question for line in mine if line.question)
        of_unions = (question for line in mine if (asked := line.about_left_out) for question in asked.questions)
        of_record = (
            question for one in self.over_when_known if one.campaign.code == code for question in one.questions
        )
        return (*of_campaign, *of_record, *of_slots, *of_unions)

    def asked_with(self, lines: Iterable[SlotLine]) -> list[Asked]:
        """What keeps these from coming out, or from all of their unions, and what is asked besides, due or not."""
        return [*self._asked_of(lines), *self.without_day, *self.left_out, *self.on_hold]

    def _asked_of(self, lines: Iterable[SlotLine]) -> list[Asked]:
        """Each campaign once."""
        found: dict[str, Asked] = {}
        for line in lines:
            campaign = line.slot.campaign
            whole = self.asked.get(campaign.code)
            before = found[campaign.code].questions if campaign.code in found else ()
            of_campaign = whole.questions if whole and whole.blocked and line.standing is Standing.DUE else ()
            of_slot = (line.question,) if line.question else ()
            if asked := tuple(dict.fromkeys((*before, *of_campaign, *of_slot))):
                found[campaign.code] = Asked(campaign, asked)
        return list(found.values())
