"""Worlds of small unions and prefectures that lie on the bounds of the lists about them: rates of exactly a half, a
quarter, a third; contracts that begin or end on D, and on the same day a year before.
"""

from dataclasses import replace
from datetime import date
from random import Random

from hypothesis import strategies as st

from .dice import Dice
from .edges import DAY, births_about, days_about, end_of_year
from .facts import Application, Contract, Member, OnHold, Stop, Target, Union, World
from .holdings import INSURED, LONG_AGO
from .words import months_before

DAYS = tuple(
    map(
        date.fromisoformat,
        ("2026-11-01", "2028-02-29", "2029-02-28", "2027-05-31", "2027-06-01", "2027-03-31", "2027-04-01"),
    )
)
NATION = tuple(f"{n:02}" for n in range(1, 48))
KINDS = (None, "city", "merged", "merged", "private")
STATES = ("active", "leave", "retired", "left", "dead", "死亡？")
# Exact rates, so that "below" and "at" differ; among them those of lists.md.
PERCENTS = {
    "low_rate": (30, 50, 25, 20, 33.4),
    "low_disaster_rate": (70, 50, 75),
    "low_large_rate": (25, 50, 33.3),
    "low_vehicle_rate": (60.6, 50, 60, 75),
}


@st.composite
def union_worlds(draw: st.DrawFn, days: tuple[date, ...] = DAYS) -> World:
    """Fourteen unions of up to ten people in two prefectures, with targets."""
    return made_union_world(Random(draw(st.integers(0, 2**64))), draw(st.sampled_from(days)))


@st.composite
def nations(draw: st.DrawFn, days: tuple[date, ...] = DAYS) -> World:
    """A union in each prefecture of the nation, or of all but one of them."""
    return made_nation(Random(draw(st.integers(0, 2**64))), draw(st.sampled_from(days)))


def made_union_world(random: Random, as_of: date) -> World:
    dice = Dice(random)
    yes_no = (None, "yes", "no")
    unions = [
        Union(f"{pref}{n:03}", pref, dice.pick(KINDS), None, *(dice.pick(yes_no) for _ in range(3)))
        for pref in ("17", "18")
        for n in range(7)
    ]
    numbers = {name: dice.pick(values) for name, values in PERCENTS.items() if dice.once_in(2)}
    world = World(as_of, unions, numbers=numbers, targets=_targets(dice, as_of, unions))
    for union in unions:
        for _ in range(dice.pick([0, 1, 3, 5, 10])):
            _add_person(dice, world, union)
    _add_stranger(world)
    return world


def made_nation(random: Random, as_of: date) -> World:
    """With half of them losing exactly half of their contracts, the national rate is met exactly, or just missed."""
    dice = Dice(random)
    prefs = dice.pick([NATION, NATION, NATION[:-1]])
    unions = [Union(f"{pref}001", pref, "city") for pref in prefs]
    numbers = {"least_decrease": dice.pick([1, 2, 3])}
    if dice.once_in(2):
        numbers["national_rate"] = dice.pick([50, 49.9, 0, -10.5, 60])
    world = World(as_of, unions, numbers=numbers)
    halves = dice.once_in(2)
    for union in unions:
        before, now = dice.pick(
            [(2, 1), (4, 2), (6, 3)] if halves else [(4, 2), (5, 2), (3, 1), (4, 3), (2, 3), (0, 0)]
        )
        _add_holders(dice, world, union, before, now)
    _add_stranger(world)
    return world


