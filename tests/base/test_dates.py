"""Days, ages and years as the branch counts them, against walking the calendar one day at a time."""

from calendar import isleap, monthrange
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kyosai_lists import dates

DAY = timedelta(days=1)
days = st.dates(date(1900, 1, 1), date(2100, 12, 31))


def walked_age(born: date, on: date) -> int:
    """Counts the birthdays passed; whoever was born on 29 February has theirs on 1 March of a common year."""
    age, day = 0, born
    while day < on:
        day += DAY
        moved = (born.month, born.day) == (2, 29) and not isleap(day.year)
        age += (day.month, day.day) == ((3, 1) if moved else (born.month, born.day))
    return age


@given(st.dates(date(1930, 1, 1), date(2030, 12, 31)), st.integers(0, 9000))
@example(date(2000, 2, 29), 365)
@example(date(2000, 2, 29), 366)
@example(date(2000, 2, 29), 4 * 365 + 1)
def test_age_is_the_number_of_birthdays_passed(born: date, later: int) -> None:
    on = born + later * DAY
    assert dates.completed_years(born, on) == walked_age(born, on)


def test_someone_born_on_29_february_completes_a_year_on_1_march_of_a_common_year() -> None:
    assert dates.completed_years(date(2000, 2, 29), date(2001, 2, 28)) == 0
    assert dates.completed_years(date(2000, 2, 29), date(2001, 3, 1)) == 1
    assert dates.completed_years(date(2000, 2, 29), date(2004, 2, 28)) == 3
    assert dates.completed_years(date(2000, 2, 29), date(2004, 2, 29)) == 4


@given(st.integers(0, 30), st.dates(date(1960, 1, 1), date(2060, 12, 31)))
@example(0, date(2024, 2, 29))
@example(3, date(2024, 2, 29))
@example(2, date(2023, 2, 28))
@example(2, date(2023, 3, 1))
def test_earliest_birth_is_the_first_birth_of_anyone_young_enough(max_age: int, on: date) -> None:
    first = dates.earliest_birth(max_age, on)
    assert walked_age(first, on) <= max_age < walked_age(first - DAY, on)


@given(st.integers(0, 30), st.dates(date(1960, 1, 1), date(2060, 12, 31)))
@example(1, date(2024, 2, 29))
@example(4, date(2024, 2, 29))
@example(3, date(2023, 2, 28))
@example(3, date(2023, 3, 1))
def test_latest_birth_is_the_last_birth_of_anyone_old_enough(min_age: int, on: date) -> None:
    last = dates.latest_birth(min_age, on)
    assert walked_age(last, on) >= min_age
    assert last == on or walked_age(last + DAY, on) < min_age


def walked_months_before(day: date, months: int) -> date:
    """Back to the last day of the month before, as often as needed, then back to the same day of the month."""
    walk = day
    for _ in range(months):
        month = walk.month
        while walk.month == month:
            walk -= DAY
    while walk.day > day.day:
        walk -= DAY
    return walk


@given(days, st.integers(0, 60))
@example(date(2027, 3, 31), 1)
@example(date(2028, 3, 30), 1)
@example(date(2028, 2, 29), 12)
def test_months_before_keeps_the_day_or_takes_the_months_last(day: date, months: int) -> None:
    assert dates.months_before(day, months) == walked_months_before(day, months)


@given(days, st.integers(0, 40))
def test_years_before_is_twelve_times_as_many_months(day: date, years: int) -> None:
    there = dates.years_before(day, years)
    assert (there.year, there.month) == (day.year - years, day.month)
    assert there.day == min(day.day, monthrange(there.year, there.month)[1])


@given(days)
@example(date(2026, 3, 31))
@example(date(2026, 4, 1))
def test_fiscal_year_begins_on_the_last_1_april_passed(day: date) -> None:
    start = day
    while (start.month, start.day) != (4, 1):
        start -= DAY
    assert dates.fiscal_year(day) == start.year
    assert dates.fiscal_year_start(day) == start
    assert dates.fiscal_year_end(day) + DAY == date(start.year + 1, 4, 1)


@given(days, st.integers(1, 12))
@example(date(2023, 5, 31), 6)
@example(date(2023, 6, 1), 6)
def test_business_year_begins_in_whatever_month_is_configured(day: date, month: int) -> None:
    start = day
    while (start.month, start.day) != (month, 1):
        start -= DAY
    assert dates.business_year(day, month) == start.year


