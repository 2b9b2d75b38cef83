"""Worlds full of edges. People are independent of each other, so one world of many is as good as many worlds of one.

A world is made near one subject of the lists, or near all of them. It comes of its random numbers alone: the same seed
makes the same world.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from random import Random
from typing import NamedTuple

from hypothesis import strategies as st

from kyosai_lists.products import BY_ID

from . import people, portfolios
from .dice import Dice
from .edges import DAY, end_of_year
from .facts import Contract, Guide, Member, Numbers, OnHold, RetirementSettings, Stop, Union, Window, World
from .holdings import LONG_AGO, applications, maybe_stops
from .numbers import LEAVING_BY, NUMBERS

DAYS = tuple(
    map(
        date.fromisoformat,
        (
            *("2025-03-31", "2027-03-31", "2028-03-31", "2031-03-31", "2026-04-01", "2029-04-01", "2028-02-29"),
            *("2027-02-28", "2027-03-01", "2026-05-31", "2026-06-01", "2026-11-01", "2033-01-15", "2023-12-31"),
            *("2027-08-31", "2027-12-30"),
        ),
    )
)
KINDS = (None, "city", "town", "village", "prefecture", "association", "corporation", "private", "merged")
MENUS = (None, "standard", "young", "standard;young", "small")
UNIONS = [
    Union(f"{pref}{n:03}", pref, kind, MENUS[n % len(MENUS)], (None, "yes", "no", "yes")[n % 4])
    for pref in ("17", "18")
    for n, kind in enumerate(KINDS)
]
RETIREMENT: tuple[RetirementSettings, ...] = (
    *({}, {"公社": "law"}, {"民間": 65, "公社": "none"}, {"市": "none"}, {"町": 63}),
)


class Maker(NamedTuple):
    """`close`: the products that decide, and those that are easily mistaken for them."""

    member: Callable[[Dice, World, str, Union], Member]
    contracts: Callable[[Dice, World, Member, str], list[Contract]]
    close: tuple[str, ...]


LIFE = ("group_life", "retiree_group_life")
PENSIONS = ("long_term", "tax_pension", "post_retirement")
MAKERS: dict[str, tuple[Maker, ...]] = {
    "group_life": (
        Maker(people.young, portfolios.unenrolled, LIFE),
        Maker(people.enrolled, portfolios.life, (*LIFE, "traffic", "care")),
        Maker(people.fresh, portfolios.life, LIFE),
        Maker(people.parent, portfolios.family, LIFE),
    ),
    "guides": (
        Maker(people.parent, portfolios.family, ("group_life", "child_maturity")),
        Maker(people.householder, portfolios.contents, ("fire",)),
    ),
    "retiree": (Maker(people.leaving, portfolios.late_life, LIFE),),
    "pension": (
        Maker(people.enrolled, portfolios.pensions, ("group_life", *PENSIONS)),
        Maker(people.enrolled, portfolios.life, ("group_life", *PENSIONS)),
        Maker(people.leaving, portfolios.pensions, PENSIONS),
    ),
    "car": (
        Maker(people.driver, portfolios.cars, ("my_car", "vehicle_damage", "cali")),
        Maker(people.driver, portfolios.cars, ("my_car", "vehicle_damage", "sogo")),
        Maker(people.leaving, portfolios.cars, ("my_car", "cali")),
    ),
    "house": (
        Maker(people.dweller, portfolios.house, ("fire", "natural_disaster")),
        Maker(people.dweller, portfolios.homeless, ("fire", "natural_disaster", "sogo")),
        Maker(people.leaving, portfolios.house, ("fire", "natural_disaster")),
    ),
}
EVERYTHING = "everything"


@st.composite
def worlds(
    draw: st.DrawFn, people: int, subjects: tuple[str, ...] = (EVERYTHING,), days: tuple[date, ...] = DAYS
) -> World:
    """Worlds of `people` people near one of `subjects`, as of one of `days`."""
    seed = draw(st.integers(0, 2**64))
    return made_world(Random(seed), people, draw(st.sampled_from(subjects)), draw(st.sampled_from(days)))


def made_world(random: Random, people: int, subject: str, as_of: date) -> World:
    """Every second person is in 県 18 with the number of the one before."""
    dice = Dice(random)
    ahead, length = dice.pick([(0, 0), (10, 30), (30, 1)])
    world = World(
        as_of,
        UNIONS,
        retirement=dice.pick([{}, *RETIREMENT]),
        window=dice.pick([None, Window(as_of - ahead * DAY, as_of + length * DAY)]),
        numbers=_numbers(dice, as_of),
        guides=_guides(dice),
    )
    makers = [maker for one in (MAKERS if subject == EVERYTHING else (subject,)) for maker in MAKERS[one]]
    for index in range(people):
        _add_person(dice, world, index, dice.pick(makers))
    _add_strangers(world)
    return world


def _numbers(dice: Dice, as_of: date) -> Numbers:
    """A third of the worlds keep to what lists.md says; in the others some numbers are set otherwise."""
    if dice.once_in(3):
        return {}
    made: Numbers = {name: max(value + dice.pick([-2, -1, 1]), 1) for name, value in NUMBERS.items() if dice.once_in(3)}
    if made.get("follow_up_from_months", 6) > made.get("follow_up_to_months", 18):
        del made["follow_up_to_months"]
    if dice.once_in(3):
        made["notice_before"] = dice.pick([date(2022, 4, 1), date(2022, 5, 31), date(2022, 6, 2)])
    by = dice.pick([None, None, as_of, end_of_year(as_of) - DAY, end_of_year(as_of) + 365 * DAY])
    return made | ({LEAVING_BY: by} if by else {})


def _guides(dice: Dice) -> list[Guide]:
    """Rows that overlap, that leave ages out, and that say more or less; one world in six has none of a kind."""
    made: dict[tuple[object, ...], Guide] = {}
    for kind in ("group_life", "contents"):
        for _ in range(dice.pick([0, 3, 5, 8, 8, 12])):
            age_from, age_to = dice.pick([(0, 29), (30, 39), (35, 44), (40, 49), (0, 120), (0, 120), (50, 120)])
            family, dwelling = dice.pick(["", "", "1", "2", "3", "4"]), dice.pick(["", "", "", "owned", "rented"])
            guide = Guide(kind, age_from, age_to, family, dwelling, dice.pick([1, 3, 5, 6, 10, 20]))
            made[kind, age_from, age_to, family, dwelling] = guide
    return list(made.values())


def _add_person(dice: Dice, world: World, index: int, maker: Maker) -> None:
    pref, number = ("17", "18")[index % 2], numbered(index // 2)
    union = dice.pick([u for u in UNIONS if u.pref == pref])
    member = maker.member(dice, world, f"{pref}-{number}", union)
    neighbour = f"{pref}-{numbered(max(index // 2 - 1, 0))}"
    contracts = [
        replace(contract, key=f"{member.key}-{k}")
        for k, contract in enumerate(maker.contracts(dice, world, member, neighbour))
    ]
    world.members.append(member)
    world.contracts += contracts
    world.applications += applications(dice, world, member, maker.close, contracts)
    world.stops += maybe_stops(dice, world, member, maker.close)
    if dice.once_in(12):
        layout = dice.pick(
            [
                "members",
                "members",
                "suppressions",
                "suppressions",
                "applications",
                "applications",
                "contracts",
                "unions",
            ]
        )
        who = dice.pick([member.key, member.key, f"??-{number}", "", number])
        world.on_hold.append(OnHold(layout, who, mended=dice.once_in(3), product=dice.pick(["", *BY_ID])))


def numbered(n: int) -> str:
    return f"{n:03}-{n}" if n % 7 == 0 else f"{n:05}"


def _add_strangers(world: World) -> None:
    """A contract and a stop of someone who has not come yet: held back and kept."""
    world.contracts.append(Contract("17-S1", "17-99999", "fire", date(2020, 4, 1)))
    world.contracts.append(Contract("17-S2", "17-99999", "my_car", LONG_AGO))
    world.stops.append(Stop("17-99999", ""))
