"""Working lives: when someone was born and hired, on what terms, and when and how they leave."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from itertools import accumulate
from random import Random

from kyosai_lists.dates import completed_years, fiscal_year
from kyosai_lists.demo.branch.beginnings import adult_born, born_at_age, hired_after_school
from kyosai_lists.demo.moment import Moment
from kyosai_lists.retirement import (
    REEMPLOYED_UNTIL_AGE,
    RetirementTable,
    law_steps,
    march_after_reaching,
)


@dataclass(frozen=True, slots=True)
class Career:
    """`since`: the first day as a member (before a 再任用, too). `gone_on`: the day cover at work ended, for those who left."""

    born: date
    hired: date
    employment: str
    status: str = "現職"
    leaving: date | None = None
    after: str = ""
    since: date = date.min
    gone_on: date | None = None


@cache
def law() -> RetirementTable:
    """Every union of the branch is a municipality's, so the law's table holds for all."""
    return RetirementTable({"city": law_steps(), "town": law_steps()})


# Age in service: many around thirty and around fifty, few in their early forties (the years of few hirings).
_AGES = range(18, 65)
_AGE_WEIGHTS = tuple(
    accumulate(4 if a < 22 else 13 if a < 32 else 10 if a < 38 else 8 if a < 45 else 14 if a < 55 else 9 for a in _AGES)
)


def draw_career(rng: Random, moment: Moment, kind: str, sex: str) -> Career:
    """One life, believable on the day of `moment`. `kind` is the union's 単組区分."""
    draw = rng.random()
    if draw < 0.610:
        return _with_leave(rng, _with_plans(rng, moment, kind, _regular(rng, moment, kind)), moment, sex)
    if draw < 0.742:
        return _by_the_year(rng, moment)
    if draw < 0.782:
        return _reemployed(rng, moment, kind)
    if draw < 0.822:
        return _temporary(rng, moment)
    if draw < 0.982:
        return _retired(rng, moment, kind)
    status = "脱退" if draw < 0.993 else "死亡"
    return _gone(rng, moment, _regular(rng, moment, kind), status)


def _regular(rng: Random, moment: Moment, kind: str) -> Career:
    while True:
        born = born_at_age(rng, moment, rng.choices(_AGES, cum_weights=_AGE_WEIGHTS)[0])
        hired = hired_after_school(rng, born)
        leaves = law().leaving_date(kind, born)
        if hired <= moment.roster_on and (leaves is None or leaves >= moment.as_of):
            return Career(born, hired, "正規", since=hired)


def _with_plans(rng: Random, moment: Moment, kind: str, career: Career) -> Career:
    leaves = law().leaving_date(kind, career.born)
    draw = rng.random()
    if leaves == moment.year_end:
        after = rng.choices(("完全離脱", "再任用予定", "未定", "他団体", ""), (40, 34, 10, 5, 11))[0]
        return replace(career, leaving=leaves if draw < 0.8 else None, after=after)
    if draw < 0.012:
        early = moment.year_end if draw < 0.009 else max(moment.as_of, date(moment.as_of.year, 12, 31))
        after = rng.choices(("完全離脱", "他団体", "未定", ""), (50, 25, 10, 15))[0]
        return replace(career, leaving=min(early, moment.year_end), after=after)
    if leaves is not None and leaves.year == moment.year_end.year + 1 and draw < 0.3:
        return replace(career, leaving=leaves, after="未定")
    return career


def _with_leave(rng: Random, career: Career, moment: Moment, sex: str) -> Career:
    age = completed_years(career.born, moment.as_of)
    likely = 0.07 if sex == "女" and 25 <= age <= 40 else 0.012
    return replace(career, status="休職") if rng.random() < likely else career


def _reemployed(rng: Random, moment: Moment, kind: str) -> Career:
    """Someone past 定年 and not yet past the year of their 65th birthday; in times without such people, a 正規."""
    cohorts = [
        cohort
        for cohort in range(fiscal_year(moment.roster_on) - 67, fiscal_year(moment.roster_on) - 58)
        if (leaves := law().leaving_date(kind, date(cohort, 10, 1)))
        and leaves < moment.roster_on
        and march_after_reaching(date(cohort, 10, 1), REEMPLOYED_UNTIL_AGE) >= moment.as_of
    ]
    if not cohorts:
        return _regular(rng, moment, kind)
    born = date(rng.choice(cohorts), 4, 2) + timedelta(days=rng.randrange(365))
    left = law().leaving_date(kind, born)
    assert left is not None
    last = march_after_reaching(born, REEMPLOYED_UNTIL_AGE)
    career = Career(born, left + timedelta(days=1), "再任用", since=hired_after_school(rng, born))
    if last == moment.year_end and rng.random() < 0.6:
        return replace(career, leaving=last, after="完全離脱")
    return career


def _by_the_year(rng: Random, moment: Moment) -> Career:
    year = fiscal_year(moment.roster_on) - rng.choices((0, 1, 2, 3, 4, 5), (25, 20, 17, 15, 13, 10))[0]
    hired = date(year, 4, 1)
    career = Career(adult_born(rng, moment, hired, 66), hired, "会計年度任用職員", since=hired)
    if rng.random() < 0.1:
        return replace(career, after=rng.choice(("完全離脱", "未定")), leaving=rng.choice((None, moment.year_end)))
    return career


def _temporary(rng: Random, moment: Moment) -> Career:
    months_ago = rng.randrange(40)
    first = moment.roster_on.replace(day=1)
    index = first.year * 12 + first.month - 1 - months_ago
    hired = date(index // 12, index % 12 + 1, 1)
    return Career(adult_born(rng, moment, hired, 70), hired, "臨時・非常勤", since=hired)


def _retired(rng: Random, moment: Moment, kind: str) -> Career:
    while True:
        born = born_at_age(rng, moment, min(rng.randrange(60, 86), rng.randrange(60, 90)))
        leaves = law().leaving_date(kind, born)
        if leaves is not None and leaves < moment.roster_on:
            hired = hired_after_school(rng, born)
            after = "完全離脱" if rng.random() < 0.7 else ""
            return Career(born, hired, "正規", "退職", leaves, after, since=hired, gone_on=leaves)


def _gone(rng: Random, moment: Moment, career: Career, status: str) -> Career:
    span = min((moment.roster_on - career.hired).days, 4 * 365)
    gone_on = moment.roster_on - timedelta(days=rng.randrange(span + 1))
    return replace(career, status=status, gone_on=gone_on)
