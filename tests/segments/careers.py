"""Everyone whose birthday, hiring day or 定年 stands at an edge, and what the relation `people` must say of them."""

from datetime import date
from itertools import product
from typing import Any

import sqlalchemy as sa

from kyosai_lists.store.engine import reading
from kyosai_lists.usecases.draw import segments_of

from .asking import workspace_of
from .edges import days_about
from .facts import Member, RetirementSettings, World
from .people import EMPLOYMENT
from .words import (
    age,
    age_reached_in_fiscal_year,
    family_size,
    fiscal_year,
    is_guessed,
    leaving_date,
    years_to_leave_at,
)
from .worlds import UNIONS

DERIVED = ("age", "hired_fiscal_year", "hired_year_no", "leaving_on", "leaving_derived", "leaving_guessed")
FAMILY = ("age_in_fiscal_year", "family_size", "youngest_age")
Careers = dict[str, tuple[Any, ...]]
"""Member key → DERIVED, age_at_leaving and FAMILY."""


def careers_world(as_of: date, retirement: RetirementSettings) -> World:
    """Born around each 1 April from 1958 to 1972, of every 単組区分 and 雇用区分; and on other edges besides."""
    births = [day for year in range(1958, 1973) for day in (date(year, 4, 1), date(year, 4, 2))]
    world = World(as_of, UNIONS, retirement=retirement)
    for union, employment, born in product(UNIONS[:9], EMPLOYMENT[::2], births):
        _add(world, union_at=UNIONS.index(union), born=born, employment=employment)
    births = [date(1964, 2, 29), date(1965, 3, 1), *(d.replace(year=as_of.year - 40) for d in _about(as_of))]
    hirings = [date(2020, 3, 31), date(2020, 4, 1), date(2020, 12, 31), date(2021, 1, 1), *_about(as_of)]
    for born, hired, employment, after in product(births, hirings, EMPLOYMENT, ("complete", None)):
        _add(world, 2, born, employment, hired=hired, after=after)
        _add(world, 2, born, employment, hired=hired, after=after, planned=as_of)
    children = [None, date(2016, 2, 29), *(d.replace(year=as_of.year - 12) for d in _about(as_of))]
    for spouse, count, youngest in product((None, "yes", "no"), (None, 0, 2), children):
        _add(world, 2, date(1980, 7, 7), "regular", spouse=spouse, children=count, youngest=youngest)
    return world


def _about(day: date) -> list[date]:
    return days_about(day.replace(day=28) if (day.month, day.day) == (2, 29) else day)


def _add(world: World, union_at: int, born: date, employment: str, **more: Any) -> None:
    facts = {"hired": date(1990, 4, 1), **more}
    world.members.append(
        Member(
            f"17-{len(world.members):05}", UNIONS[union_at], born=born, employment=employment, status="active", **facts
        )
    )


def expected_careers(world: World) -> Careers:
    expected: Careers = {}
    for m in world.members:
        hired, leaves = fiscal_year(m.hired), leaving_date(world, m)
        derived = m.planned is None and years_to_leave_at(world, m) is not None
        expected[m.key] = (
            *(age(m.born, world.as_of), hired, fiscal_year(world.as_of) - hired + 1, leaves),
            *(int(derived), int(is_guessed(world, m) and leaves is not None)),
            age(m.born, leaves) if leaves else None,
            *(age_reached_in_fiscal_year(m.born, world.as_of), family_size(m)),
            age(m.youngest, world.as_of) if m.youngest else None,
        )
    return expected


def careers_told(world: World, engine: sa.Engine) -> Careers:
    with reading(engine) as connection:
        segments = segments_of(connection, workspace_of(world, engine))
        people = segments.answer(segments.ask_people(world.as_of))
    rows = people.select("member_key", *DERIVED, "age_at_leaving", *FAMILY).iter_rows()
    return {key: tuple(facts) for key, *facts in rows}
