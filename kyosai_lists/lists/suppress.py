"""The people no list may name, whatever its rule says. When in doubt, the person is left out.

Source: interface.md §3 "Never on any list" and §1 "When in doubt, nobody is approached"; lists.md "offers, stops".
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from kyosai_lists.text import UNCLEAR_PREF

EVERYTHING = ""  # the product of a stop for everything
MAY_BE_APPROACHED = ("active", "leave", "retired")


@dataclass(frozen=True)
class Stops:
    """What keeps people off.

    `asked`: 案内停止: member_key, product ("" for everything), starts_on, ends_on (Date, null: open).
    `on_hold`: rows on 保留: layout, member_key ("??-<number>" where the prefecture is unclear).
    `first_day`, `last_day`: a stop in force on any day of these counts; both are D outside a campaign.
    """

    asked: pl.DataFrame
    on_hold: pl.DataFrame
    first_day: date
    last_day: date


def suppress(
    rows: pl.DataFrame, people: pl.DataFrame, stops: Stops, stopped_by: Mapping[str, Sequence[str]]
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Splits `rows` into those that may go out and those that may not.

    Args:
        rows: one row per list and person: list_id, member_key, and whatever else; comes back unchanged.
        people: member_key, status.
        stopped_by: per list id, the products whose 案内停止 keeps a person off it (the family of what it offers).

    Returns:
        (passed, suppressed): `suppressed` has one more column, `suppressed` (String), the first reason that holds.
    """
    facts = _facts(rows, people, stops, stopped_by)
    reason = pl.coalesce(
        *(pl.when(rule().fill_null(True)).then(pl.lit(text)) for text, rule in REASONS.items()), pl.lit(None, pl.String)
    )
    judged = rows.with_columns(facts.select(suppressed=reason).to_series())
    passed = pl.col("suppressed").is_null()
    return judged.filter(passed).drop("suppressed"), judged.filter(~passed)


# Each rule says who is kept off; null means "do not call".


def _dead() -> pl.Expr:
    return pl.col("status").eq_missing("dead")


def _left() -> pl.Expr:
    return pl.col("status").eq_missing("left")


def _state_unreadable() -> pl.Expr:
    """Whoever is in no state that may be approached: null, a word that nobody knows, and all that slipped past the above."""
    return ~pl.col("status").is_in(MAY_BE_APPROACHED)


def _asked_not_to_be_approached() -> pl.Expr:
    return pl.col("asked")


def _member_row_on_hold() -> pl.Expr:
    return pl.col("member_on_hold")


def _stop_row_on_hold() -> pl.Expr:
    return pl.col("stop_on_hold")


# In the order in which the first that holds is counted.
REASONS: dict[str, Callable[[], pl.Expr]] = {
    "死亡": _dead,
    "脱退": _left,
    "在籍状態が読めない": _state_unreadable,
    "案内停止": _asked_not_to_be_approached,
    "名簿の行が保留": _member_row_on_hold,
    "案内停止の行が保留": _stop_row_on_hold,
}


def _facts(
    rows: pl.DataFrame, people: pl.DataFrame, stops: Stops, stopped_by: Mapping[str, Sequence[str]]
) -> pl.DataFrame:
    """`rows` in their order with status, asked, member_on_hold, stop_on_hold."""
    facts = rows.select("list_id", "member_key").join(
        people.select("member_key", "status"), on="member_key", how="left", maintain_order="left"
    )
    asked = _asked_pairs(stops, stopped_by).with_columns(asked=pl.lit(True))
    facts = facts.join(asked, on=["list_id", "member_key"], how="left", maintain_order="left")
    return facts.with_columns(
        asked=pl.col("asked").fill_null(False),
        member_on_hold=_on_hold(stops, "members"),
        stop_on_hold=_on_hold(stops, "suppressions"),
    )


def _asked_pairs(stops: Stops, stopped_by: Mapping[str, Sequence[str]]) -> pl.DataFrame:
    """list_id and member_key of every stop in force that concerns the list."""
    in_force = stops.asked.filter(
        (pl.col("starts_on").is_null() | (pl.col("starts_on") <= stops.last_day))
        & (pl.col("ends_on").is_null() | (pl.col("ends_on") >= stops.first_day))
    )
    pairs = [(list_id, product) for list_id, products in stopped_by.items() for product in (EVERYTHING, *products)]
    concerns = pl.DataFrame(pairs, schema={"list_id": pl.String, "product": pl.String}, orient="row")
    return concerns.join(in_force, on="product").select("list_id", "member_key").unique()


def _on_hold(stops: Stops, layout: str) -> pl.Expr:
    keys = stops.on_hold.filter(pl.col("layout") == layout)["member_key"]
    unclear = keys.filter(keys.str.starts_with(f"{UNCLEAR_PREF}-")).str.slice(len(UNCLEAR_PREF) + 1)
    number = pl.col("member_key").str.splitn("-", 2).struct.field("field_1")
    return pl.col("member_key").is_in(keys.implode()) | number.is_in(unclear.implode())
