"""When a roster is too old to trust: after some days, or once a 1 April has passed (people move on that day)."""

from datetime import date

from kyosai_lists.dates import fiscal_year_start


def roster_warning(roster_on: date | None, as_of: date, max_age_days: int, day: str = "基準日") -> str:
    """What is wrong with a roster of that date, "" when nothing is; `day` is what people call `as_of`."""
    if roster_on is None:
        return "名簿がまだ取り込まれていません"
    if (as_of - roster_on).days > max_age_days:
        return f"{day}の{(as_of - roster_on).days}日前の名簿です"
    if roster_on < fiscal_year_start(as_of):
        return "4月1日より前(前年度)の名簿です"
    return ""
