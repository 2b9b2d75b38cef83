"""Whether a column's dates are births, hires, beginnings or ends: by their years, and by the columns beside them."""

from datetime import date

from kyosai_lists.dates import latest_birth, years_before
from kyosai_lists.intake.layouts import Column
from kyosai_lists.intake.proposing import shapes as s
from kyosai_lists.intake.proposing.evidence import MOSTLY, NOTHING, Evidence, Judge, Surroundings
from kyosai_lists.intake.proposing.profile import Profile

_WORKING_AGE = 14


def day(profile: Profile, column: Column, around: Surroundings) -> Evidence:
    if profile.day_share < 0.5:
        return Evidence(-0.7, "中身が日付ではありません")
    if not profile.real_days:
        return NOTHING
    plausible = _PLAUSIBLE_DAYS.get(column.field)
    found = plausible(profile, around) if plausible else Evidence(0.3, "中身が日付です")
    serial = profile.share(*s.DAYS) < 0.5  # five digits are as often a code
    weight = profile.day_share * (0.6 if serial else 1)
    return Evidence(found.score * weight if found.score > 0 else found.score, found.reason)


def _between(profile: Profile, first: date, last: date) -> float:
    days = profile.real_days
    return sum(first.isoformat() <= day <= last.isoformat() for day in days) / len(days)


def _middle(profile: Profile) -> str:
    return profile.real_days[len(profile.real_days) // 2]


def _on_first_of_month(profile: Profile) -> float:
    return sum(day.endswith("-01") for day in profile.real_days) / len(profile.real_days)


def _births(profile: Profile, around: Surroundings) -> Evidence:
    alive = _between(profile, latest_birth(120, around.today), latest_birth(_WORKING_AGE, around.today))
    if alive < MOSTLY:
        return Evidence(-0.6, "働く人の生年月日にしては、年が合いません")
    grown_up = _middle(profile) < years_before(around.today, 22).isoformat()
    later = any(other.lies_after(profile, _WORKING_AGE) for other in around.profiles if other is not profile)
    spread = _on_first_of_month(profile) < 0.35
    score = 0.35 + 0.15 * grown_up + 0.3 * later + 0.1 * spread + 0.1 * (profile.filled_share >= 0.95)
    return Evidence(score, "中身が生年月日らしい日付です")


def _hires(profile: Profile, around: Surroundings) -> Evidence:
    if _between(profile, date(1950, 1, 1), date(around.today.year + 1, 12, 31)) < MOSTLY:
        return Evidence(-0.6, "採用の日にしては、年が合いません")
    earlier = any(profile.lies_after(other, _WORKING_AGE) for other in around.profiles if other is not profile)
    firsts = _on_first_of_month(profile) >= 0.35
    score = 0.25 + 0.25 * earlier + 0.3 * firsts + 0.15 * (profile.filled_share >= 0.95)
    return Evidence(
        score, "中身が採用の日らしい日付です(生年月日より後で、1日付けが多い)" if firsts else "中身が日付です"
    )


def _youngest(profile: Profile, around: Surroundings) -> Evidence:
    if _between(profile, years_before(around.today, 60), around.today) < MOSTLY:
        return Evidence(-0.6, "子どもの生年月日にしては、年が合いません")
    return Evidence(0.45 if profile.filled_share < 0.9 else 0.2, "中身が子どもの生年月日らしい日付です")


def _future(profile: Profile, around: Surroundings) -> Evidence:
    ahead = _between(profile, years_before(around.today, 1), date(around.today.year + 60, 12, 31))
    return Evidence(0.55, "中身がこれからの日付です") if ahead >= MOSTLY else Evidence(0, "中身が日付です")


def _begins(profile: Profile, around: Surroundings) -> Evidence:
    always = profile.filled_share >= 0.95 and not profile.shapes[s.NO_DAY]
    past = _between(profile, date(1950, 1, 1), date(around.today.year + 2, 12, 31))
    if past < MOSTLY:
        return Evidence(-0.3, "始まりの日にしては、年が合いません")
    earlier = any(other.lies_after(profile, 0) for other in around.profiles if other is not profile)
    return Evidence(0.35 + 0.2 * always + 0.2 * earlier, "中身が、始まりらしい日付です")


def _ends(profile: Profile, around: Surroundings) -> Evidence:
    earlier = any(profile.lies_after(other, 0) for other in around.profiles if other is not profile)
    none = profile.shapes[s.NO_DAY] > 0
    return Evidence(0.3 + 0.2 * earlier + 0.2 * none, "中身が、終わりらしい日付です")


_PLAUSIBLE_DAYS: dict[str, Judge] = {
    "born_on": _births,
    "hired_on": _hires,
    "youngest_born_on": _youngest,
    "leaving_planned_on": _future,
    "renews_on": _future,
    "effective_on": _begins,
    "starts_on": _begins,
    "received_on": _begins,
    "ended_on": _ends,
    "ends_on": _ends,
}
