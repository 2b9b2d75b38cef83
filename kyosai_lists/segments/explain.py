"""One person and one rule: condition by condition why, and on which of several days the rule matches."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import polars as pl

from kyosai_lists.segments.condition_values import Look, looks
from kyosai_lists.segments.parameters import BoundRule
from kyosai_lists.segments.rule import Rule
from kyosai_lists.segments.run import Segments

_AT_ONCE = 200  # people in one statement


@dataclass(frozen=True)
class ConditionResult:
    """One condition for one person: its sentence, whether it is met, and what the person's record says about it, never ""."""

    text: str
    met: bool
    value: str


def explain(segments: Segments, bound: BoundRule, member_key: str) -> list[ConditionResult]:
    """Every condition for one person; of several contracts, the one that comes nearest to matching."""
    looked_at = looks(bound.rule.conditions, bound.rule.from_sql)
    flags = _flags(bound.rule)
    values = [f"{look.sql} AS v{i}" for i, look in enumerate(look for found in looked_at for look in found)]
    schema: dict[str, pl.DataType] = {f"c{i}": pl.Int64() for i in range(len(flags))}
    schema |= {f"v{i}": pl.String() for i in range(len(values))}
    sql = f"SELECT {', '.join(flags + values)} {bound.rule.from_sql} WHERE m.member_key = :explained_member"
    rows = segments.fetch(sql, bound, schema, explained_member=member_key)
    best = max(rows.iter_rows(), key=lambda row: _nearness(row[: len(flags)]))
    return _results(bound, best, looked_at)


def _results(bound: BoundRule, row: tuple[object, ...], looked_at: Sequence[Sequence[Look]]) -> list[ConditionResult]:
    values = iter(row[len(looked_at) :])
    results = []
    for condition, flag, found in zip(bound.rule.conditions, row, looked_at, strict=False):
        met = flag == 1
        said = "、".join(look.say(next(values)) for look in found)  # type: ignore[arg-type]  # the schema says String
        results.append(ConditionResult(bound.sentence(condition.text), met, said or _bare(met=met)))
    return results


def _bare(*, met: bool) -> str:
    """Of a condition that looks at nothing of the person's."""
    return "あてはまる" if met else "あてはまらない"


def conditions_met(segments: Segments, bound: BoundRule, member_keys: Sequence[str]) -> dict[str, tuple[bool, ...]]:
    """Which conditions each person meets, by member_key; of several contracts as in `explain`. Who is not in the store is left out."""
    marks = ", ".join(f":explained_member_{i}" for i in range(_AT_ONCE))
    flags = ", ".join(_flags(bound.rule))
    sql = f"SELECT m.member_key, {flags} {bound.rule.from_sql} WHERE m.member_key IN ({marks})"
    best: dict[str, tuple[int, ...]] = {}
    for rows in segments.fetch_each(sql, bound.rule, (bound.binds | part for part in _parts(member_keys))):
        for key, *flagged in rows:
            met = tuple(int(str(flag)) for flag in flagged)
            best[str(key)] = max(best.get(str(key), ()), met, key=_nearness)
    return {key: tuple(flag == 1 for flag in met) for key, met in best.items()}


def _parts(member_keys: Sequence[str]) -> Iterator[dict[str, str]]:
    """The people a statement's worth at a time; the last of them fills what is left of its marks."""
    for at in range(0, len(member_keys), _AT_ONCE):
        some = member_keys[at : at + _AT_ONCE]
        yield {f"explained_member_{i}": some[min(i, len(some) - 1)] for i in range(_AT_ONCE)}


def _flags(rule: Rule) -> list[str]:
    return [f"CASE WHEN {c.sql} THEN 1 ELSE 0 END AS c{i}" for i, c in enumerate(rule.conditions)]


def _nearness(met: tuple[int, ...]) -> tuple[int, tuple[int, ...]]:
    return sum(met), met


def matches(segments: Segments, rule: Rule, bounds: Iterable[BoundRule], member_key: str) -> Iterator[bool]:
    """Whether the person matches `rule` as each of `bounds` binds it; asked only as far as it is read."""
    sql = f"SELECT 1 FROM ({rule.sql}) x WHERE x.member_key = :explained_member LIMIT 1"
    binds = ({**bound.binds, "explained_member": member_key} for bound in bounds)
    return (bool(rows) for rows in segments.fetch_each(sql, rule, binds))