def test_the_plans_business_year_2023_begins_on_1_june() -> None:
    assert dates.business_year(date(2023, 5, 31)) == 2022
    assert dates.business_year(date(2023, 6, 1)) == 2023


@given(days, st.integers(0, 400))
def test_days_after_counts_days(day: date, count: int) -> None:
    assert (dates.days_after(day, count) - day).days == count


def test_a_day_is_named_in_japanese_without_padding() -> None:
    assert dates.japanese_day(date(2027, 3, 1)) == "2027年3月1日"


# -- reading ---------------------------------------------------------------------------------------------------------

ERAS = (("明治", "M", 1868), ("大正", "T", 1912), ("昭和", "S", 1926), ("平成", "H", 1989), ("令和", "R", 2019))
FIRST_DAYS = (date(1868, 10, 23), date(1912, 7, 30), date(1926, 12, 25), date(1989, 1, 8), date(2019, 5, 1))
WIDE = str.maketrans("0123456789./-", "０１２３４５６７８９．／－")


def era_of(day: date) -> tuple[str, str, int]:
    index = max(i for i, first in enumerate(FIRST_DAYS) if first <= day)
    name, letter, first_year = ERAS[index]
    return name, letter, day.year - first_year + 1


def western_forms(day: date) -> list[str]:
    y, m, d = day.year, day.month, day.day
    return [
        f"{y}-{m:02}-{d:02}", f"{y}/{m}/{d}", f"{y}/{m:02}/{d:02}", f"{y}{m:02}{d:02}", f"{y}年{m}月{d}日",
        f"{y}年{m:02}月{d:02}日", f"{y}.{m}.{d}", f" {y}/{m}/{d} ", f"{y}年 {m}月 {d}日", f"{y}−{m:02}−{d:02}",
        f"{y}-{m:02}-{d:02}T00:00:00", f"{y}-{m:02}-{d:02} 00:00:00", f"{y}/{m}/{d} 0:00", f"{y}/{m}/{d} 00:00:00",
        f"{y}/{m}/{d} 11:23", f"{y}/{m}/{d}　1:23:45", f"{y}/{m}/{d}(月)", f"{y}年{m}月{d}日(土曜日) 9:30",
    ]  # fmt: skip


def japanese_forms(day: date) -> list[str]:
    name, letter, n = era_of(day)
    m, d = day.month, day.day
    forms = [
        f"{name}{n}年{m}月{d}日", f"{name}{n:02}年{m:02}月{d:02}日", f"{letter}{n}.{m}.{d}", f"{letter}{n:02}/{m:02}/{d:02}",
        f"{letter.lower()}{n}-{m}-{d}", f"{name[0]}{n}.{m}.{d}", f"{letter}{n:02}{m:02}{d:02}", f"{name} {n}年 {m}月 {d}日",
        f"{name}{n}年{m}月{d}日(水)", f"{letter}{n}.{m}.{d} 10:05",
    ]  # fmt: skip
    if n == 1:
        forms += [f"{name}元年{m}月{d}日", f"{letter}元.{m}.{d}"]
    return forms


@given(st.dates(date(1873, 1, 1), date(2099, 12, 31)))
@example(date(2019, 5, 1))
@example(date(1989, 1, 8))
@example(date(2023, 4, 1))
@example(date(2024, 2, 29))
def test_every_written_form_of_a_day_reads_as_that_day_without_a_remark(day: date) -> None:
    for form in western_forms(day) + japanese_forms(day):
        for text in (form, form.translate(WIDE)):
            assert dates.read_date(text) == dates.DateReading(day), text


@pytest.mark.parametrize("text", ["", "  ", "　", "99999999", "9999/12/31", "9999-12-31", "9999年12月31日", "99991231"])
def test_what_means_none_reads_as_none(text: str) -> None:
    assert dates.read_date(text) == dates.DateReading(None)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("S64.1.7", date(1989, 1, 7)), ("H1.1.8", date(1989, 1, 8)), ("平成元年1月8日", date(1989, 1, 8)),
        ("H31.4.30", date(2019, 4, 30)), ("R1.5.1", date(2019, 5, 1)), ("R元.5.1", date(2019, 5, 1)),
        ("T15.12.24", date(1926, 12, 24)), ("S1.12.25", date(1926, 12, 25)), ("M45.7.29", date(1912, 7, 29)),
        ("T1.7.30", date(1912, 7, 30)), ("㍼60年4月1日", date(1985, 4, 1)), ("㋿5年4月1日", date(2023, 4, 1)),
    ],
)  # fmt: skip
def test_the_first_and_last_day_of_an_era_are_within_it(text: str, day: date) -> None:
    assert dates.read_date(text) == dates.DateReading(day)


