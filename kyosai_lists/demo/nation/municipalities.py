"""The 47 prefectures and the 1,741 municipalities (市区町村) with their codes.

Source: 総務省 全国地方公共団体コード (JIS X 0401, 0402), as of October 2020; no municipality was founded or merged since.
`municipalities.txt` has a line for each prefecture: its code and name, then each municipality as the last three digits of
its code, its check digit and its name.
"""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True)
class Municipality:
    """`code`: five digits, the first two the prefecture's."""

    code: str
    check_digit: str
    name: str


@dataclass(frozen=True)
class Prefecture:
    code: str
    name: str
    municipalities: tuple[Municipality, ...]


@cache
def prefectures() -> tuple[Prefecture, ...]:
    """In the order of their codes."""
    text = files("kyosai_lists.demo.nation").joinpath("municipalities.txt").read_text("utf-8")
    return tuple(_prefecture(*line.split(" ")) for line in text.splitlines())


def _prefecture(code: str, name: str, *places: str) -> Prefecture:
    return Prefecture(code, name, tuple(Municipality(code + place[:3], place[3], place[4:]) for place in places))
