"""What the store told of everyone who matches some lists, and the lists themselves, of all unions or of some at a time.

As rows with their sentences the lists of a nation take ten times the room: so an export makes them for a part of its unions,
writes these, and goes on.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import polars as pl

from kyosai_lists.lists.describe import one_row_per_person
from kyosai_lists.lists.suppress import Stops, suppress
from kyosai_lists.segments.parameters import BoundRule
from kyosai_lists.segments.rule import Rule

_ROWS = 60_000  # of a part: more, and no workbook is written while people are still put in order
_ROWS_A_LIST = 5_000  # but so many for each list, whatever its rows: an expression costs the same for few as for many
_NOBODY = pl.DataFrame(schema=dict.fromkeys(("list_id", "member_key", "reason", "hint", "contracts"), pl.String))


@dataclass(frozen=True)
class DrawnLists:
    """`passed`: list_id, member_key, reason, hint, contracts; `suppressed` has the column `suppressed` (why) besides.

    `people`: whoever is in `passed` or `suppressed`: of the relation `people` what is shown or told of them. `held`: every
    contract they hold. `unions`: the unions of the scope. `on_hold`: rows on 保留 (layout, member_key). `waiting`: contracts
    whose member is not in the store. `past_retirement`: of the scope, as `Segments.ask_past_retirement`.
    `addresses`: `read.ADDRESS_SCHEMA`. `remarks`: by list id, why a list cannot have anybody on it.
    """

    bound: tuple[BoundRule, ...]
    unions: pl.DataFrame
    people: pl.DataFrame
    held: pl.DataFrame
    passed: pl.DataFrame
    suppressed: pl.DataFrame
    on_hold: pl.DataFrame
    waiting: int
    past_retirement: pl.DataFrame
    addresses: pl.DataFrame
    remarks: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Gathered:
    """`matched`: for each of `bound`, who matches (`Segments.members`). The rest as of `DrawnLists`."""

    bound: tuple[BoundRule, ...]
    unions: pl.DataFrame
    matched: tuple[pl.DataFrame, ...]
    people: pl.DataFrame
    held: pl.DataFrame
    addresses: pl.DataFrame
    stops: Stops
    waiting: int
    past_retirement: pl.DataFrame
    remarks: dict[str, str] = field(default_factory=dict)

    def drawn(self) -> DrawnLists:
        """The lists: one row per person, suppression above them all."""
        found = zip(self.bound, self.matched, strict=True)
        rows = pl.concat([_NOBODY, *(_rows(b.rule, matched, self.people, self.held) for b, matched in found)])
        offers = {b.rule.id: b.rule.offers for b in self.bound}
        passed, suppressed = suppress(rows, self.people, self.stops, offers)
        return DrawnLists(
            bound=self.bound,
            unions=self.unions,
            people=self.people,
            held=self.held,
            passed=passed,
            suppressed=suppressed,
            on_hold=self.stops.on_hold,
            waiting=self.waiting,
            past_retirement=self.past_retirement,
            addresses=self.addresses,
            remarks=self.remarks,
        )

    def parts(self) -> Iterator["Gathered"]:
        """The same by whole unions, in their order, some at a time."""
        for unions in self._unions_in_parts():
            people = self.people.join(unions.select("union_code"), on="union_code", how="semi", maintain_order="left")
            keys = people.select("member_key")
            held, addresses, *matched = (
                frame.join(keys, on="member_key", how="semi", maintain_order="left")
                for frame in (self.held, self.addresses, *self.matched)
            )
            yield replace(self, unions=unions, people=people, held=held, addresses=addresses, matched=tuple(matched))

    def _unions_in_parts(self) -> list[pl.DataFrame]:
        where = self.people.select("member_key", "union_code")
        rows = pl.concat(
            [where.clear(), *(frame.select("member_key").join(where, on="member_key") for frame in self.matched)]
        )
        counted = self.unions.join(
            rows.group_by("union_code").len("rows"), on="union_code", how="left", maintain_order="left"
        )
        size = max(_ROWS, _ROWS_A_LIST * len(self.bound))
        before = pl.col("rows").fill_null(0).cum_sum().shift(fill_value=0)
        parts = counted.with_columns(part=before // size).drop("rows")
        return parts.partition_by("part", include_key=False, maintain_order=True)


def _rows(rule: Rule, found: pl.DataFrame, people: pl.DataFrame, held: pl.DataFrame) -> pl.DataFrame:
    matched = found.join(people.select("member_key"), on="member_key", how="semi")
    rows = one_row_per_person(matched, people, held, reason=rule.reason, hint=rule.hint)
    return rows.select(pl.lit(rule.id, pl.String).alias("list_id"), pl.all())
