"""Which unions and prefectures must be on each list about them, and with what figures, read from lists.md in plain Python.

No SQL, no frames, nothing of the product: every person and every contract is looked at in turn. Slow on purpose.
"""

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

from .facts import Contract, Member, Union, World
from .oracle import IN_SERVICE, LISTS, verdict
from .words import has, held_by, hired_year_no, is_held, months_before

Figures = tuple[object, ...]
"""What stands in a row, in the order of the columns; a share of 1 as a float."""
DEFAULTS = {
    "low_rate": 30,
    "low_disaster_rate": 70,
    "low_large_rate": 25,
    "low_vehicle_rate": 60.6,
    "least_decrease": 350,
}
COULD_CLOSE = ("young-unenrolled", "new-hire-unenrolled", "group-life-unenrolled", "fiscal-year-staff")
NO_TARGET = "この事業年度の団体生命共済の保有目標(件数)が取り込まれていません"


def expected_rows(world: World, list_id: str, start_month: int = 6) -> dict[str, Figures]:
    """By 単組コード, of branch-priority by 県コード."""
    if list_id == "branch-priority":
        return _branch_priority(world)
    if list_id == "union-model":
        return {u.code: _model(world, u, start_month) for u in world.unions if u.model == "yes"}
    rows = {union.code: _OF_UNION[list_id](world, union) for union in world.unions}
    return {code: row for code, row in rows.items() if row is not None}


def _percent(world: World, name: str) -> Fraction:
    return Fraction(str(world.numbers.get(name, DEFAULTS.get(name))))


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _is_below(part: int, whole: int, percent: Fraction) -> bool:
    """A rate without a denominator is no low rate."""
    return whole > 0 and Fraction(part, whole) * 100 < percent


def in_service(world: World, union: Union) -> list[Member]:
    return [m for m in world.members if m.union == union and m.status in IN_SERVICE]


def contracts_of(world: World, union: Union, product: str) -> list[Contract]:
    """Held by anybody of the union, in service or not."""
    return [c for m in world.members if m.union == union for c in held_by(world, m, product)]


# -- the lists -------------------------------------------------------------------------------------------------------


def _not_participating(world: World, union: Union) -> Figures | None:
    if union.sogo != "no":
        return None
    return ("産別統合" if union.kind == "merged" else ""), len(in_service(world, union))


def _joint_enrolment_missed(world: World, union: Union) -> Figures | None:
    hired = [m for m in in_service(world, union) if m.employment == "regular" and hired_year_no(world, m) == 1]
    without = [m for m in hired if not has(world, m, "group_life")]
    if not without:
        return None
    enrolled = len(hired) - len(without)
    return len(hired), enrolled, len(without), _share(enrolled, len(hired))


def _low_enrolment(world: World, union: Union) -> Figures | None:
    people = in_service(world, union)
    holders = [m for m in people if held_by(world, m, "group_life")]
    if not _is_below(len(holders), len(people), _percent(world, "low_rate")):
        return None
    return len(people), len(holders), _share(len(holders), len(people))


def _model(world: World, union: Union, start_month: int) -> Figures:
    held = len(contracts_of(world, union, "group_life"))
    target = target_of(world, union, start_month)
    lists = [list_id for list_id in COULD_CLOSE if list_id in LISTS]
    listed = [m for m in world.members if m.union == union and any(verdict(world, i, m).listed for i in lists)]
    shortfall = None if target is None else max(target - held, 0)
    return target, held, shortfall, len(listed), NO_TARGET if target is None else ""


def target_of(world: World, union: Union, start_month: int) -> int | None:
    """第2次 takes the place of 第1次: the plan says that it is the same target, made more precise."""
    year = world.as_of.year if world.as_of.month >= start_month else world.as_of.year - 1
    sought = (year, union.code, "group_life", "held", "contracts")
    mine = {t.round: t.value for t in world.targets if (t.year, t.union, t.product, t.kind, t.measure) == sought}
    return mine.get("second", mine.get("first"))


def _cali_agreement(world: World, union: Union) -> Figures | None:
    return (len(in_service(world, union)), len(contracts_of(world, union, "my_car"))) if union.cali == "no" else None


def _attachment(world: World, union: Union) -> Figures | None:
    fires, cars = contracts_of(world, union, "fire"), contracts_of(world, union, "my_car")
    disasters = contracts_of(world, union, "natural_disaster")
    covered = [f for f in fires if has_attached(world, f, "natural_disaster")]
    large = [d for d in disasters if d.type == "大型"]
    insured = [c for c in cars if has_attached(world, c, "vehicle_damage")]
    low = [
        word
        for word, part, whole, name in (
            ("自然災害", covered, fires, "low_disaster_rate"),
            ("大型", large, disasters, "low_large_rate"),
            ("車両損害", insured, cars, "low_vehicle_rate"),
        )
        if _is_below(len(part), len(whole), _percent(world, name))
    ]
    figures = [n for a, b in ((fires, covered), (disasters, large), (cars, insured)) for n in _of(len(a), len(b))]
    return (*figures, " ".join(low)) if low else None


def _of(whole: int, part: int) -> Figures:
    return whole, part, _share(part, whole)


def has_attached(world: World, main: Contract, product: str) -> bool:
    """Held, and naming this contract (whosever it is), or the same member's and naming none."""
    for other in world.contracts:
        mine = other.main is None and other.member == main.member
        if other.product == product and is_held(world, other) and (other.main == main.key or mine):
            return True
    return False


_OF_UNION: dict[str, Callable[[World, Union], Figures | None]] = {
    "union-not-participating": _not_participating,
    "union-joint-enrolment-missed": _joint_enrolment_missed,
    "union-low-enrolment": _low_enrolment,
    "union-cali-agreement": _cali_agreement,
    "union-attachment": _attachment,
}
ABOUT_UNIONS = (*_OF_UNION, "union-model", "branch-priority")


def _branch_priority(world: World) -> dict[str, Figures]:
    now = _held_by_prefecture(world)
    before = _held_by_prefecture(replace(world, as_of=months_before(world.as_of, 12)))
    national = _national_rate(world, now, before)
    rows: dict[str, Figures] = {}
    for pref in now:
        lost = before[pref] - now[pref]
        if national is None or lost < _percent(world, "least_decrease"):
            continue
        rate = Fraction(lost, before[pref])
        if rate > national:
            rows[pref] = now[pref], before[pref], lost, float(rate), float(national)
    return rows


def _held_by_prefecture(world: World) -> dict[str, int]:
    """Only of people who are here: a contract that waits for its member is counted nowhere."""
    counts = dict.fromkeys(sorted({u.pref for u in world.unions}), 0)
    for member in world.members:
        counts[member.pref] += len(held_by(world, member, "group_life"))
    return counts


def _national_rate(world: World, now: dict[str, int], before: dict[str, int]) -> Fraction | None:
    if len(now) == 47:
        return Fraction(sum(before.values()) - sum(now.values()), sum(before.values()))
    return _percent(world, "national_rate") / 100 if "national_rate" in world.numbers else None
