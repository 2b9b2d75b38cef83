"""What the store told of everyone who matches some lists, and the lists themselves, of all unions or of some at a time.

As rows with their sentences the lists of a nation take ten times the room: so an export makes them for a part of its unions,
writes these, and goes on.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import polars as pl

from kyosai_lists.lists.describe import contracts_told, one_row_per_person
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
        known = self.people.select("member_key")
        found = [
            (b.rule, matched.join(known, on="member_key", how="semi"))
            for b, matched in zip(self.bound, self.matched, strict=True)
            if not matched.is_empty()
        ]
        told = contracts_told([matched for _, matched in found], self.held)
        rows = (_rows(*one, self.people, contracts) for one, contracts in zip(found, told, strict=True))
        offers = {b.rule.id: b.rule.offers for b in self.bound}
        passed, suppressed = suppress(pl.concat([_NOBODY, *rows]), self.people, self.stops, offers)
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

    def unions_in_parts(self) -> list[pl.DataFrame]:
        """`unions`, some at a time, so that in each part about as many people match."""
        where = self.people.select("member_key", "union_code")
        matching = (frame.select("member_key").join(where, on="member_key") for frame in self.matched)
        rows = pl.concat([where.clear(), *matching]).group_by("union_code").len("rows")
        counted = self.unions.join(rows, on="union_code", how="left", maintain_order="left")
        size = max(_ROWS, _ROWS_A_LIST * len(self.bound))
        before = pl.col("rows").fill_null(0).cum_sum().shift(fill_value=0)
        parts = counted.with_columns(part=before // size).drop("rows")
        return parts.partition_by("part", include_key=False, maintain_order=True)


def in_parts(gather: Callable[[], Gathered]) -> tuple[Gathered, list[Gathered]]:
    """What `gather` brings: first without anybody, then by whole unions in their order, some at a time.

    It is asked for here, so that nobody else holds a nation's frames: a part that is dropped gives its memory back.
    """
    whole = gather()
    parts = whole.unions_in_parts()
    numbered = pl.concat(unions.select("union_code", part=pl.lit(place)) for place, unions in enumerate(parts))
    part_of = whole.people.select("member_key", "union_code").join(numbered, on="union_code").drop("union_code")
    frames = [whole.people, whole.held, whole.addresses, *whole.matched]
    empty = [frame.clear() for frame in frames]
    nobody = _with(whole, whole.unions, empty)
    del whole
    parted = [_parted(frames.pop(0), part_of) for _ in empty]
    return nobody, [
        _with(nobody, unions, [own.pop(place, none) for own, none in zip(parted, empty, strict=True)])
        for place, unions in enumerate(parts)
    ]


def _with(gathered: Gathered, unions: pl.DataFrame, frames: list[pl.DataFrame]) -> Gathered:
    people, held, addresses, *matched = frames
    return replace(gathered, unions=unions, people=people, held=held, addresses=addresses, matched=tuple(matched))


def _parted(frame: pl.DataFrame, part_of: pl.DataFrame) -> dict[int, pl.DataFrame]:
    known = frame.join(part_of, on="member_key", maintain_order="left")
    return {
        place: own
        for (place,), own in known.partition_by("part", as_dict=True, include_key=False, maintain_order=True).items()
    }


def _rows(rule: Rule, matched: pl.DataFrame, people: pl.DataFrame, contracts: pl.DataFrame) -> pl.DataFrame:
    rows = one_row_per_person(matched, people, contracts, reason=rule.reason, hint=rule.hint)
    return rows.select(pl.lit(rule.id, pl.String).alias("list_id"), pl.all())
