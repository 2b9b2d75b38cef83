"""The whole invented nation on one day: unions, people and contracts."""

from dataclasses import dataclass
from datetime import date

import polars as pl

from kyosai_lists.demo.moment import Moment
from kyosai_lists.demo.nation.chance import Chance
from kyosai_lists.demo.nation.contracts import beside_owner, with_details
from kyosai_lists.demo.nation.history import cancelled, coming, ended_with_work, ending
from kyosai_lists.demo.nation.holders import draw_held, held_counts
from kyosai_lists.demo.nation.people import make_people
from kyosai_lists.demo.nation.unions import make_unions

PEOPLE = 1_108_000  # on all rosters: 0.81 million in service, 0.28 million retired, 13,000 who left or died
_CANCELLED, _COMING = 40_000, 20_000
_LOST_MAIN = 0.004  # of the numbers of main contracts, by the core system


@dataclass(frozen=True)
class Nation:
    """`unions` (`unions.SCHEMA`), `people` (`people.make_people`, and `person`: the row), `contracts` (`with_details`, and
    ended, reason, contract_no, main_no; by prefecture and 契約番号).
    """

    moment: Moment
    seed: int
    unions: pl.DataFrame
    people: pl.DataFrame
    contracts: pl.DataFrame


def make_nation(as_of: date, seed: int, scale: float = 1.0) -> Nation:
    """The same nation for the same day and seed. `scale`: the part of its unions, people and contracts that are made."""
    moment = Moment(as_of)
    unions = make_unions(as_of, round(PEOPLE * scale), seed, scale)
    people = make_people(unions, moment, seed).with_row_index("person").with_columns(
        pl.col("person").cast(pl.Int64),
        young_child=(pl.col("youngest") > date(as_of.year - 12, 1, 1)).fill_null(False),
    )  # fmt: skip
    chance = Chance(seed).apart("contracts")
    held = with_details(beside_owner(draw_held(people, held_counts(scale), chance), people), moment, chance)
    held = ending(held, moment, chance)
    others = [
        ended_with_work(people, moment, chance.apart("over")),
        cancelled(people, held, round(_CANCELLED * scale), moment, chance.apart("cancelled")),
        coming(people, held, round(_COMING * scale), moment, chance.apart("coming")),
    ]
    return Nation(moment, seed, unions, people, _numbered(pl.concat([held, *others]), chance))


def _numbered(contracts: pl.DataFrame, chance: Chance) -> pl.DataFrame:
    """契約番号 in the order of 組合員番号, a main contract before what is attached to it."""
    by_owner = contracts.with_row_index("id").sort("pref", "number", "start", pl.col("main").is_not_null(), "id")
    nth = 1 + pl.int_range(pl.len()).over("pref")
    numbered = by_owner.with_columns(contract_no=nth.cast(pl.String).str.zfill(10))
    number_of = numbered.sort("id")["contract_no"]
    known = pl.col("main").is_not_null() & ~chance.happens("lost", _LOST_MAIN)
    return numbered.with_columns(main_no=pl.when(known).then(pl.lit(number_of).gather("main"))).drop("id", "main")
