"""Who does something that the 台帳 keeps, and when: handed in from outside, since nothing here reads the clock."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

_JAPAN = ZoneInfo("Asia/Tokyo")


@dataclass(frozen=True)
class Act:
    """`at`: a moment with its time zone; `user` of the operating system on the computer `machine`."""

    at: datetime
    user: str
    machine: str

    @property
    def made_at(self) -> str:
        """UTC, to the second, as ISO text: `2026-11-01T03:00:00Z`."""
        return f"{self.at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"

    @property
    def day(self) -> date:
        """The day in Japan."""
        return self.at.astimezone(_JAPAN).date()


def japanese_moment(made_at: str) -> datetime:
    """`made_at` of an entry, as the clock in Japan showed it."""
    return datetime.fromisoformat(made_at).astimezone(_JAPAN)