@pytest.mark.parametrize(
    ("text", "day", "era"),
    [
        ("S64.1.8", date(1989, 1, 8), "昭和"), ("H1.1.7", date(1989, 1, 7), "平成"), ("H31.5.1", date(2019, 5, 1), "平成"),
        ("R1.4.30", date(2019, 4, 30), "令和"), ("H45.3.31", date(2033, 3, 31), "平成"), ("昭和100年4月1日", None, ""),
        ("S99.4.1", date(2024, 4, 1), "昭和"), ("T15.12.25", date(1926, 12, 25), "大正"),
    ],
)  # fmt: skip
def test_a_day_outside_its_era_is_read_and_flagged(text: str, day: date | None, era: str) -> None:
    if day is None:
        with pytest.raises(dates.UnreadableDate):
            dates.read_date(text)
    else:
        assert dates.read_date(text) == dates.DateReading(day, f"{era}の期間の外の日付です")


@pytest.mark.parametrize(
    "text",
    [
        "2023/2/29", "20230229", "昭和61年2月30日", "2023/13/1", "2023/4/31", "2023/0/1", "20230400", "00000000", "S0.4.1",
        "平成0年1月1日", "R5.2.29",
    ],
)  # fmt: skip
def test_a_day_that_cannot_be_is_refused(text: str) -> None:
    with pytest.raises(dates.UnreadableDate, match=r"存在しない|0年"):
        dates.read_date(text)


@pytest.mark.parametrize(
    "text",
    [
        "先週末", "死亡？", "4/1", "4.1", "2023.4", "2023/4", "1/4/2023", "X5.4.1", "5.4.1", "2023-4/1", "202341",
        "-1", "123456", "2023/4/1から", "2023/4/111:23", "2023/4/1/1", "令和5年", "H5",
    ],
)  # fmt: skip
def test_what_is_no_date_is_refused_and_never_guessed(text: str) -> None:
    with pytest.raises(dates.UnreadableDate):
        dates.read_date(text)


def test_serials_of_the_1900_system_step_over_the_29_february_that_never_was() -> None:
    assert [dates.from_serial(n) for n in (1, 59, 61)] == [date(1900, 1, 1), date(1900, 2, 28), date(1900, 3, 1)]
    for number in (0, 60, -1, 2_958_466):
        with pytest.raises(dates.UnreadableDate):
            dates.from_serial(number)
    assert dates.from_serial(2_958_465) == date(9999, 12, 31)


def test_serials_of_the_1904_system_begin_with_zero() -> None:
    assert dates.from_serial(0, epoch_1904=True) == date(1904, 1, 1)
    assert dates.from_serial(60, epoch_1904=True) == date(1904, 3, 1)
    assert dates.from_serial(2_957_003, epoch_1904=True) == date(9999, 12, 31)
    for number in (-1, 2_957_004):
        with pytest.raises(dates.UnreadableDate):
            dates.from_serial(number, epoch_1904=True)


def test_neighbouring_serials_are_neighbouring_days() -> None:
    known = [dates.from_serial(n) for n in range(61, 60_000)]
    assert all(b - a == DAY for a, b in pairwise(known))


@pytest.mark.parametrize("text", ["45017", "45017.0", "45017.75", "４５０１７"])
def test_a_serial_is_read_and_flagged_in_both_systems(text: str) -> None:
    assert dates.read_date(text) == dates.DateReading(date(2023, 4, 1), "Excelの日付番号として読みました")
    assert dates.read_date(text, epoch_1904=True).value == date(2027, 4, 2)


@pytest.mark.parametrize("year", ["1985", "2023", "２０２３", "2099"])
def test_a_bare_year_is_no_day_and_is_not_taken_for_a_serial_of_1905(year: str) -> None:
    with pytest.raises(dates.UnreadableDate, match="年だけ"):
        dates.read_date(year)
