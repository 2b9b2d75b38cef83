"""A 募集 as the branch planned it, and the days that follow from it. Source: interface.md §1, lists.md "offers, stops"."""

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True)
class Campaign:
    """`starts_on` None: a 継続 that starts on each union's own 継続募集開始日. `union_codes` (): all of the prefecture."""

    code: str
    name: str
    kind: str
    pref: str
    union_codes: tuple[str, ...]
    starts_on: date | None
    ends_on: date
    days_ahead: int
    list_ids: tuple[str, ...]

    def issued_on(self, starts_on: date) -> date:
        """The day its lists are due, before weekends and holidays are considered."""
        return starts_on - timedelta(days=self.days_ahead)
