"""What the rows above a header, or the file's name, say of the whole: the unit's code and the day the roster is of."""

import re
import unicodedata
from calendar import monthrange
from datetime import date

from kyosai_lists.dates import UnreadableDate, read_date

_UNIT_CODE = re.compile(r"単\s*組\s*(?:コ\s*ー\s*ド|C\s*D|番\s*号)\s*[:=]?\s*([0-9A-Za-z]+)", re.IGNORECASE)
_YEAR = r"(?:(?<!\d)\d{4}|(?:令\s*和|平\s*成|[RH])\s*(?:元|\d{1,2}))"
_AS_OF = re.compile(
    rf"({_YEAR}\s*[年./-]\s*\d{{1,2}}\s*[月./-]\s*(?:末\s*日?|\d{{1,2}}\s*日?))\s*(?:現在|時点)", re.IGNORECASE
)
_EIGHT_DIGITS = re.compile(r"(?<!\d)(?:19|20)\d{6}(?!\d)")


def unit_code(cells: list[str]) -> str | None:
    """The code in a row such as `2026年10月末現在　単組コード：１７００２`, in plain digits."""
    found = _UNIT_CODE.search(_one_line(cells))
    return found[1] if found else None


def as_of(cells: list[str]) -> date | None:
    """The day in a row such as `令和8年10月末現在` or `2026/10/31現在`."""
    found = _AS_OF.search(_one_line(cells))
    if not found:
        return None
    text = re.sub(r"\s+", "", found[1])
    month_end = re.sub(r"末日?$", "1日", text)
    try:
        day = read_date(month_end).value
    except UnreadableDate:
        return None
    if day and month_end != text:
        return day.replace(day=monthrange(day.year, day.month)[1])
    return day


def date_in_name(name: str) -> date | None:
    """The eight digits in a file's name, if they are a day."""
    for digits in _EIGHT_DIGITS.findall(unicodedata.normalize("NFKC", name)):
        try:
            return read_date(digits).value
        except UnreadableDate:
            continue
    return None


def _one_line(cells: list[str]) -> str:
    return unicodedata.normalize("NFKC", " ".join(cells))
