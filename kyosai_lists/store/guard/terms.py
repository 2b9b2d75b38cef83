"""What the guard is told, and what it says."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

# Table → its columns that may be read.
Columns = Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class Guard:
    """`seconds`: how long one query of a rule may take. `rules_url`: on PostgreSQL, the store entered as the role that may only read."""

    seconds: float
    rules_url: str = ""


@dataclass(frozen=True)
class Allowed:
    """`functions`: in lower case, as SQLite calls them. PostgreSQL grants columns alone: what its functions may do, the role may not."""

    columns: Columns
    functions: frozenset[str]


class Reason(Enum):
    TOO_LONG = "too long"
    FORBIDDEN = "forbidden"
    TOO_MUCH = "too much"
    KINDS = "kinds"  # text compared with a number, and the like
    OTHER = "other"


class Stopped(Exception):
    """The database stopped the rule. Its own text is left out: it may hold a person's data."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason.value)
        self.reason = reason
