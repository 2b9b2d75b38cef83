"""A 募集 as the branch planned it. Source: interface.md §1, lists.md "offers, stops"."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Campaign:
    """`kind`: continuous (継続), spot or new_hires. `starts_on` None: a 継続 that starts on each union's own 継続募集開始日.
    `pref` "": every prefecture; `union_codes` (): all of it. `days_ahead` None: not said.
    """

    code: str
    name: str
    kind: str
    pref: str
    union_codes: tuple[str, ...]
    starts_on: date | None
    ends_on: date
    days_ahead: int | None
    list_ids: tuple[str, ...]

    @property
    def by_union(self) -> bool:
        """Whether it starts on each union's own day."""
        return self.starts_on is None and self.kind == "continuous"
