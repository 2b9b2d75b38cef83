"""What a look at a column's cells gives: a score from -1 (cannot be) over 0 (says nothing) to 1, and why in words."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from kyosai_lists.intake.layouts import Layout
from kyosai_lists.intake.proposing.profile import Profile


@dataclass(frozen=True)
class Evidence:
    score: float
    reason: str = ""


@dataclass(frozen=True)
class Surroundings:
    """What else must be known to judge a column."""

    layout: Layout
    today: date
    profiles: list[Profile]


NOTHING = Evidence(0)
MOSTLY = 0.9
Judge = Callable[[Profile, Surroundings], Evidence]


def share_as_evidence(share: float, full: float, yes: str, no: str, otherwise: float) -> Evidence:
    if share >= MOSTLY:
        return Evidence(full * share, yes)
    return Evidence(otherwise, no) if share < 0.5 else Evidence(full * 0.3, f"{yes}(違うものもあります)")
