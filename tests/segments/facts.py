"""A small world of unions, people and contracts: what the oracle reads and what `fill.py` writes into the tables."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

RetirementSettings = dict[str, "int | str"]
"""`[retirement]` of kyosai.toml: 単組区分 as a branch writes it → "law", "none" or an age."""


@dataclass(frozen=True)
class Union:
    code: str
    pref: str
    kind: str | None
    menu: str | None = None


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
class OnHold:
    """A row on 保留: of which layout, about whom ("??-<number>": prefecture unclear; "": nobody readable)."""

    layout: str
    member: str
    mended: bool = False


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
    window: Window | None = None
    leaving_by: date | None = None
    young_max_age: int = 35

    @cached_property
    def contracts_of(self) -> dict[str, list[Contract]]:
        """By member; a world does not change once it is made."""
        of: dict[str, list[Contract]] = defaultdict(list)
        for contract in self.contracts:
            of[contract.member].append(contract)
        return of

    def __repr__(self) -> str:
        return f"World(as_of={self.as_of}, {len(self.members)} people)"

    def everything_about(self, member_key: str) -> str:
        """For the message of a failing test: D, the person, and whatever names them."""
        person = next(m for m in self.members if m.key == member_key)
        rows: list[object] = [person]
        rows += [r for r in (*self.contracts, *self.applications, *self.stops) if r.member == member_key]
        rows += [r for r in self.on_hold if r.member in (member_key, f"??-{person.number}")]
        head = f"D={self.as_of} window={self.window} leaving_by={self.leaving_by} retirement={self.retirement}"
        return "\n".join([head, *map(str, rows)])
