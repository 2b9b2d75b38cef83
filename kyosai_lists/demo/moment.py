"""The day the invented branch is looked at, and the day its files were drawn up."""

from dataclasses import dataclass
from datetime import date, timedelta

from kyosai_lists.dates import fiscal_year_end


@dataclass(frozen=True)
class Moment:
    """`as_of` is D."""

    as_of: date

    @property
    def roster_on(self) -> date:
        """Rosters and the core system's extract are of the last month end before D."""
        return self.as_of.replace(day=1) - timedelta(days=1)

    @property
    def year_end(self) -> date:
        """The 31 March that ends D's 年度."""
        return fiscal_year_end(self.as_of)
