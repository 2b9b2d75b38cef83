"""The days and ages at which a list begins or ends."""

from datetime import date, timedelta

from .facts import World
from .numbers import number

DAY = timedelta(days=1)


def days_about(day: date) -> list[date]:
    return [day - DAY, day, day + DAY]


def end_of_year(day: date) -> date:
    return date(day.year + (day.month >= 4), 3, 31)


def births_about(day: date, years: int) -> list[date]:
    """Those who turn `years` on `day`, the day before and the day after; and who were born on a 29 February nearby."""
    year = day.year - years
    exact = date(year, day.month, 28 if (day.month, day.day) == (2, 29) else day.day)
    leap = [date(y, 2, 29) for y in (year - 1, year, year + 1) if y % 4 == 0]
    return [*days_about(exact), exact - 2 * DAY, exact + timedelta(2), *leap, *leap]


def births_at(world: World, *names: str) -> list[date]:
    """Those who reach the age `names` (or, of a highest age, pass it) about D."""
    return [day for name in names for day in births_about(world.as_of, number(world, name) + name.endswith("_max_age"))]


def first_of_april(year: int) -> list[date]:
    """A school year's last and first birthday: 1 and 2 April."""
    return [date(year, 4, 1), date(year, 4, 2)]


def years_of_service(world: World, *years: int) -> list[date]:
    """Hired on the first day of the 年度 in which one would be in that year of service at D, and the day before."""
    start = end_of_year(world.as_of).year - 1
    return [day for n in years for day in days_about(date(start - n + 1, 4, 1))[:2]]
