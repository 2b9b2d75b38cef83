"""What the people of `worlds.py` hold, have applied for and have asked not to hear about, with edges on purpose."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, TypeVar

from hypothesis import strategies as st

from .facts import Application, Contract, Member, Stop, World

T = TypeVar("T")
Draw = Callable[[st.SearchStrategy[T]], T] | Any  # what hypothesis hands to a composite
DAY = timedelta(days=1)
PRODUCTS = (
    *("sogo", "group_life", "retiree_group_life", "long_term", "tax_pension", "my_car", "vehicle_damage", "cali"),
    *("fire", "natural_disaster", "child_maturity", "traffic", "care", "post_retirement"),
)
# By the list that the person is near: the product that decides, and one that is easily mistaken for it.
CLOSE = {
    "young": ("group_life", "retiree_group_life"),
    "retiree": ("group_life", "retiree_group_life"),
    "house": ("fire", "natural_disaster"),
}
LONG_AGO = date(2012, 4, 1)
INSURED = (*[None, "self"] * 4, "spouse", "child", "parent")


def near(wanted: T, others: Iterable[T]) -> st.SearchStrategy[T]:
    """Mostly `wanted`, sometimes one of `others`."""
    beside = list(others)
    return st.sampled_from([wanted] * 4 * len(beside) + beside)


def days_about(day: date) -> list[date]:
    return [day - DAY, day, day + DAY]


def end_of_year(day: date) -> date:
    return date(day.year + (day.month >= 4), 3, 31)


def contracts_of(draw: Draw, world: World, member: Member, near_list: str, neighbour: str) -> list[Contract]:
    if near_list == "house":
        made = _house(draw, world, member, neighbour)
    else:
        amounts = {
            "young": [(0, 0), (0, 0), (0, 1), (1, 0), (2, 0)],
            "retiree": [(1, 0), (1, 0), (1, 0), (2, 0), (1, 1), (0, 0)],
        }
        counts = draw(st.sampled_from(amounts[near_list]))
        products = [p for p, n in zip(CLOSE[near_list], counts, strict=True) for _ in range(n)]
        made = [_contract(draw, world, member, product) for product in products]
    if draw(st.integers(0, 3)) == 0:
        made.append(_contract(draw, world, member, draw(st.sampled_from(PRODUCTS))))
    prefix = member.key
    return [replace(contract, key=f"{prefix}-{k}") for k, contract in enumerate(made)]


def _contract(draw: Draw, world: World, member: Member, product: str) -> Contract:
    as_of, leaving = world.as_of, member.planned or end_of_year(world.as_of)
    effective = draw(near(LONG_AGO, [*days_about(as_of), as_of + 60 * DAY]))
    ended = draw(near(None, [*days_about(as_of), *days_about(leaving), *days_about(end_of_year(as_of))]))
    return Contract(
        key="",
        member=member.key,
        product=product,
        effective=effective,
        ended=ended if ended is None or ended >= effective else None,
        insured=draw(st.sampled_from(INSURED)),
        renews=draw(st.sampled_from([None, as_of + 40 * DAY, as_of + 40 * DAY, as_of + 300 * DAY])),
    )


def _house(draw: Draw, world: World, member: Member, neighbour: str) -> list[Contract]:
    """Two dwellings at most; 自然災害 on one of them, on none by name, on something else, on the neighbour's."""
    fires, disasters = draw(st.sampled_from([(1, 0), (1, 1), (1, 1), (2, 1), (2, 2), (1, 2), (1, 3), (0, 2), (0, 1)]))
    made = [_contract(draw, world, member, "fire") for _ in range(fires)]
    own = [f"{member.key}-{k}" for k in range(fires + disasters)]
    mains = [None, *own[:2], *own[:2], own[-1], f"{neighbour}-0", f"{neighbour}-1", f"{member.pref}-X"]
    for _ in range(disasters):
        contract = _contract(draw, world, member, "natural_disaster")
        kind = draw(st.sampled_from(["標準", "標準", "標準", "大型", "大型", None]))
        made.append(replace(contract, type=kind, main=draw(st.sampled_from(mains))))
    return made


def applications_of(
    draw: Draw, world: World, member: Member, near_list: str, contracts: list[Contract]
) -> list[Application]:
    """Rarely more than one; received around D, or around the day when a contract that may have come of it begins."""
    made: dict[tuple[str, date], Application] = {}
    for _ in range(draw(st.sampled_from([0, 0, 0, 0, 1, 1, 2]))):
        product = draw(st.sampled_from([*CLOSE[near_list], *CLOSE[near_list], draw(st.sampled_from(PRODUCTS))]))
        came = [day for c in contracts if c.product == product for day in days_about(c.effective)]
        mains = [None, *(c.key for c in contracts), *(c.main for c in contracts), f"{member.pref}-X"]
        own = [c.key for c in contracts if c.product == product]
        application = Application(
            member=member.key,
            product=product,
            received=draw(st.sampled_from([world.as_of - 40 * DAY, world.as_of, date(2011, 1, 1), *came])),
            state=draw(st.sampled_from(["received", "received", "defective", "withdrawn"])),
            type=draw(st.sampled_from([None, "標準", "大型"])) if product == "natural_disaster" else None,
            main=draw(st.sampled_from(mains)) if product == "natural_disaster" else None,
            contract=draw(st.sampled_from([None, None, *own, f"{member.pref}-GONE"])),
        )
        made[product, application.received] = application
    return list(made.values())


def maybe_stops(draw: Draw, world: World, member: Member) -> list[Stop]:
    window = world.window
    edges: Sequence[date] = days_about(world.as_of)
    if window:
        edges = [*edges, *days_about(window.first), *days_about(window.last)]
    made: dict[str, Stop] = {}
    for _ in range(draw(st.sampled_from([0, 0, 0, 0, 1, 2]))):
        product = draw(
            st.sampled_from(["", "", "group_life", "retiree_group_life", "fire", "natural_disaster", *PRODUCTS])
        )
        starts = draw(st.sampled_from([None, None, LONG_AGO, *edges]))
        ends = draw(st.sampled_from([None, None, *edges]))
        crossed = starts is not None and ends is not None and ends < starts
        made[product] = Stop(member.key, product, starts, None if crossed else ends)
    return list(made.values())
