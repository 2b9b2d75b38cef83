"""Worlds full of edges. People are independent of each other, so one world of many is as good as many worlds of one.

A person is made near a list: everything as the list wants it, and any one thing may be just beside it.
"""

from datetime import date, timedelta
from typing import TypeVar

from hypothesis import strategies as st

from .facts import Contract, Member, OnHold, RetirementSettings, Stop, Union, Window, World
from .holdings import DAY, Draw, applications_of, contracts_of, days_about, end_of_year, maybe_stops, near

T = TypeVar("T")
DAYS = tuple(
    map(
        date.fromisoformat,
        (
            *("2025-03-31", "2027-03-31", "2028-03-31", "2031-03-31", "2026-04-01", "2029-04-01", "2028-02-29"),
            *("2027-02-28", "2027-03-01", "2026-05-31", "2026-06-01", "2026-11-01", "2033-01-15", "2023-12-31"),
        ),
    )
)
KINDS = (None, "city", "town", "village", "prefecture", "association", "corporation", "private", "merged")
MENUS = (None, "standard", "young", "standard;young", "small")
UNIONS = [
    Union(f"{pref}{n:03}", pref, kind, MENUS[n % len(MENUS)]) for pref in ("17", "18") for n, kind in enumerate(KINDS)
]
RETIREMENT: tuple[RetirementSettings, ...] = (
    *({}, {"公社": "law"}, {"民間": 65, "公社": "none"}, {"市": "none"}, {"町": 63}),
)
LEAVE_AT = {
    2025: 61,
    2027: 62,
    2029: 63,
    2031: 64,
}  # the 定年 that is reached in the 年度 ending then; else 65 or nobody's
EMPLOYMENT = ("regular", "fiscal_year", "reemployed", "temporary")
STATUS = ("active", "leave", "retired", "left", "dead", "死亡？")
AFTER = (None, "complete", "reemployment", "other_body", "undecided")


@st.composite
def worlds(draw: Draw, people: int, days: tuple[date, ...] = DAYS) -> World:
    """`people` people as of one of `days`; every second one is in 県 18 with the number of the one before."""
    as_of = draw(st.sampled_from(days))
    ahead, length = draw(st.sampled_from([(0, 0), (10, 30), (30, 1)]))
    world = World(
        as_of,
        UNIONS,
        retirement=draw(st.sampled_from([{}, *RETIREMENT])),
        window=draw(st.sampled_from([None, Window(as_of - ahead * DAY, as_of + length * DAY)])),
        leaving_by=draw(st.sampled_from([None, None, as_of, end_of_year(as_of) - DAY, end_of_year(as_of) + 365 * DAY])),
        young_max_age=draw(st.sampled_from([35, 35, 34, 29])),
    )
    for index in range(people):
        _add_person(draw, world, index)
    _add_strangers(world)
    return world


def _add_person(draw: Draw, world: World, index: int) -> None:
    near_list = draw(st.sampled_from(["young", "retiree", "house"]))
    pref, number = ("17", "18")[index % 2], numbered(index // 2)
    union = draw(st.sampled_from([u for u in UNIONS if u.pref == pref]))
    make = {"young": _young, "retiree": _retiree, "house": _anyone}[near_list]
    member = make(draw, world, f"{pref}-{number}", union)
    world.members.append(member)
    neighbour = f"{pref}-{numbered(max(index // 2 - 1, 0))}"
    contracts = contracts_of(draw, world, member, near_list, neighbour)
    world.contracts += contracts
    world.applications += applications_of(draw, world, member, near_list, contracts)
    world.stops += maybe_stops(draw, world, member)
    if draw(st.integers(0, 11)) == 0:
        layout = draw(st.sampled_from(["members", "members", "suppressions", "suppressions", "contracts", "unions"]))
        who = draw(st.sampled_from([member.key, member.key, f"??-{number}", "", number]))
        world.on_hold.append(OnHold(layout, who, mended=draw(st.sampled_from([False, False, True]))))


def numbered(n: int) -> str:
    return f"{n:03}-{n}" if n % 7 == 0 else f"{n:05}"


def _young(draw: Draw, world: World, key: str, union: Union) -> Member:
    start = date(end_of_year(world.as_of).year - 1, 4, 1)
    hired = [start - DAY, start - DAY, start, start - 365 * DAY, start + DAY, world.as_of, date(2010, 4, 1)]
    return Member(
        key=key,
        union=union,
        born=draw(st.sampled_from(births_about(world.as_of, world.young_max_age + 1) + [date(2001, 5, 5)] * 6)),
        hired=draw(st.sampled_from(hired)),
        employment=draw(near("regular", EMPLOYMENT)),
        status=draw(near("active", STATUS)),
        planned=draw(near(None, days_about(world.as_of))),
        after=draw(st.sampled_from(AFTER)),
    )


def _retiree(draw: Draw, world: World, key: str, union: Union) -> Member:
    as_of, year_end = world.as_of, end_of_year(world.as_of)
    by = world.leaving_by or year_end
    edges = [*days_about(as_of), *days_about(by), *days_about(year_end), min(as_of + DAY, by)]
    planned = draw(st.sampled_from([*[None] * len(edges), *edges]))
    born = [d for years in range(60, 67) for d in _first_of_april(year_end.year - years)]
    born += [d for year in range(1963, 1968) for d in _first_of_april(year)]
    born += [date(year_end.year - LEAVE_AT.get(year_end.year, 65), 1, 1)] * len(born)  # half of them leave this year
    very_old = births_about(planned or year_end, 85) + _first_of_april(year_end.year - 66)
    return Member(
        key=key,
        union=union,
        born=draw(st.sampled_from([*born, *born, *very_old])),
        hired=date(1990, 4, 1),
        employment=draw(
            st.sampled_from(["regular", "regular", "reemployed", "reemployed", "fiscal_year", "temporary"])
        ),
        status=draw(near("active", STATUS)),
        planned=planned,
        after=draw(
            st.sampled_from(["complete", "complete", "complete", "undecided", None, None, "reemployment", "other_body"])
        ),
    )


def _anyone(draw: Draw, world: World, key: str, union: Union) -> Member:
    return Member(
        key=key,
        union=union,
        born=date(1980, 7, 7),
        hired=date(2005, 4, 1),
        employment=draw(st.sampled_from(EMPLOYMENT)),
        status=draw(near("active", STATUS)),
        after=draw(st.sampled_from(AFTER)),
    )


def births_about(day: date, years: int) -> list[date]:
    """Those who turn `years` on `day`, the day before and the day after; and who were born on a 29 February nearby."""
    year = day.year - years
    exact = date(year, day.month, 28 if (day.month, day.day) == (2, 29) else day.day)
    leap = [date(y, 2, 29) for y in (year - 1, year, year + 1) if y % 4 == 0]
    return [*days_about(exact), exact - 2 * DAY, exact + timedelta(2), *leap, *leap]


def _first_of_april(year: int) -> list[date]:
    """A school year's last and first birthday: 1 and 2 April."""
    return [date(year, 4, 1), date(year, 4, 2)]


def _add_strangers(world: World) -> None:
    """A contract and a stop of someone who has not come yet: held back and kept."""
    world.contracts.append(Contract("17-S1", "17-99999", "fire", date(2020, 4, 1)))
    world.stops.append(Stop("17-99999", ""))
