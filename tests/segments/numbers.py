"""Every number in the rows of lists.md with its default, as a parameter that a branch or a campaign may set."""

from datetime import date

from .facts import World

NUMBERS: dict[str, int] = {
    "young_max_age": 35,
    "max_age_at_leaving": 84,
    "follow_up_max_year_no": 3,
    "follow_up_to_months": 18,
    "follow_up_from_months": 6,
    "notice_min_age": 50,
    "late_fifties_min_age": 55,
    "late_fifties_max_age": 59,
    "pension_max_age": 54,
    "top_up_max_units": 5,
    "adult_child_min_age": 18,
    "tenure_years": 3,
    "expiry_days": 60,
    "renewal_days": 90,
    "child_max_age": 12,
    "care_min_age": 40,
    "care_max_age": 64,
    "role_retirement_age": 60,
}
DAYS: dict[str, date] = {"notice_before": date(2022, 6, 1)}
LEAVING_BY = "leaving_by"  # its default is the end of 年度(D)


def number(world: World, name: str) -> int:
    value = world.numbers.get(name, NUMBERS[name])
    assert isinstance(value, int), name
    return value


def day(world: World, name: str, default: date | None = None) -> date:
    value = world.numbers.get(name, default or DAYS[name])
    assert isinstance(value, date), name
    return value
