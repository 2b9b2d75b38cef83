"""What members asked for, as columns: applications just received, and not to be approached (案内停止)."""

from datetime import date, timedelta

import polars as pl

from kyosai_lists.demo.nation.chance import Chance
from kyosai_lists.demo.nation.holders import pick, weights
from kyosai_lists.demo.nation.nation import Nation
from kyosai_lists.demo.nation.people import in_service, retired
from kyosai_lists.demo.proportions import (
    APPLICATION_STATES,
    APPLIED,
    APPLIED_TO_MAIN,
    STOP_EVERYTHING,
    STOP_REASONS,
    STOPPED,
)
from kyosai_lists.products import BY_ID, MAIN_OF_ATTACHED

_BRANCHES = 47  # each as many applications and stops as the invented branch
_STOPS = 160


def applications(nation: Nation, scale: float = 1.0) -> pl.DataFrame:
    """Received in the six weeks before D; a few 不備 or 取下. pref, number, product (id), received (Date), state, main_no, type."""
    chance = Chance(nation.seed).apart("applications")
    wanted = {product: round(n * _BRANCHES * scale) for product, n in (APPLIED | APPLIED_TO_MAIN).items()}
    as_of = nation.moment.as_of
    held = nation.contracts.filter(pl.col("start") <= as_of, pl.col("ended").is_null() | (pl.col("ended") >= as_of))
    parts = [_from_people(nation, held, product, wanted[product], chance.apart(product)) for product in APPLIED]
    parts += [_to_mains(held, product, wanted[product], chance.apart(product)) for product in APPLIED_TO_MAIN]
    asked = pl.concat(parts).with_columns(
        received=pl.lit(as_of) - pl.duration(days=1 + chance.below("received", 41)),
        state=chance.one_of("state", *APPLICATION_STATES),
    )
    key = ["pref", "number", "product", "received"]
    return asked.sort("pref", "received", "number", "product", "main_no").unique(key, keep="first", maintain_order=True)


def _from_people(nation: Nation, held: pl.DataFrame, product: str, count: int, chance: Chance) -> pl.DataFrame:
    holders = held.filter(pl.col("product") == product)["person"].implode()
    free = nation.people.filter((in_service() | retired()) & ~pl.col("person").is_in(holders))
    likely = free.with_columns(weight=weights()[product]).filter(pl.col("weight") > 0)
    chosen = pick(likely, min(count, likely.height), chance)
    return chosen.select("pref", "number", product=pl.lit(product), main_no=pl.lit(""), type=pl.lit(""))


def _to_mains(held: pl.DataFrame, product: str, count: int, chance: Chance) -> pl.DataFrame:
    """For a main contract in force that has nothing attached."""
    attached = held.filter(pl.col("product") == product).select("pref", contract_no="main_no")
    mains = held.filter(pl.col("product") == MAIN_OF_ATTACHED[product])
    bare = mains.join(attached, on=["pref", "contract_no"], how="anti", maintain_order="left").with_columns(
        weight=pl.lit(1.0)
    )
    chosen = pick(bare, min(count, bare.height), chance)
    return chosen.select(
        "pref",
        "number",
        product=pl.lit(product),
        main_no="contract_no",
        type=chance.one_of("type", BY_ID[product].types),
    )


def stops(nation: Nation, scale: float = 1.0) -> pl.DataFrame:
    """案内停止, some for everything, with dates around D: pref, number, product (id, "" for everything), starts, ends (Date), reason."""
    chance = Chance(nation.seed).apart("stops")
    count = round(_STOPS * _BRANCHES * scale)
    chosen = pick(nation.people.with_columns(weight=pl.lit(1.0)), count, chance).select("pref", "number")
    as_of, day = nation.moment.as_of, timedelta(days=1)
    of_product = (
        pl.when(chance.happens("everything", STOP_EVERYTHING)).then(pl.lit("")).otherwise(chance.one_of("of", STOPPED))
    )
    near = [as_of - day, as_of, as_of + day]
    chosen = chosen.with_columns(
        product=of_product,
        starts=_one_day(chance, "starts", [None, None, *near], (25, 45, 10, 10, 10)),
        ends=_one_day(chance, "ends", [None, *near, as_of + timedelta(days=300)], (55, 10, 10, 10, 15)),
        reason=chance.one_of("reason", *STOP_REASONS),
    )
    long_ago = pl.lit(as_of) - pl.duration(days=2 + chance.below("long ago", 698))
    starts = pl.when(pl.col("starts").is_null() & chance.happens("known", 0.64)).then(long_ago).otherwise("starts")
    chosen = chosen.with_columns(starts=starts)
    return chosen.with_columns(ends=pl.when(pl.col("ends") < pl.col("starts")).then("starts").otherwise("ends"))


def _one_day(chance: Chance, what: str, days: list[date | None], often: tuple[int, ...]) -> pl.Expr:
    return pl.lit(pl.Series(days, dtype=pl.Date)).gather(chance.one_of(what, range(len(days)), often))
