"""People near a list: everything as the list wants it, and any one thing may be just beside it."""

from dataclasses import replace
from datetime import date
from typing import Any

from .dice import Dice
from .edges import DAY, births_about, births_at, days_about, end_of_year, first_of_april, years_of_service
from .facts import Member, Union, World
from .numbers import LEAVING_BY, NUMBERS, day, number

EMPLOYMENT = ("regular", "fiscal_year", "reemployed", "temporary")
STATUS = ("active", "leave", "retired", "left", "dead", "死亡？")
AFTER = (None, "complete", "reemployment", "other_body", "undecided")
YES_NO = ("yes", "yes", "no", None)
DWELLINGS = ("owned", "owned", "rented", "company", "parents", None)
# The 定年 that is reached in the 年度 ending then; else 65 or nobody's.
LEAVE_AT = {2025: 61, 2027: 62, 2029: 63, 2031: 64}


def _member(dice: Dice, key: str, union: Union, **facts: Any) -> Member:
    common = {
        "born": date(1980, 7, 7),
        "hired": date(2005, 4, 1),
        "employment": dice.near("regular", EMPLOYMENT),
        "status": dice.near("active", STATUS),
        "after": dice.pick(AFTER),
        "householder": dice.pick(YES_NO),
        "spouse": dice.pick(YES_NO),
        "children": dice.pick([0, 1, 2, None]),
        "dwelling": dice.pick(DWELLINGS),
    }
    return Member(key=key, union=union, **{**common, **facts})


def young(dice: Dice, world: World, key: str, union: Union) -> Member:
    """Young or just not, of the first year or the second, 正規 or not: the lists of those without 団体生命."""
    hired = [*years_of_service(world, 1, 2) * 2, *years_of_service(world, 0), world.as_of, date(2010, 4, 1)]
    return _member(
        dice,
        key,
        union,
        born=dice.pick(births_at(world, "young_max_age") + [date(2001, 5, 5)] * 6),
        hired=dice.pick(hired),
        employment=dice.pick(["regular", "regular", *EMPLOYMENT]),
        planned=dice.near(None, days_about(world.as_of)),
    )


def enrolled(dice: Dice, world: World, key: str, union: Union) -> Member:
    """Of every age at which a list for those with 団体生命 begins or ends."""
    ages = [name for name in NUMBERS if name.endswith("_age") and name not in ("child_max_age", "adult_child_min_age")]
    year_end = end_of_year(world.as_of)
    sixty = year_end.year - number(world, "role_retirement_age")
    near_sixty = first_of_april(sixty) + first_of_april(sixty - 1)
    return _member(
        dice,
        key,
        union,
        born=dice.pick([*births_at(world, dice.pick(ages)), *near_sixty, date(2001, 5, 5), date(1970, 1, 1)]),
        hired=dice.pick([*years_of_service(world, 3, 4, 0), date(2005, 4, 1), date(2005, 4, 1)]),
        planned=dice.near(None, [*days_about(year_end), year_end + 365 * DAY]),
        youngest=dice.pick([None, *births_at(world, "child_max_age")]),
    )


def fresh(dice: Dice, world: World, key: str, union: Union) -> Member:
    """Young or just not, in the third year of service or the fourth: who is followed up after joining 団体生命."""
    return _member(
        dice,
        key,
        union,
        born=dice.pick([*births_at(world, "young_max_age"), date(2001, 5, 5), date(1980, 7, 7)]),
        hired=dice.pick([*years_of_service(world, 3, 4, 0), date(2005, 4, 1), date(2005, 4, 1), date(2005, 4, 1)]),
    )


def parent(dice: Dice, world: World, key: str, union: Union) -> Member:
    """With a spouse and children or not, of the ages that the rows of めやす speak of."""
    ages = sorted({edge for g in world.guides for edge in (g.age_from, g.age_to + 1) if 18 < edge < 90}) or [40]
    return _member(
        dice,
        key,
        union,
        born=dice.pick([*births_about(world.as_of, dice.pick(ages)), date(1985, 7, 7), date(1970, 1, 1)]),
        children=dice.pick([0, 1, 1, 2, 2, 3, None]),
        youngest=dice.pick(
            [None, date(2022, 2, 2), *births_at(world, dice.pick(["child_max_age", "adult_child_min_age"]))]
        ),
    )


def leaving(dice: Dice, world: World, key: str, union: Union) -> Member:
    as_of, year_end = world.as_of, end_of_year(world.as_of)
    by = day(world, LEAVING_BY, year_end)
    edges = [*days_about(as_of), *days_about(by), *days_about(year_end), min(as_of + DAY, by)]
    planned = dice.pick([*[None] * len(edges), *edges])
    born = [d for years in range(60, 67) for d in first_of_april(year_end.year - years)]
    born += [d for year in range(1963, 1968) for d in first_of_april(year)]
    born += [date(year_end.year - LEAVE_AT.get(year_end.year, 65), 1, 1)] * len(born)  # half of them leave this year
    very_old = births_about(planned or year_end, 85) + first_of_april(year_end.year - 66)
    after = ["complete", "complete", "complete", "undecided", None, None, "reemployment", "reemployment", "other_body"]
    return _member(
        dice,
        key,
        union,
        born=dice.pick([*born, *born, *very_old]),
        hired=date(1990, 4, 1),
        employment=dice.pick(["regular", "regular", "reemployed", "reemployed", "fiscal_year", "temporary"]),
        planned=planned,
        after=dice.pick(after),
    )


def driver(dice: Dice, world: World, key: str, union: Union) -> Member:
    grown_up = births_at(world, "adult_child_min_age")
    return _member(dice, key, union, youngest=dice.pick([None, None, *grown_up]), planned=_soon(dice, world))


def dweller(dice: Dice, world: World, key: str, union: Union) -> Member:
    ages = sorted({edge for g in world.guides for edge in (g.age_from, g.age_to + 1) if 18 < edge < 90}) or [40]
    born = [date(1980, 7, 7), date(1980, 7, 7), dice.pick(births_about(world.as_of, dice.pick(ages)))]
    return _member(dice, key, union, born=dice.pick(born), employment=dice.pick(EMPLOYMENT), planned=_soon(dice, world))


def householder(dice: Dice, world: World, key: str, union: Union) -> Member:
    return replace(dweller(dice, world, key, union), householder=dice.near("yes", YES_NO))


def _soon(dice: Dice, world: World) -> date | None:
    return dice.near(None, [*days_about(world.as_of), *days_about(end_of_year(world.as_of))])
