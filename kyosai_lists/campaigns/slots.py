"""From campaigns to slots: one for each 開始日 on which a campaign's lists are to come out, once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from kyosai_lists.campaigns.campaign import Campaign
from kyosai_lists.campaigns.issue_day import LONGEST_AHEAD, IssueDay, issue_day

SlotKey = tuple[str, date]
LONGEST = 366  # days from a 継続募集開始日 to the 終了日; more is a day left from the year before


@dataclass(frozen=True)
class UnionDay:
    """A union of the store, and its 継続募集開始日."""

    code: str
    pref: str
    renewal_on: date | None


@dataclass(frozen=True)
class Slot:
    """`union_codes`: the unions that start on that day; () where the campaign has one day for all that it is for."""

    campaign: Campaign
    starts_on: date
    issue: IssueDay
    union_codes: tuple[str, ...] = ()

    @property
    def key(self) -> SlotKey:
        return self.campaign.code, self.starts_on


def unions_of(campaign: Campaign, unions: Iterable[UnionDay]) -> list[UnionDay]:
    """The unions of the store that the campaign is for, by code."""
    wanted = set(campaign.union_codes)
    mine = (union for union in unions if campaign.pref in ("", union.pref))
    return sorted((u for u in mine if not wanted or u.code in wanted), key=lambda union: union.code)


def slots_of(campaign: Campaign, unions: Iterable[UnionDay]) -> list[Slot]:
    """By 開始日. A day after the 終了日 makes none, nor does a campaign without any day or issued more than a year ahead."""
    if (campaign.days_ahead or 0) > LONGEST_AHEAD:
        return []
    days = _days(campaign, unions)
    fitting = sorted(day for day in days if day <= campaign.ends_on)
    return [Slot(campaign, day, issue_day(day, campaign.days_ahead), days[day]) for day in fitting]


def _days(campaign: Campaign, unions: Iterable[UnionDay]) -> Mapping[date, tuple[str, ...]]:
    if campaign.starts_on is not None:
        return {campaign.starts_on: ()}
    if not campaign.by_union:
        return {}
    own = unions_of(campaign, unions)
    days = {
        union.renewal_on for union in own if union.renewal_on is not None and not is_old(campaign, union.renewal_on)
    }
    return {day: tuple(union.code for union in own if union.renewal_on == day) for day in days}


def is_of(campaign: Campaign, starts_on: date) -> bool:
    """Whether a 開始日 is of this year's campaign, not of another under the same code."""
    return starts_on <= campaign.ends_on and not is_old(campaign, starts_on)


def is_old(campaign: Campaign, renewal_on: date) -> bool:
    """Whether a 継続募集開始日 must be that of another year's campaign."""
    return (campaign.ends_on - renewal_on).days > LONGEST


def all_slots(campaigns: Sequence[Campaign], unions: Sequence[UnionDay]) -> list[Slot]:
    """By the day of issue, then by code."""
    found = [slot for campaign in campaigns for slot in slots_of(campaign, unions)]
    return sorted(found, key=lambda slot: (slot.issue.on, slot.campaign.code, slot.starts_on))
