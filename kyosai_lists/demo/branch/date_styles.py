"""The many ways in which offices write one date, and half-width kana."""

import unicodedata
from collections.abc import Callable
from datetime import date
from random import Random

_ERAS = (
    ("令和", "R", date(2019, 5, 1)),
    ("平成", "H", date(1989, 1, 8)),
    ("昭和", "S", date(1926, 12, 25)),
    ("大正", "T", date(1912, 7, 30)),
)
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")

Style = Callable[[date], str]


def iso(day: date) -> str:
    return day.isoformat()


def slashes(day: date) -> str:
    return f"{day.year}/{day.month}/{day.day}"


def compact(day: date) -> str:
    return f"{day:%Y%m%d}"


def era_words(day: date) -> str:
    """昭和60年4月1日; the first year is 元年."""
    name, _, year = _era(day)
    return f"{name}{'元' if year == 1 else year}年{day.month}月{day.day}日"


def era_words_wide(day: date) -> str:
    """昭和６０年４月１日"""
    return era_words(day).translate(_FULL_WIDTH)


def era_dots(day: date) -> str:
    """S60.4.1"""
    _, letter, year = _era(day)
    return f"{letter}{year}.{day.month}.{day.day}"


def era_slashes(day: date) -> str:
    """S60/04/01"""
    _, letter, year = _era(day)
    return f"{letter}{year:02}/{day.month:02}/{day.day:02}"


def _era(day: date) -> tuple[str, str, int]:
    name, letter, first = next(era for era in _ERAS if day >= era[2])
    return name, letter, day.year - first.year + 1


WESTERN: tuple[Style, ...] = (iso, slashes, compact)
JAPANESE: tuple[Style, ...] = (era_words, era_words_wide, era_dots, era_slashes)
# What a branch that types up many unions' lists ends up with.
MIXED: tuple[Style, ...] = (
    slashes,
    slashes,
    slashes,
    iso,
    iso,
    compact,
    era_words,
    era_words_wide,
    era_dots,
    era_slashes,
)


def written(rng: Random, day: date | None, styles: tuple[Style, ...]) -> str:
    return rng.choice(styles)(day) if day else ""


def half_width_kana(text: str) -> str:
    """ヤマダ ハナコ → ﾔﾏﾀﾞ ﾊﾅｺ; what has no half-width form stays."""
    return text.translate(_HALF)


def _half_table() -> dict[int, str]:
    table = {}
    for code in range(0xFF61, 0xFF9E):
        single = chr(code)
        table[ord(unicodedata.normalize("NFKC", single))] = single
        for mark in "ﾞﾟ":
            joined = unicodedata.normalize("NFKC", single + mark)
            if len(joined) == 1:
                table[ord(joined)] = single + mark
    return table


_HALF = _half_table()
