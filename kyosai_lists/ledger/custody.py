"""Where a handed-out workbook is: pure, from its run's day and what was told of it since.

Every workbook of a run whose folder stands counts as issued from that day on, without being told so: the run's own entry
names it, its union and its return date, and a second record of the same could be missing or differ. `issued` told besides says
by which channel and when it really went out.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

ISSUED, RECEIVED, RETURNED, DESTROYED = "issued", "received", "returned", "destroyed"
TAKEN_BACK = "taken-back"  # what was told last of this workbook was a mistake
EVENTS = (ISSUED, RECEIVED, RETURNED, DESTROYED, TAKEN_BACK)
OUT = (ISSUED, RECEIVED)  # the states in which a workbook is out of the branch's hands
# Event → the states in which it can happen: whatever comes back was received, whether or not that was told.
_AFTER = {ISSUED: (ISSUED,), RECEIVED: OUT, RETURNED: OUT, DESTROYED: (*OUT, RETURNED)}


@dataclass(frozen=True)
class Event:
    """`by`: who received, returned or destroyed it; `channel`, `note`: "" where nothing was said."""

    seq: int
    event: str
    on: date
    by: str
    channel: str = ""
    note: str = ""


@dataclass(frozen=True)
class Standing:
    """`state`: issued, received, returned or destroyed, `since` when. `channel`: the last that was said, "" for none.
    `told`: what was told and not taken back, oldest first.
    """

    state: str
    since: date
    channel: str
    told: tuple[Event, ...]

    @property
    def is_out(self) -> bool:
        return self.state in OUT


def standing(issued_on: date, events: Sequence[Event]) -> Standing:
    """`events` of one workbook by `seq`."""
    told: list[Event] = []
    for event in events:
        if event.event != TAKEN_BACK:
            told.append(event)
        elif told:
            told.pop()
    last = told[-1] if told else None
    channel = next((event.channel for event in reversed(told) if event.channel), "")
    return Standing(last.event if last else ISSUED, last.on if last else issued_on, channel, tuple(told))


@dataclass(frozen=True)
class Objection:
    """Why an event is not entered. `what`: "twice" (it is told already), "state" (it cannot happen in this one), "day" (before
    what was told last), "nothing" (there is nothing to take back)."""

    what: str


def objection(now: Standing, event: Event) -> Objection | None:
    """None when `event` may follow on `now`."""
    if event.event == TAKEN_BACK:
        return None if now.told else Objection("nothing")
    if now.told and event.event == now.state and (event.event != ISSUED or _same_handing(now.told[-1], event)):
        return Objection("twice")
    if now.state not in _AFTER[event.event]:
        return Objection("state")
    return Objection("day") if event.on < now.since else None


def _same_handing(before: Event, event: Event) -> bool:
    return (before.on, before.channel) == (event.on, event.channel)
