"""Dates as the branch speaks of them: 年度, 事業年度, completed years, 和暦, Excel serials. Nothing here reads the clock.

Sources: lists.md "Words, exactly"; 年齢計算ニ関スル法律; 元号法 and the 政令 of each era; ECMA-376 18.17.4.1 (serials).
"""

import re
import unicodedata
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

FISCAL_START_MONTH = 4
BUSINESS_START_MONTH = 6


def fiscal_year(day: date) -> int:
    """The 年度 (1 April to 31 March) that `day` lies in."""
    return year_from_month(day, FISCAL_START_MONTH)


def business_year(day: date, start_month: int = BUSINESS_START_MONTH) -> int:
    """The 事業年度 (by default 1 June to 31 May) that `day` lies in."""
    return year_from_month(day, start_month)


def year_from_month(day: date, start_month: int) -> int:
    return day.year if day.month >= start_month else day.year - 1


def fiscal_year_start(day: date) -> date:
    return date(fiscal_year(day), FISCAL_START_MONTH, 1)


def fiscal_year_end(day: date) -> date:
    return date(fiscal_year(day) + 1, 3, 31)


def completed_years(born: date, on: date) -> int:
    """Age in completed years; someone born 29 February completes a year on 1 March in a common year."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def earliest_birth(max_age: int, on: date) -> date:
    """The first birth date of anyone aged `max_age` or less on `on`."""
    year = on.year - max_age - 1
    if (on.month, on.day) == (2, 29) and monthrange(year, 2)[1] == 28:
        return date(year, 3, 1)
    return date(year, on.month, on.day) + timedelta(days=1)


def latest_birth(min_age: int, on: date) -> date:
    """The last birth date of anyone aged `min_age` or more on `on`."""
    return _same_or_last_day(on.year - min_age, on.month, on.day)


def months_before(day: date, months: int) -> date:
    """`day` minus `months`: keeps the day, or takes the month's last."""
    index = day.year * 12 + day.month - 1 - months
    return _same_or_last_day(index // 12, index % 12 + 1, day.day)


def years_before(day: date, years: int) -> date:
    return months_before(day, 12 * years)


def first_days_after(day: date, months: int) -> list[date]:
    """The first of each of the next `months` months."""
    return [date(day.year + (day.month + n) // 12, (day.month + n) % 12 + 1, 1) for n in range(months)]


def months_between(earlier: date, later: date) -> int:
    """How many months after that of `earlier` the month of `later` is."""
    return (later.year - earlier.year) * 12 + later.month - earlier.month


def days_after(day: date, days: int) -> date:
    return day + timedelta(days=days)


def _same_or_last_day(year: int, month: int, day: int) -> date:
    return date(year, month, min(day, monthrange(year, month)[1]))


# -- reading ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class DateReading:
    """What a cell says: a day, or `None` for an empty cell or a date that means "none"; `remark` when it is odd but clear."""

    value: date | None
    remark: str | None = None


class UnreadableDate(ValueError):
    """The text is no date, or a date that cannot be. The message says which, in Japanese."""


_ERAS = {
    # first day, last day (both inclusive) of each era
    "M": ("明治", date(1868, 10, 23), date(1912, 7, 29)),
    "T": ("大正", date(1912, 7, 30), date(1926, 12, 24)),
    "S": ("昭和", date(1926, 12, 25), date(1989, 1, 7)),
    "H": ("平成", date(1989, 1, 8), date(2019, 4, 30)),
    "R": ("令和", date(2019, 5, 1), date.max),
}
_ERA_LETTER = {name: letter for letter, (name, _, _) in _ERAS.items()} | {
    "明": "M", "大": "T", "昭": "S", "平": "H", "令": "R",
}  # fmt: skip
_TIME = r"(?:T\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?"
_WEEKDAY = r"(?:\([日月火水木金土](?:曜日?)?\))?"
_TAIL = _WEEKDAY + _TIME + r"$"
_WESTERN = re.compile(r"(\d{4})(?:年|([-/.]))(\d{1,2})(?:月|\2)(\d{1,2})日?" + _TAIL)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})$")
_ERA_NAME = "|".join(sorted(_ERA_LETTER, key=len, reverse=True))
_JAPANESE = re.compile(rf"(?i)([MTSHR]|{_ERA_NAME})(元|\d{{1,2}})[年\-/.](\d{{1,2}})[月\-/.](\d{{1,2}})日?" + _TAIL)
_JAPANESE_COMPACT = re.compile(r"(?i)([MTSHR])(\d{2})(\d{2})(\d{2})$")
# A time of day only on a serial of five digits: "4.1" and "2023.4" are somebody's day or month, not a serial.
_SERIAL = re.compile(r"(?=\d{5}\.|\d+(?:\.0+)?$)(\d{1,5})(?:\.\d+)?$")
_NONE = {"99999999", "99991231"}
_LAST_SERIAL, _LAST_SERIAL_1904 = 2_958_465, 2_957_003  # 9999-12-31


def read_date(text: str, *, epoch_1904: bool = False) -> DateReading:
    """Reads any of the shapes that interface.md §1 names.

    Raises:
        UnreadableDate: the text is no date, or names a day that does not exist.
    """
    # "2023/4/1 00:00": the space before a time must not vanish, or the day becomes 10.
    timed = re.sub(r"\s+(?=\d{1,2}:)", "T", unicodedata.normalize("NFKC", text).strip())
    plain = re.sub(r"\s+", "", timed).replace("−", "-").replace("ー", "-")
    if not plain or plain in _NONE:
        return DateReading(None)
    if found := (_WESTERN.match(plain)):
        year, _, month, day = found.groups()
        return _western(int(year), int(month), int(day))
    if found := (_COMPACT.match(plain)):
        year, month, day = found.groups()
        return _western(int(year), int(month), int(day))
    if found := (_JAPANESE.match(plain) or _JAPANESE_COMPACT.match(plain)):
        return _japanese(*found.groups())
    if re.fullmatch(r"(19|20)\d\d", plain):  # as a serial it would be a day in 1905
        raise UnreadableDate("年だけで、月日がありません")
    if found := _SERIAL.match(plain):
        return DateReading(from_serial(int(found.group(1)), epoch_1904=epoch_1904), "Excelの日付番号として読みました")
    raise UnreadableDate("日付として読めません")


def from_serial(number: int, *, epoch_1904: bool = False) -> date:
    """The day of an Excel serial number; 0 and the 29 February 1900 that never was (60) are refused.

    Raises:
        UnreadableDate: Excel has no such day.
    """
    if number < 0 or number > (_LAST_SERIAL_1904 if epoch_1904 else _LAST_SERIAL):
        raise UnreadableDate("Excelの日付番号として、存在しない日です")
    if epoch_1904:
        return date(1904, 1, 1) + timedelta(days=number)
    if number in (0, 60):
        raise UnreadableDate("Excelの日付番号として、存在しない日です")
    return date(1899, 12, 31 if number < 60 else 30) + timedelta(days=number)


def _western(year: int, month: int, day: int) -> DateReading:
    if (year, month, day) == (9999, 12, 31):
        return DateReading(None)
    return DateReading(_real(year, month, day))


def _japanese(era: str, era_year: str, month: str, day: str) -> DateReading:
    letter = _ERA_LETTER.get(era, era.upper())
    name, first, last = _ERAS[letter]
    number = 1 if era_year == "元" else int(era_year)
    if number == 0:
        raise UnreadableDate(f"{name}0年はありません")
    value = _real(first.year + number - 1, int(month), int(day))
    outside = not first <= value <= last
    return DateReading(value, f"{name}の期間の外の日付です" if outside else None)


def _real(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise UnreadableDate("存在しない日です") from None


def japanese_day(day: date) -> str:
    """`2027年3月31日`"""
    return f"{day.year}年{day.month}月{day.day}日"
