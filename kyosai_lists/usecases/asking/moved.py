"""Who came to a list and who left it, and what made the difference."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from kyosai_lists.segments.explain import conditions_met
from kyosai_lists.segments.parameters import BoundRule
from kyosai_lists.segments.run import Segments

_NOT_STORED = "今は登録されていません"
_ALWAYS_AMISS = "今のデータでは、どちらの日も満たしません"
_NEVER_AMISS = "今のデータでは、どちらの日も対象です"


@dataclass(frozen=True)
class Reason:
    """Why somebody was on the list on one side and not on the other.

    `conditions`: the sentences, as of the side without the person, of what was not met there. `suppressed`: what kept them
    off there, when every condition was met. `remark`: what else there is to say, else "".
    """

    conditions: tuple[str, ...] = ()
    suppressed: str | None = None
    remark: str = ""


@dataclass(frozen=True)
class Moved:
    member_key: str
    member_no: str
    name: str
    union_code: str
    union_name: str
    reason: Reason


@dataclass(frozen=True)
class Side:
    """The list as it was drawn for one of the two. `run`: the 名簿番号 of an export, "" for a day asked about.

    `suppressed`: why people who match are kept off, by member_key.
    """

    as_of: date
    people: int
    bound: BoundRule
    suppressed: dict[str, str]
    run: str = ""


@dataclass(frozen=True)
class ListDiff:
    """`remarks`: what limits the comparison, in sentences."""

    before: Side
    after: Side
    came: list[Moved]
    left: list[Moved]
    remarks: tuple[str, ...] = ()


def by_reason(moved: Iterable[Moved]) -> list[tuple[Reason, int]]:
    """How many people for each reason, the most frequent first."""
    return Counter(one.reason for one in moved).most_common()


def reasons(segments: Segments, keys: list[str], there: Side, gone: Side) -> dict[str, Reason]:
    """What made the difference for people who are on the list in `there` and not in `gone`, by member_key."""
    met_there, met_gone = (conditions_met(segments, side.bound, keys) for side in (there, gone))
    return {key: _reason(gone, key, met_there.get(key), met_gone.get(key)) for key in keys}


def _reason(gone: Side, key: str, there: tuple[bool, ...] | None, then: tuple[bool, ...] | None) -> Reason:
    if there is None or then is None:
        return Reason(remark=_NOT_STORED)
    amiss = [i for i, met in enumerate(then) if not met]
    changed = [i for i in amiss if there[i]]
    if changed or amiss:
        return Reason(_sentences(gone.bound, changed or amiss), remark="" if changed else _ALWAYS_AMISS)
    if key in gone.suppressed:
        return Reason(suppressed=gone.suppressed[key])
    return Reason(remark=_NEVER_AMISS)


def _sentences(bound: BoundRule, numbers: list[int]) -> tuple[str, ...]:
    return tuple(bound.sentence(bound.rule.conditions[i].text) for i in numbers)
