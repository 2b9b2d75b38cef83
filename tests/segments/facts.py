"""A small world of unions, people and contracts: what the oracle reads and what `fill.py` writes into the tables."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TypeVar

Row = TypeVar("Row")

PRODUCTS = (
    *("sogo", "group_life", "retiree_group_life", "long_term", "tax_pension", "my_car", "vehicle_damage", "cali"),
    *("fire", "natural_disaster", "child_maturity", "traffic", "care", "post_retirement"),
)
RetirementSettings = dict[str, "int | str"]
"""`[retirement]` of kyosai.toml: 単組区分 as a branch writes it → "law", "none" or an age."""
Numbers = dict[str, "int | date"]
"""Parameters that are set otherwise than lists.md says (`words.NUMBERS`)."""


@dataclass(frozen=True)
class Union:
    code: str
    pref: str
    kind: str | None
    menu: str | None = None
    sogo: str | None = None
    cali: str | None = None
    model: str | None = None


@dataclass(frozen=True)
class Member:
    key: str
    union: Union
    born: date
    hired: date
    employment: str
    status: str
    planned: date | None = None
    after: str | None = None
    householder: str | None = None
    spouse: str | None = None
    children: int | None = None
    youngest: date | None = None
    dwelling: str | None = None

    @property
    def pref(self) -> str:
        return self.key.split("-", 1)[0]

    @property
    def number(self) -> str:
        return self.key.split("-", 1)[1]


@dataclass(frozen=True)
class Contract:
    """`main` is the key of the contract that 主契約番号 names."""

    key: str
    member: str
    product: str
    effective: date
    ended: date | None = None
    type: str | None = None
    insured: str | None = None
    main: str | None = None
    renews: date | None = None
    units: int | None = None
    riders: str | None = None
    inspection: date | None = None


@dataclass(frozen=True)
class Application:
    """`contract` is the key of the contract that came of it; None while there is none."""

    member: str
    product: str
    received: date
    state: str
    type: str | None = None
    main: str | None = None
    contract: str | None = None


@dataclass(frozen=True)
class Stop:
    """案内停止; product "" is everything."""

    member: str
    product: str
    starts: date | None = None
    ends: date | None = None


@dataclass(frozen=True)
class Guide:
    """A row of めやす; `family` and `dwelling` "" fit anybody."""

    kind: str
    age_from: int
    age_to: int
    family: str
    dwelling: str
    units: int


@dataclass(frozen=True)
class Target:
    """A row of 目標; `pref` and `union` "" are the nation's and a prefecture's."""

    year: int
    pref: str
    union: str
    product: str
    kind: str
    measure: str
    round: str
    value: int


@dataclass(frozen=True)
class OnHold:
    """A row on 保留: of which layout, about whom ("??-<number>": prefecture unclear; "": nobody readable).

    `product`: what an application's row names, "": it cannot be read.
    """

    layout: str
    member: str
    mended: bool = False
    product: str = ""


@dataclass(frozen=True)
class Window:
    """From the day a campaign's lists are issued to its 終了日."""

    first: date
    last: date


@dataclass(repr=False)
class World:
    as_of: date
    unions: list[Union]
    members: list[Member] = field(default_factory=list)
    contracts: list[Contract] = field(default_factory=list)
    applications: list[Application] = field(default_factory=list)
    stops: list[Stop] = field(default_factory=list)
    on_hold: list[OnHold] = field(default_factory=list)
    retirement: RetirementSettings = field(default_factory=dict)
    guides: list[Guide] = field(default_factory=list)
    targets: list[Target] = field(default_factory=list)
    window: Window | None = None
    numbers: Numbers = field(default_factory=dict)

    @cached_property
    def contracts_of(self) -> dict[str, list[Contract]]:
        """By member; a world does not change once it is asked about."""
        return _by(self.contracts, lambda c: c.member)

    @cached_property
    def applications_of(self) -> dict[str, list[Application]]:
        return _by(self.applications, lambda a: a.member)

    @cached_property
    def contracts_on(self) -> dict[str, list[Contract]]:
        """By the contract that 主契約番号 names, whosever they are."""
        return _by(self.contracts, lambda c: c.main or "")

    @cached_property
    def applications_on(self) -> dict[str, list[Application]]:
        return _by(self.applications, lambda a: a.main or "")

    @cached_property
    def stops_of(self) -> dict[str, list[Stop]]:
        return _by(self.stops, lambda s: s.member)

    @cached_property
    def on_hold_of(self) -> dict[str, list[OnHold]]:
        """By whom the row names, as it names them."""
        return _by(self.on_hold, lambda row: row.member)

    def __repr__(self) -> str:
        return f"World(as_of={self.as_of}, {len(self.members)} people)"

    def everything_about(self, member_key: str) -> str:
        """For the message of a failing test: D, the person, and whatever names them."""
        person = next(m for m in self.members if m.key == member_key)
        rows: list[object] = [person]
        rows += [r for r in (*self.contracts, *self.applications, *self.stops) if r.member == member_key]
        rows += [r for r in self.on_hold if r.member in (member_key, f"??-{person.number}")]
        head = f"D={self.as_of} window={self.window} numbers={self.numbers} retirement={self.retirement}"
        return "\n".join([head, *map(str, rows), *map(str, self.guides)])


def _by(rows: Iterable[Row], key: Callable[[Row], str]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[key(row)].append(row)
    return found
