"""What the store told of everyone who matches some lists, and the lists themselves, of all unions or of some at a time.

As rows with their sentences the lists of a nation take ten times the room: so an export makes them for a part of its unions,
writes these, and goes on.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate, pairwise

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


def in_parts(gather: Callable[[], Gathered]) -> tuple[Gathered, list[Gathered]]:
    """What `gather` brings: first without anybody, then by whole unions in their order, some at a time.

    It is asked for here, so that nobody else holds a nation's frames: a part that is dropped gives its memory back.
    """
    whole = gather()
    frames = [whole.people, whole.held, whole.addresses, *whole.matched]
    ends = list(accumulate(frame.height for frame in frames))
    at = _unions_at(frames, whole.people, whole.unions)
    listed = at.slice(ends[2])  # behind people, held and addresses
    part_of = _part_of_unions(len(whole.unions), listed, len(whole.bound))
    unions = whole.unions.with_columns(part=part_of).partition_by("part", include_key=False, maintain_order=True)
    nobody = _with(whole, whole.unions, [frame.clear() for frame in frames])
    del whole
    part = part_of.gather(at)
    parted = [
        _parted(frames.pop(0), part.slice(start, end - start), len(unions)) for start, end in pairwise([0, *ends])
    ]
    return nobody, [_with(nobody, own, [parts[place] for parts in parted]) for place, own in enumerate(unions)]


def _with(gathered: Gathered, unions: pl.DataFrame, frames: list[pl.DataFrame]) -> Gathered:
    people, held, addresses, *matched = frames
    return replace(gathered, unions=unions, people=people, held=held, addresses=addresses, matched=tuple(matched))


def _unions_at(frames: Sequence[pl.DataFrame], people: pl.DataFrame, unions: pl.DataFrame) -> pl.Series:
    """Of each row of all `frames`, where among `unions` its person's stands; null: the person is not among `people`.

    The rows of all lists are looked up at once: list by list would take twice as long.
    """
    known = people.lazy().select("member_key", "union_code")
    at = known.join(unions.lazy().select("union_code").with_row_index("at"), on="union_code")
    keys = pl.concat([frame.lazy().select("member_key") for frame in frames])
    return keys.join(at, on="member_key", how="left", maintain_order="left").select("at").collect()["at"]


def _part_of_unions(unions: int, listed: pl.Series, lists: int) -> pl.Series:
    """The part that each of so many unions is in, from 0 on, so that in each part about as many people match.

    Args:
        listed: of each row of a list, where the union stands, or null.
    """
    every = pl.DataFrame({"at": pl.int_range(unions, dtype=pl.UInt32, eager=True)})
    rows = every.join(listed.alias("at").value_counts(name="rows"), on="at", how="left", maintain_order="left")["rows"]
    before = rows.fill_null(0).cum_sum().shift(fill_value=0)
    return (before // max(_ROWS, _ROWS_A_LIST * lists)).rle_id()


def _parted(frame: pl.DataFrame, part: pl.Series, parts: int) -> list[pl.DataFrame]:
    """The rows of each part. `part`: of each row, null: of none."""
    return [frame.filter(part == place) for place in range(parts)]


def _rows(rule: Rule, matched: pl.DataFrame, people: pl.DataFrame, contracts: pl.DataFrame) -> pl.DataFrame:
    rows = one_row_per_person(matched, people, contracts, reason=rule.reason, hint=rule.hint)
    return rows.select(pl.lit(rule.id, pl.String).alias("list_id"), pl.all())
