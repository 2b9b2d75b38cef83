"""定年退職日, against a literal walk of the words: reached on the day before the birthday, left on the next 31 March."""

from datetime import date, timedelta
from functools import cache

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kyosai_lists import retirement

DAY = timedelta(days=1)
TABLE = retirement.RetirementTable({"city": retirement.law_steps(), "private": ()})
YEARS_WITHOUT = (2024, 2026, 2028, 2030, 2032)


def walked_leaving_date(born: date, age: int) -> date:
    """One day at a time from birth: `age` birthdays, a day back, on to the first 31 March."""
    day, birthdays = born, 0
    while birthdays < age:
        day += DAY
        had_no_day = (born.month, born.day) == (2, 29) and (day.month, day.day) == (3, 1) and (day - DAY).day == 28
        birthdays += (day.month, day.day) == (born.month, born.day) or had_no_day
    day -= DAY
    while (day.month, day.day) != (3, 31):
        day += DAY
    return day


@cache
def leaving_dates() -> dict[date, date]:
    """Everyone born from 1955 to 1980."""
    born = date(1955, 1, 1)
    found = {}
    while born <= date(1980, 12, 31):
        left = TABLE.leaving_date("city", born)
        assert left is not None
        found[born] = left
        born += DAY
    return found


@given(st.dates(date(1940, 1, 1), date(2005, 12, 31)), st.integers(55, 70))
@example(date(1960, 4, 1), 60)
@example(date(1960, 4, 2), 60)
@example(date(1960, 3, 31), 60)
@example(date(1960, 2, 29), 61)
def test_one_leaves_on_the_first_31_march_on_or_after_the_day_before_the_birthday(born: date, age: int) -> None:
    assert retirement.march_after_reaching(born, age) == walked_leaving_date(born, age)


@pytest.mark.parametrize(
    ("born", "leaves"),
    [
        (date(1962, 4, 1), date(2022, 3, 31)), (date(1963, 4, 1), date(2023, 3, 31)),
        (date(1963, 4, 2), date(2025, 3, 31)), (date(1964, 4, 1), date(2025, 3, 31)),
        (date(1964, 4, 2), date(2027, 3, 31)), (date(1965, 4, 1), date(2027, 3, 31)),
        (date(1965, 4, 2), date(2029, 3, 31)), (date(1966, 4, 1), date(2029, 3, 31)),
        (date(1966, 4, 2), date(2031, 3, 31)), (date(1967, 4, 1), date(2031, 3, 31)),
        (date(1967, 4, 2), date(2033, 3, 31)), (date(1968, 4, 1), date(2033, 3, 31)),
        (date(1968, 4, 2), date(2034, 3, 31)), (date(1968, 2, 29), date(2033, 3, 31)),
    ],
)  # fmt: skip
def test_the_law_raises_the_age_by_one_each_two_years_from_60_to_65(born: date, leaves: date) -> None:
    assert TABLE.leaving_date("city", born) == leaves


@given(st.dates(date(1955, 1, 1), date(1980, 12, 31)))
def test_the_laws_table_and_the_walk_agree(born: date) -> None:
    steps = [(date(1963 + n, 4, 1), 60 + n) for n in range(5)]
    age = next((age for born_to, age in steps if born <= born_to), 65)
    assert TABLE.leaving_date("city", born) == walked_leaving_date(born, age)


def test_nobody_leaves_on_31_march_of_the_years_in_which_the_age_rises() -> None:
    years = {left.year for left in leaving_dates().values()}
    assert years.isdisjoint(YEARS_WITHOUT)
    assert {2023, 2025, 2027, 2029, 2031, 2033, 2034, 2035} <= years


def test_everyone_leaves_on_31_march_and_nobody_before_someone_older() -> None:
    found = list(leaving_dates().values())
    assert all((day.month, day.day) == (3, 31) for day in found)
    assert found == sorted(found)


def test_a_kind_of_employer_without_a_table_has_no_retirement_age() -> None:
    assert TABLE.leaving_date("private", date(1960, 1, 1)) is None
    assert TABLE.leaving_date("corporation", date(1960, 1, 1)) is None


def test_a_table_of_its_own_counts_for_one_kind_only() -> None:
    own = (retirement.AgeStep(date(1970, 4, 1), 63), retirement.AgeStep(None, 66))
    table = retirement.RetirementTable({"city": retirement.law_steps(), "association": own})
    assert table.leaving_date("association", date(1970, 4, 1)) == date(2033, 3, 31)
    assert table.leaving_date("association", date(1970, 4, 2)) == date(2037, 3, 31)
    assert table.leaving_date("city", date(1970, 4, 1)) == date(2035, 3, 31)


@given(st.dates(date(1930, 1, 1), date(2030, 12, 31)))
@example(date(1990, 4, 1))
@example(date(1990, 4, 2))
def test_a_cohort_begins_on_2_april(born: date) -> None:
    start = born
    while (start.month, start.day) != (4, 2):
        start -= DAY
    assert retirement.birth_cohort(born) == start.year


def test_the_laws_steps_go_from_early_births_to_everyone_later() -> None:
    *ended, last = retirement.law_steps()
    assert last.born_to is None
    days = [step.born_to for step in ended if step.born_to]
    assert len(days) == len(ended)
    assert days == sorted(days)
