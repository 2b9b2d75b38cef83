"""The day of issue: 開始日 less 発行日数前, moved to the working day before (fault 42)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kyosai_lists.campaigns.issue_day import day_off, issue_day
from tests.campaigns.plans import days

# 国立天文台 暦要項, 令和8年・令和9年
NATIONAL = {
    date(2026, month, day)
    for month, day in [
        (1, 1), (1, 12), (2, 11), (2, 23), (3, 20), (4, 29), (5, 3), (5, 4), (5, 5), (5, 6), (7, 20), (8, 11),
        (9, 21), (9, 22), (9, 23), (10, 12), (11, 3), (11, 23),
    ]
} | {
    date(2027, month, day)
    for month, day in [
        (1, 1), (1, 11), (2, 11), (2, 23), (3, 21), (3, 22), (4, 29), (5, 3), (5, 4), (5, 5), (7, 19), (8, 11),
        (9, 20), (9, 23), (10, 11), (11, 3), (11, 23),
    ]
}  # fmt: skip


def test_banks_are_closed_on_weekends_national_holidays_and_around_new_year() -> None:
    day = date(2026, 1, 1)
    while day < date(2028, 1, 1):
        around_new_year = (day.month, day.day) in {(12, 31), (1, 1), (1, 2), (1, 3)}
        assert bool(day_off(day)) == (day.weekday() > 4 or day in NATIONAL or around_new_year), day
        day += timedelta(days=1)


@pytest.mark.parametrize(
    ("starts_on", "ahead", "on", "why"),
    [
        (date(2026, 11, 16), 14, date(2026, 11, 2), ""),
        (date(2027, 1, 12), 30, date(2026, 12, 11), "日曜日"),
        (date(2027, 1, 4), 0, date(2027, 1, 4), ""),
        (date(2027, 1, 4), 1, date(2026, 12, 30), "銀行休業日"),  # 4 January less a day is a holiday until 31 December
        (date(2026, 12, 31), None, date(2026, 12, 30), "銀行休業日"),
        (date(2026, 5, 6), 0, date(2026, 5, 1), "振替休日"),  # the whole of the golden week
        (date(2026, 9, 24), 1, date(2026, 9, 18), "秋分の日"),  # 国民の休日 and a weekend before it
        (date(2027, 4, 1), 7, date(2027, 3, 25), ""),
        (date(2027, 6, 1), 1, date(2027, 5, 31), ""),
        (date(2028, 3, 1), 1, date(2028, 2, 29), ""),
        (date(2027, 3, 1), 1, date(2027, 2, 26), "日曜日"),
        (date(2027, 3, 31), 59, date(2027, 1, 29), "日曜日"),
    ],
)
def test_known_days(starts_on: date, ahead: int | None, on: date, why: str) -> None:
    found = issue_day(starts_on, ahead)
    assert (found.on, found.why) == (on, why)
    assert found.planned == starts_on - timedelta(days=ahead or 0)


@given(days, st.integers(0, 366))
def test_it_is_the_last_working_day_not_after_the_planned_one(starts_on: date, ahead: int) -> None:
    found = issue_day(starts_on, ahead)
    skipped = [found.on + timedelta(days=n) for n in range(1, (found.planned - found.on).days + 1)]
    assert not day_off(found.on)
    assert all(day_off(day) for day in skipped)
    assert bool(found.why) == bool(skipped)


def test_years_whose_holidays_nobody_knows_have_weekends() -> None:
    assert day_off(date(2150, 1, 1)) == ""  # a Thursday
    assert day_off(date(2150, 1, 3)) == "土曜日"
