"""What the 理由 of a list must name: the numbers, dates and remarks that the person in charge says or checks."""

from collections.abc import Callable
from datetime import date

from .facts import Contract, Member, World
from .oracle_car import expires
from .oracle_group_life import for_children, for_spouse
from .oracle_guides import guide_units
from .words import (
    age,
    age_at_d,
    age_reached_in_fiscal_year,
    family_size,
    fiscal_year,
    hired_year_no,
    is_guessed,
    leaving_date,
    units,
)

Facts = tuple[str, ...]
STAFF = {"fiscal_year": "会計年度任用職員", "temporary": "臨時・非常勤"}
OTHER_HALF = {"住宅": "家財の保障", "家財": "住宅の保障"}


def said(world: World, list_id: str, member: Member, contracts: list[Contract]) -> Facts:
    """In the order of the sentence; `contracts`: those that put the person on the list."""
    return _SAID[list_id](world, member, contracts) if list_id in _SAID else ()


def _day(day: date | None) -> str:
    assert day is not None
    return f"{day.year}年{day.month}月{day.day}日"


def _age(world: World, member: Member, _: list[Contract]) -> Facts:
    return (f"{age_at_d(world, member)}歳",)


def _year(world: World, member: Member, _: list[Contract]) -> Facts:
    return (f"採用{hired_year_no(world, member)}年目",)


def _hired(world: World, member: Member, contracts: list[Contract]) -> Facts:
    return (*_year(world, member, contracts), f"{fiscal_year(member.hired)}年度採用", *_age(world, member, contracts))


def _menu(*menus: str) -> Callable[[World, Member, list[Contract]], Facts]:
    """The union's menus of 団体生命 that the list names."""
    words = {"standard": "通常", "young": "若年層型", "small": "小口型"}
    return lambda world, member, _: tuple(words[m] for m in menus if m in (member.union.menu or "").split(";"))


def _family(_world: World, member: Member, _: list[Contract]) -> Facts:
    return (f"家族{family_size(member)}人",)


def _without_cover(world: World, member: Member, _: list[Contract]) -> Facts:
    spouse = ("配偶者",) if member.spouse == "yes" and not for_spouse(world, member) else ()
    return spouse + (("お子さん",) if (member.children or 0) > for_children(world, member) else ())


def _units(_world: World, _member: Member, contracts: list[Contract]) -> Facts:
    return (f"{units(contracts)}口",)


def _guide(kind: str) -> Callable[[World, Member, list[Contract]], Facts]:
    return lambda world, member, _: (f"{guide_units(world, member, kind)}口",)


def _since(_world: World, _member: Member, contracts: list[Contract]) -> Facts:
    return (_day(min(c.effective for c in contracts)),)


def _leaves(world: World, member: Member, _: list[Contract]) -> Facts:
    return (_day(leaving_date(world, member)),)


def _guessed(world: World, member: Member, _: list[Contract]) -> Facts:
    return ("要確認",) if is_guessed(world, member) else ()


def _unclear(world: World, member: Member, contracts: list[Contract]) -> Facts:
    return ("要確認",) if member.after in ("undecided", None) else _guessed(world, member, contracts)


def _all(*parts: Callable[[World, Member, list[Contract]], Facts]) -> Callable[[World, Member, list[Contract]], Facts]:
    return lambda world, member, contracts: tuple(fact for part in parts for fact in part(world, member, contracts))


def _count(word: str) -> Callable[[World, Member, list[Contract]], Facts]:
    return lambda _world, _member, contracts: (f"{len(contracts)}{word}",)


def _due(_world: World, _member: Member, contracts: list[Contract]) -> Facts:
    return (_day(min(day for c in contracts if (day := expires(c)))),)


_RETIRING = _all(_leaves, _guessed)
_SAID: dict[str, Callable[[World, Member, list[Contract]], Facts]] = {
    "young-unenrolled": _all(_hired, _menu("young")),
    "new-hire-unenrolled": _all(_hired, _menu("young")),
    "group-life-unenrolled": _all(_age, _year),
    "fiscal-year-staff": _all(lambda _w, m, _c: (STAFF[m.employment],), _year, _menu("standard", "small")),
    "young-follow-up": _all(_year, _age, _since),
    "renewal-premium-notice": _all(_age, _since),
    "group-life-keep": _all(_age, _count("件")),
    "cover-below-guide": _all(_units, _age, _family, _guide("group_life")),
    "contents-below-guide": _all(_units, _age, _family, _guide("contents")),
    "family-unenrolled": _all(_family, _without_cover),
    "late-fifties-notice": _all(_age, _leaves),
    "role-retirement": lambda w, m, _: (f"{age_reached_in_fiscal_year(m.born, w.as_of)}歳",),
    "traffic-unenrolled": _age,
    "care-middle-aged": _age,
    "child-savings": lambda w, m, _: (f"{age(m.youngest or w.as_of, w.as_of)}歳",),
    "retiree-transfer": _all(_leaves, _unclear),
    "pension-unenrolled": _age,
    "pension-top-up": _all(_age, _units),
    "pension-keep": _all(_age, _count("件")),
    "reemployment-lump-sum": _leaves,
    "retiree-pension": _RETIRING,
    "retiree-whole-life": _RETIRING,
    "car-unenrolled": _age,
    "car-no-vehicle-cover": _count("台"),
    "car-family": _all(_family, lambda _w, _m, _c: ("1台",)),
    "car-retiring": _RETIRING,
    "car-as-anchor": _since,
    "cali-expiring": _due,
    "housing-unenrolled": _age,
    "sogo-unenrolled": _hired,
    "fire-retiring": _RETIRING,
    "fire-half-covered": lambda _w, _m, contracts: (OTHER_HALF[contracts[0].type or ""],),
    "fire-new-scheme": lambda _w, _m, contracts: (_day(min(c.renews for c in contracts if c.renews)),),
}
