"""A rule as it stands in its file: what it is called, what it offers, its parameters, its conditions."""

from dataclasses import dataclass
from pathlib import Path

Value = int | float | str


@dataclass(frozen=True)
class Parameter:
    """A number (or a date: an ISO date or the name of a standard date) that a branch or a campaign may set."""

    name: str
    default: Value
    meaning: str


@dataclass(frozen=True)
class Condition:
    """One top-level AND condition: its SQL, exactly as written, the sentence beside it, and where it stands."""

    sql: str
    text: str  # may hold {parameter}
    line: int


@dataclass(frozen=True)
class Rule:
    """A people list. `reason` and `hint` are sentences with {column} marks; `offers` is a product id.

    `own`: it stands in the branch's own `queries/`, so that the database guards what it may do.
    """

    id: str
    path: Path
    own: bool
    title: str
    offers: str
    plan: tuple[str, ...]
    priority: int
    discreet: bool
    document: str
    reason: str
    hint: str
    parameters: dict[str, Parameter]
    dates: dict[str, str]  # mark → "earliest_birth(young_max_age)"
    sql: str  # the whole SELECT as written
    from_sql: str  # from FROM up to WHERE
    conditions: tuple[Condition, ...]
    outputs: tuple[str, ...]  # names of the SELECT's columns, `member_key` first
    digest: str  # SHA-256 of the file's text
