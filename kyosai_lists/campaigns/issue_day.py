"""The day on which a campaign's lists are due: 開始日 less 発行日数前, moved to the working day before.

Weekends and Japanese bank holidays (銀行法施行令 第5条: Saturdays, Sundays, national holidays, 31 December to 3 January) are
no working days. The holidays are known to 2099; later years have weekends alone.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

LONGEST_AHEAD = 366  # days; more is a slip
_WEEKEND = {5: "土曜日", 6: "日曜日"}


@dataclass(frozen=True)
class IssueDay:
    """`on`: the day; `planned`: before it was moved, and `why` that is no working day, "" when it was not moved."""

    on: date
    planned: date
    why: str = ""


def issue_day(starts_on: date, days_ahead: int | None) -> IssueDay:
    """`days_ahead` is at most LONGEST_AHEAD."""
    planned = on = starts_on - timedelta(days=days_ahead or 0)
    while day_off(on):
        on -= timedelta(days=1)
    return IssueDay(on, planned, day_off(planned))


def day_off(day: date) -> str:
    """Why banks are closed on `day`, "" when they are open."""
    return _bank_holidays(day.year).get(day) or _WEEKEND.get(day.weekday(), "")


@cache
def _bank_holidays(year: int) -> dict[date, str]:
    from holidays import country_holidays  # costs 0.3 s at start-up

    found = country_holidays("JP", years=year, categories=("public", "bank"), language="ja")
    return {day: name.split("; ")[0] for day, name in found.items()}
