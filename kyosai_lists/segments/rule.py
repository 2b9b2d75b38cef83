"""A rule as it stands in its file: what it is called, what it offers, its parameters, its conditions."""

from dataclasses import dataclass
from pathlib import Path

Value = int | float | str
EVERY = "all"  # said for every list, so that no list may be called so


@dataclass(frozen=True)
class Parameter:
    """A number (or a date: an ISO date or the name of a standard date) that a branch or a campaign may set.

    `default` None: a number that is unknown until it is set.
    """

    name: str
    default: Value | None
    meaning: str


@dataclass(frozen=True)
class Condition:
    """One top-level AND condition: its SQL, exactly as written, the sentence beside it, and where it stands."""

    sql: str
    text: str  # may hold {parameter}
    line: int


@dataclass(frozen=True)
class OutputColumn:
    """A column of a union list: its heading, and its kind: number (whole), percent (a share of 1) or text.

    `lists`: people lists whose listed people are counted in it, each person once; then it is no column of the SELECT.
    """

    name: str
    heading: str
    kind: str
    lists: tuple[str, ...] = ()


@dataclass(frozen=True)
class Rule:
    """A list of people, or (`kind` "unions") of unions or prefectures with their `columns`.

    `reason` and `hint` are sentences with {column} marks; `offers` is a product id; all of them blank in a union list.
    `needs_guide`: the kind of めやす (`vocabulary.GUIDE_KIND`) without which it lists nobody, "" for none.
    `own`: it stands in the branch's own `queries/`, so that the database guards what it may do.
    """

    id: str
    path: Path
    own: bool
    kind: str  # people, unions
    title: str
    offers: str
    plan: tuple[str, ...]
    priority: int
    discreet: bool
    needs_guide: str
    document: str
    reason: str
    hint: str
    parameters: dict[str, Parameter]
    dates: dict[str, str]  # mark → "earliest_birth(young_max_age)"
    sql: str  # the whole SELECT as written
    from_sql: str  # from FROM up to WHERE
    conditions: tuple[Condition, ...]
    columns: tuple[OutputColumn, ...]
    outputs: tuple[str, ...]  # names of the SELECT's columns, the key first: `member_key`, `union_code` or `pref`
    text: str  # the file's
    digest: str  # its SHA-256
