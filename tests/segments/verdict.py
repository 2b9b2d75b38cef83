"""What the oracle says of a person and a list."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from .facts import Contract, Member, World


@dataclass(frozen=True)
class Verdict:
    """`contracts`: keys of those that put the person there, earliest renewal first, those without one last.

    `said`: the numbers, dates and remarks of the reason, in their order.
    """

    matched: bool
    suppressed: str | None = None
    contracts: tuple[str, ...] = ()
    said: tuple[str, ...] = ()

    @property
    def listed(self) -> bool:
        return self.matched and self.suppressed is None


class Found(NamedTuple):
    """Whether a person in service belongs on a list, and the contracts that put them there."""

    matched: bool
    contracts: list[Contract] = []


ListRule = Callable[[World, Member], Found]
Said = Callable[[World, Member], tuple[str, ...]]
