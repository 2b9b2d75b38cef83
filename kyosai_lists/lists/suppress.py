"""The people no list may name, whatever its rule says. When in doubt, the person is left out.

Source: interface.md §3 "Never on any list" and §1 "When in doubt, nobody is approached"; lists.md "offers, stops".
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import polars as pl

from kyosai_lists.products import family_of
from kyosai_lists.text import UNCLEAR_PREF

EVERYTHING = ""  # the product of a stop for everything
MAY_BE_APPROACHED = ("active", "leave", "retired")


@dataclass(frozen=True)
class Stops:
    """What keeps people off.

    `asked`: 案内停止: member_key, product ("" for everything), starts_on, ends_on (Date, null: open).
    `on_hold`: rows on 保留: layout, member_key ("??-<number>" where the prefecture is unclear), product (what the row
    names, "": no single one).
    `first_day`, `last_day`: a stop in force on any day of these counts; both are D outside a campaign.
    """

    asked: pl.DataFrame
    on_hold: pl.DataFrame
    first_day: date
    last_day: date


def suppress(
    rows: pl.DataFrame, people: pl.DataFrame, stops: Stops, offers: Mapping[str, str]
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Splits `rows` into those that may go out and those that may not.

    Args:
        rows: one row per list and person: list_id, member_key, and whatever else; comes back unchanged.
        people: member_key, status.
        offers: per list id, the product it offers. A 案内停止 for any of its family keeps a person off the list.

    Returns:
        (passed, suppressed): `suppressed` has one more column, `suppressed` (String), the first reason that holds.
    """
    facts = _facts(rows, people, stops, offers)
    reason = pl.coalesce(
        *(pl.when(rule().fill_null(True)).then(pl.lit(text)) for text, rule in REASONS.items()), pl.lit(None, pl.String)
    )
    judged = rows.with_columns(facts.select(suppressed=reason).to_series())
    passed = pl.col("suppressed").is_null()
    return judged.filter(passed).drop("suppressed"), judged.filter(~passed)


def in_force(stops: Stops) -> pl.DataFrame:
    """The rows of `asked` in force on any of the days that count; of the days, nothing else changes who is kept off."""
    return stops.asked.filter(
        (pl.col("starts_on").is_null() | (pl.col("starts_on") <= stops.last_day))
        & (pl.col("ends_on").is_null() | (pl.col("ends_on") >= stops.first_day))
    )


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


def _application_on_hold() -> pl.Expr:
    """Who may just have applied is not approached for it, nor for what goes with it: 自然災害 counts where 火災 is offered."""
    return pl.col("application_on_hold")


# In the order in which the first that holds is counted.
REASONS: dict[str, Callable[[], pl.Expr]] = {
    "死亡": _dead,
    "脱退": _left,
    "在籍状態が読めない": _state_unreadable,
    "案内停止": _asked_not_to_be_approached,
    "名簿の行が保留": _member_row_on_hold,
    "案内停止の行が保留": _stop_row_on_hold,
    "申込受付の行が保留": _application_on_hold,
}


def _facts(rows: pl.DataFrame, people: pl.DataFrame, stops: Stops, offers: Mapping[str, str]) -> pl.DataFrame:
    """`rows` in their order with status, asked, member_on_hold, stop_on_hold, application_on_hold."""
    facts = rows.select("list_id", "member_key").join(
        people.select("member_key", "status"), on="member_key", how="left", maintain_order="left"
    )
    families = {list_id: family_of(product) for list_id, product in offers.items()}
    asked = _pairs(in_force(stops), families).with_columns(asked=pl.lit(True))
    facts = facts.join(asked, on=["list_id", "member_key"], how="left", maintain_order="left")
    applied = _pairs(_of_layout(stops, "applications"), families)
    return facts.with_columns(
        asked=pl.col("asked").fill_null(False),
        member_on_hold=_named_by(_of_layout(stops, "members")),
        stop_on_hold=_named_by(_of_layout(stops, "suppressions")),
        application_on_hold=_named_by(applied, of="list_id"),
    )


def _pairs(stops: pl.DataFrame, products: Mapping[str, Sequence[str]]) -> pl.DataFrame:
    """list_id and member_key of every row of `stops` that concerns the list: it names one of `products`, or none."""
    pairs = [(list_id, product) for list_id, several in products.items() for product in (EVERYTHING, *several)]
    concerns = pl.DataFrame(pairs, schema={"list_id": pl.String, "product": pl.String}, orient="row")
    return concerns.join(stops, on="product").select("list_id", "member_key").unique()


def _of_layout(stops: Stops, layout: str) -> pl.DataFrame:
    return stops.on_hold.filter(pl.col("layout") == layout)


def _named_by(on_hold: pl.DataFrame, of: str | None = None) -> pl.Expr:
    """Whether a row of `on_hold` is the person's (`of`: and has the same value there); with an unclear prefecture, everybody's with the number."""
    within = [pl.col(of)] if of else []
    number = pl.col("member_key").str.splitn("-", 2).struct.field("field_1")
    unclear = pl.col("member_key").str.starts_with(f"{UNCLEAR_PREF}-")
    rows = on_hold.select(key=_joined(*within, "member_key"), unclear=unclear, number=_joined(*within, number))
    everybodys = rows.filter("unclear")["number"]
    return _joined(*within, "member_key").is_in(rows["key"].implode()) | _joined(*within, number).is_in(
        everybodys.implode()
    )


def _joined(*parts: pl.Expr | str) -> pl.Expr:
    return pl.concat_str(parts, separator="\x1f")
