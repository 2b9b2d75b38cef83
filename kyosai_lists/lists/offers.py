"""Which of a person's lists are printed as letters on 名簿 and 担当限り: the most important ones, at most `max_offers`.

The lists that are not printed keep the person on their own sheets, and there the person counts as delivered.

Priority alone decides, with one exception: a list whose document is in the person's hands already, because of a more
important list, waits until every other list has had its place. Printed, it would put nothing more into these hands, and
keep out a letter that would. It is not dropped: where there is room, its letter stands, since a letter means a list and
each list is a subject of its own. Preferring different products was weighed and left: three letters of one product are
one talk, and what matters most is the rules' `priority`, which a branch can set, not ours to mix.
"""

from collections.abc import Mapping

import polars as pl


def printed_offers(
    rows: pl.DataFrame, *, letters: Mapping[str, str], documents: Mapping[str, str], max_offers: int
) -> pl.DataFrame:
    """Those of `rows` (list_id, member_key, and whatever else) whose letter is printed, most important list first.

    Args:
        letters: list id → letter, most important list first.
        documents: list id → what is handed over.
        max_offers: how many letters a person has at most, 1 or more.
    """
    order = {list_id: place for place, list_id in enumerate(letters)}
    placed = rows.with_columns(
        place=pl.col("list_id").replace_strict(order, return_dtype=pl.Int64),
        document=pl.col("list_id").replace_strict(dict(documents), return_dtype=pl.String),
        letter=pl.col("list_id").replace_strict(dict(letters), return_dtype=pl.String),
    ).sort("place")
    in_hand = ~pl.struct("member_key", "document").is_first_distinct()
    turn = pl.col("place") + in_hand.cast(pl.Int64) * len(order)
    seats = _places_by_turn(placed.select("member_key", turn=turn))
    return placed.filter(seats < max_offers).drop("place", "document")


def _places_by_turn(turns: pl.DataFrame) -> pl.Series:
    """For each row of `turns` (member_key, turn) how many of its person come before it. (Windows over each person take twenty times as long.)"""
    at = pl.int_range(pl.len())
    ordered = turns.with_columns(row=at).sort("member_key", "turn")
    begins = pl.col("member_key").ne_missing(pl.col("member_key").shift())
    placed = ordered.select("row", place=at - pl.when(begins).then(at).forward_fill())
    return placed.sort("row")["place"]
