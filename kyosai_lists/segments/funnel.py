"""How many are left after each condition of a rule: people, unions or prefectures."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import polars as pl

from kyosai_lists.segments.parameters import BoundRule


@dataclass(frozen=True)
class FunnelStep:
    """How many are left once this condition and all before it hold."""

    text: str
    remaining: int


def funnel(
    bound: BoundRule, key: str, fetch: Callable[[str, Mapping[str, pl.DataType]], pl.DataFrame]
) -> list[FunnelStep]:
    """From all there are in the store to those of the list, before suppression.

    `key`: what one of them is known by, as the rule writes it. `fetch`: SQL and schema → a frame.
    """
    conditions = bound.rule.conditions
    flags = ", ".join(f"CASE WHEN {c.sql} THEN 1 ELSE 0 END AS c{i}" for i, c in enumerate(conditions))
    steps = []
    for i in range(len(conditions)):
        all_met = " AND ".join(f"c{k} = 1" for k in range(i + 1))
        steps.append(f"COUNT(DISTINCT CASE WHEN {all_met} THEN key END)")
    sql = f"SELECT {', '.join(steps)} FROM (SELECT {key} AS key, {flags} {bound.rule.from_sql}) x"
    counts = fetch(sql, {f"s{i}": pl.Int64() for i in range(len(conditions))}).row(0)
    return [FunnelStep(bound.sentence(c.text), n) for c, n in zip(conditions, counts, strict=True)]
