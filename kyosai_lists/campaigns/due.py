"""What a slot is on a day: still to come, due, out, missed. Nothing of it is stored but that it came out, so a clock that goes
forward and back again loses nothing."""

from datetime import date
from enum import StrEnum

from kyosai_lists.campaigns.slots import Slot


class Standing(StrEnum):
    PLANNED = "planned"
    DUE = "due"
    ISSUED = "issued"
    MISSED = "missed"  # 終了日 is over, and it never came out
    CLOSED = "closed"  # somebody decided that it need not come out


def standing(slot: Slot, today: date, settled: Standing | None) -> Standing:
    """`settled`: ISSUED or CLOSED where the store says so."""
    if settled is not None:
        return settled
    if today > slot.campaign.ends_on:
        return Standing.MISSED
    return Standing.DUE if today >= slot.issue.on else Standing.PLANNED


def is_late(slot: Slot, today: date) -> bool:
    """Whether lists that come out on `today` come out after their day."""
    return today > slot.issue.on