def _add_person(dice: Dice, world: World, union: Union) -> None:
    as_of, key = world.as_of, f"{union.pref}-{len(world.members):05}"
    start = date(end_of_year(as_of).year - 1, 4, 1)
    member = Member(
        key,
        union,
        born=dice.pick([date(1980, 7, 7), date(2000, 7, 7), *births_about(as_of, 36)]),
        hired=dice.pick(
            [date(2005, 4, 1), start, start, start - DAY, as_of, end_of_year(as_of), end_of_year(as_of) + DAY]
        ),
        employment=dice.near("regular", ["fiscal_year", "reemployed", "temporary"]),
        status=dice.near("active", STATES),
    )
    world.members.append(member)
    _add_contracts(dice, world, member)
    if dice.once_in(5):
        state, came = dice.pick(["received", "defective", "withdrawn"]), dice.pick([None, None, f"{key}-0"])
        world.applications.append(Application(key, dice.pick(["group_life", "fire"]), as_of, state, contract=came))
    if dice.once_in(8):
        world.stops.append(Stop(key, dice.pick(["", "group_life", "retiree_group_life", "fire"])))
    if dice.once_in(12):
        world.on_hold.append(OnHold("members", key, mended=dice.once_in(2)))


def _add_contracts(dice: Dice, world: World, member: Member) -> None:
    """団体生命 for three people in ten; a house and a car with what may be attached to them, to another, or to none."""
    made = [_contract(dice, world, member, "group_life") for _ in range(dice.pick([0, 0, 0, 0, 1, 1, 2]))]
    for main, attached in (("fire", "natural_disaster"), ("my_car", "vehicle_damage")):
        mains = [_contract(dice, world, member, main) for _ in range(dice.pick([0, 1, 1, 2]))]
        first = len(made)
        made += mains
        own = [f"{member.key}-{first + k}" for k in range(len(mains))]
        for _ in range(dice.pick([0, 1, 1, 2])):
            one = _contract(dice, world, member, attached)
            named = dice.pick([None, *own, *own, f"{member.key}-0", f"{member.pref}-00000-1"])
            made.append(replace(one, main=named, type=dice.pick(["大型", "標準", "標準", None])))
    world.contracts += [replace(one, key=f"{member.key}-{k}") for k, one in enumerate(made)]


def _contract(dice: Dice, world: World, member: Member, product: str) -> Contract:
    as_of = world.as_of
    effective = dice.near(LONG_AGO, [*days_about(as_of), as_of + 60 * DAY])
    ended = dice.near(None, days_about(as_of))
    return Contract(
        "", member.key, product, effective, ended if ended and ended >= effective else None, insured=dice.pick(INSURED)
    )


def _targets(dice: Dice, as_of: date, unions: list[Union]) -> list[Target]:
    """Of this 事業年度 and those beside it, of this product and others, 第1次 and 第2次, in every order of size."""
    made: dict[tuple[object, ...], Target] = {}
    for union in unions:
        for _ in range(dice.pick([0, 1, 2, 4])):
            key = (
                as_of.year - dice.pick([0, 0, 1, 1, 2]), dice.pick([union.pref, union.pref, ""]),
                dice.near(union.code, [""]), dice.near("group_life", ["fire"]), dice.near("held", ["new", "transfer"]),
                dice.near("contracts", ["units"]), dice.pick(["first", "second"]),
            )  # fmt: skip
            made[key] = Target(*key, value=dice.pick([0, 1, 2, 3, 5]))
    return _one_per_round(made)


def _one_per_round(made: dict[tuple[object, ...], Target]) -> list[Target]:
    """A target of a union is of one prefecture."""
    return [*{(t.year, t.union or t.pref, t.product, t.kind, t.measure, t.round): t for t in made.values()}.values()]


