"""Contracts as columns that are over, that end soon, or that have not begun yet on D."""

import polars as pl

from kyosai_lists.demo.figures import PLAN_HELD
from kyosai_lists.demo.moment import Moment
from kyosai_lists.demo.nation.chance import Chance
from kyosai_lists.demo.nation.contracts import beside_owner, with_details
from kyosai_lists.demo.nation.holders import SCHEMA, pick, weights
from kyosai_lists.demo.nation.people import in_service
from kyosai_lists.demo.proportions import END_WITH_WORK, NOT_CANCELLED
from kyosai_lists.demo.terms import CAR_REASONS, REASONS

_YEARS_KEPT = 3  # the core system's extract has what ended since
_COMING = ("group_life", "my_car", "fire", "long_term", "traffic", "sogo")
_NOTICE = (0, 0, 29, 30, 60, 90, 150)


def ending(held: pl.DataFrame, moment: Moment, chance: Chance) -> pl.DataFrame:
    """`held` with ended (Date) and reason: some have an end already, given notice, or with a job that is about to end."""
    leaves = (pl.col("product") == "sogo") & (pl.col("leaving") >= moment.as_of)
    notice = pl.lit(moment.as_of) + pl.duration(days=chance.one_of("notice", _NOTICE))
    gives = chance.happens("gives notice", 0.012) & (pl.col("product") != "sogo")
    return held.with_columns(
        ended=pl.when(leaves).then("leaving").when(gives).then(notice),
        reason=pl.when(leaves).then(pl.lit("退職")).when(gives).then(pl.lit("解約")).otherwise(pl.lit("")),
    )


def ended_with_work(people: pl.DataFrame, moment: Moment, chance: Chance) -> pl.DataFrame:
    """What those who retired, left or died in the last years once held: it ended the day they went."""
    since = moment.roster_on.replace(year=moment.roster_on.year - _YEARS_KEPT, day=1)
    gone = people.filter(pl.col("gone_on") >= since)
    drawn = [
        _of_product(gone.filter(chance.happens(f"held {product}", likely)), product)
        for product, likely in END_WITH_WORK.items()
    ]
    over = with_details(beside_owner(pl.concat(drawn), people), moment, chance)
    return over.with_columns(ended="gone_on", reason="status", renews=_no_day(), inspection=_no_day())


def cancelled(people: pl.DataFrame, held: pl.DataFrame, count: int, moment: Moment, chance: Chance) -> pl.DataFrame:
    """About `count` contracts given up before D by people who do not hold the product now (a car may have been replaced)."""
    products = {product: n for product, n in PLAN_HELD.items() if product not in NOT_CANCELLED}
    drawn = []
    for product, n in products.items():
        free = people.filter(pl.col("gone_on").is_null())
        if product != "my_car":
            free = free.filter(~pl.col("person").is_in(_holders(held, product)))
        share = round(count * n / sum(products.values()))
        chosen = pick(free.with_columns(weight=weights()[product]), share, chance.apart(product))
        drawn.append(_of_product(chosen, product))
    over = with_details(beside_owner(pl.concat(drawn), people), moment, chance)
    days = (pl.lit(moment.roster_on) - pl.col("start")).dt.total_days() + 1
    over = over.with_columns(ended=pl.col("start") + pl.duration(days=chance.below("ended", days)))
    of_car = chance.one_of("of car", *CAR_REASONS)
    return over.with_columns(
        reason=pl.when(pl.col("product") == "my_car").then(of_car).otherwise(chance.one_of("reason", *REASONS)),
        renews=pl.when(pl.col("renews") <= pl.col("ended")).then("renews"),
        inspection=_no_day(),
    )


def coming(people: pl.DataFrame, held: pl.DataFrame, count: int, moment: Moment, chance: Chance) -> pl.DataFrame:
    """About `count` contracts that were agreed but begin after D."""
    drawn = []
    for product in _COMING:
        free = people.filter(in_service() & ~pl.col("person").is_in(_holders(held, product)))
        likely = free.with_columns(weight=weights()[product]).filter(pl.col("weight") > 0)
        chosen = pick(likely, min(count // len(_COMING), likely.height // 4), chance.apart(product))
        drawn.append(_of_product(chosen, product))
    ahead = beside_owner(pl.concat(drawn), people)
    first = moment.as_of.replace(day=1)
    months = first.year * 12 + first.month - 1 + chance.one_of("months ahead", (1, 1, 1, 2, 2, 3, 5))
    odd_day = pl.lit(moment.as_of) + pl.duration(days=1 + chance.below("days ahead", 59))
    start = pl.when(chance.happens("of month", 0.8)).then(pl.date(months // 12, months % 12 + 1, 1)).otherwise(odd_day)
    detailed = with_details(ahead.with_columns(start=start), moment, chance)
    return detailed.with_columns(ended=_no_day(), reason=pl.lit(""))


def _of_product(people: pl.DataFrame, product: str) -> pl.DataFrame:
    nothing = {name: pl.lit(None, kind) for name, kind in SCHEMA.items() if name not in ("person", "product")}
    return people.select("person", product=pl.lit(product), **nothing).select(list(SCHEMA))


def _holders(held: pl.DataFrame, product: str) -> pl.Series:
    return held.filter(pl.col("product") == product)["person"].implode()


def _no_day() -> pl.Expr:
    return pl.lit(None, pl.Date)
