"""Families and dwellings as columns, as likely as they are at someone's age."""

from datetime import date

import polars as pl

from kyosai_lists.demo.nation.chance import Chance
from kyosai_lists.demo.proportions import CHILDREN, CHILDREN_WEIGHTS, DWELLINGS, HOUSEHOLD_BY_AGE


def with_households(people: pl.DataFrame, on: date, chance: Chance) -> pl.DataFrame:
    """`people` (sex, age, born) with householder, spouse, dwelling (words), children (Int64), youngest (Date, null without)."""
    frame = people.with_columns(
        married=chance.happens("spouse", _by_age([pl.lit(likely) for _, likely, _ in HOUSEHOLD_BY_AGE])),
        home=_by_age([chance.one_of(f"home {limit}", DWELLINGS, weights) for limit, _, weights in HOUSEHOLD_BY_AGE]),
        wanted=chance.one_of("children", CHILDREN, CHILDREN_WEIGHTS),
    )
    married = pl.col("married")
    moved_out = married & (pl.col("home") == "実家") & chance.happens("moved out", 0.5)
    frame = frame.with_columns(
        dwelling=pl.when(moved_out).then(pl.lit("持家")).otherwise("home"),
        has_children=(pl.col("age") >= 22)
        & chance.happens("any children", pl.when(married).then(0.85).otherwise(0.05)),
        youngest_age=pl.col("age") - (21 + 2 * pl.col("wanted") + chance.below("parent", 12)),
    )
    heads = (pl.col("sex") == "男") | chance.happens("heads", 0.15)
    alone = pl.col("dwelling") != "実家"
    some, small = pl.col("has_children"), pl.col("youngest_age") < 1  # too young for that many: one small child
    days = pl.when(small).then(1 + chance.below("small", 900)).otherwise(
        (pl.col("youngest_age") * 365.25).cast(pl.Int64) + chance.below("child's birthday", 300)
    )  # fmt: skip
    return frame.with_columns(
        spouse=_yes_no(married),
        householder=_yes_no(pl.when(married).then(heads).otherwise(alone)),
        children=pl.when(some & small).then(1).when(some).then("wanted").otherwise(0).cast(pl.Int64),
        youngest=pl.when(some).then(pl.lit(on) - pl.duration(days=days)).cast(pl.Date),
    ).drop("married", "home", "wanted", "has_children", "youngest_age")


def _by_age(values: list[pl.Expr]) -> pl.Expr:
    """The value of the first age limit that is not below someone's age."""
    *younger, oldest = zip(HOUSEHOLD_BY_AGE, values, strict=True)
    chosen = oldest[1]
    for (limit, *_), value in reversed(younger):
        chosen = pl.when(pl.col("age") <= limit).then(value).otherwise(chosen)
    return chosen


def _yes_no(is_so: pl.Expr) -> pl.Expr:
    return pl.when(is_so).then(pl.lit("有")).otherwise(pl.lit("無"))