def _add_holders(dice: Dice, world: World, union: Union, before: int, now: int) -> None:
    """`before` people who hold 団体生命 a year before D, `now` who do at D, and whoever nearly does on either day."""
    ago = months_before(world.as_of, 12)
    at_both = min(before, now)
    spans = [_span(dice, [LONG_AGO, ago], [None, world.as_of]) for _ in range(at_both)]
    spans += [_span(dice, [LONG_AGO, ago], [ago, world.as_of - DAY]) for _ in range(before - at_both)]
    spans += [_span(dice, [ago + DAY, world.as_of], [None, world.as_of]) for _ in range(now - at_both)]
    if dice.once_in(2):
        spans.append(dice.pick([(LONG_AGO, ago - DAY), (world.as_of + DAY, None), (ago + DAY, world.as_of - DAY)]))
    for effective, ended in spans:
        key = f"{union.pref}-{len(world.members):05}"
        born, hired, status = date(1980, 7, 7), date(2005, 4, 1), dice.pick(STATES)
        world.members.append(Member(key, union, born, hired, "regular", status))
        world.contracts.append(
            Contract(f"{key}-0", key, "group_life", effective, ended, insured=dice.pick([None, "self"]))
        )
        others = [("group_life", "spouse"), ("fire", None), ("retiree_group_life", "self")]
        for product, insured in [dice.pick(others)] if dice.once_in(3) else []:
            world.contracts.append(Contract(f"{key}-1", key, product, LONG_AGO, insured=insured))


def _span(dice: Dice, begins: list[date], ends: list[date | None]) -> tuple[date, date | None]:
    return dice.pick(begins), dice.pick(ends)


def _add_stranger(world: World) -> None:
    """Contracts of somebody who has not come yet: held back, counted nowhere."""
    for product in ("group_life", "fire", "my_car"):
        world.contracts.append(Contract(f"17-S-{product}", "17-99999", product, LONG_AGO))


# -- the bounds of lists.md ------------------------------------------------------------------------------------------


def bounds_world(as_of: date) -> World:
    """Unions that lie on each number of lists.md, and one step below it; large enough to tell 30% from 29 and from 31."""
    rates = {"group_life": ((59, 200), (60, 200)), "natural_disaster": ((139, 200), (140, 200))}
    rates |= {"large": ((99, 399), (100, 400)), "vehicle_damage": ((302, 500), (303, 500))}
    world = World(as_of, [])
    for subject, pairs in rates.items():
        for part, whole in pairs:
            _add_at_bound(world, subject, part, whole)
    for pref, lost in (("18", 349), ("19", 350)):
        _add_loser(world, Union(f"{pref}001", pref, "city"), lost)
    world.numbers["national_rate"] = 0
    return world


def _add_at_bound(world: World, subject: str, part: int, whole: int) -> None:
    union = Union(f"17{len(world.unions):03}", "17", "city")
    world.unions.append(union)
    people = [_somebody(world, union) for _ in range(whole if subject == "group_life" else 1)]
    if subject == "group_life":
        world.contracts += [Contract(f"{m.key}-0", m.key, subject, LONG_AGO) for m in people[:part]]
        return
    holder = people[0].key
    if subject == "large":
        kinds = ["大型"] * part + ["標準"] * (whole - part)
        world.contracts += [
            Contract(f"{holder}-{n}", holder, "natural_disaster", LONG_AGO, type=t) for n, t in enumerate(kinds)
        ]
        return
    main = {"natural_disaster": "fire", "vehicle_damage": "my_car"}[subject]
    kind = "大型" if subject == "natural_disaster" else None  # all of them, so that this rate alone is low
    for n in range(whole):
        world.contracts.append(Contract(f"{holder}-{n}", holder, main, LONG_AGO))
        if n < part:
            attached = Contract(f"{holder}-a{n}", holder, subject, LONG_AGO, type=kind, main=f"{holder}-{n}")
            world.contracts.append(attached)


def _add_loser(world: World, union: Union, lost: int) -> None:
    world.unions.append(union)
    holder = _somebody(world, union).key
    yesterday = world.as_of - DAY
    world.contracts += [Contract(f"{holder}-{n}", holder, "group_life", LONG_AGO, yesterday) for n in range(lost)]


def _somebody(world: World, union: Union) -> Member:
    key = f"{union.pref}-{len(world.members):05}"
    world.members.append(Member(key, union, date(1980, 7, 7), date(2005, 4, 1), "regular", "active"))
    return world.members[-1]
