"""The details of contracts as columns: dates, タイプ, 口数, 掛金, 特約. Who holds what is decided in `holders`."""

import polars as pl

from kyosai_lists.demo.moment import Moment
from kyosai_lists.demo.nation.chance import Chance
from kyosai_lists.demo.terms import AFTER_WORK, ANNUAL, FIRST_OF_MONTH, RIDERS, TYPES, UNITS
from kyosai_lists.products import MAIN_OF_ATTACHED

_OF_OWNER = (
    "pref", "number", "since", "gone_on", "leaving", "age", "employment", "menus", "dwelling", "status",
)  # fmt: skip


def beside_owner(drawn: pl.DataFrame, people: pl.DataFrame) -> pl.DataFrame:
    """`drawn` (person) with what matters of each one's owner; `people` in the order of `person`."""
    return pl.concat([drawn, people.select(_OF_OWNER)[drawn["person"]]], how="horizontal")


def with_details(contracts: pl.DataFrame, moment: Moment, chance: Chance) -> pl.DataFrame:
    """`contracts` (`holders.SCHEMA`, `beside_owner`, start where it is known) with type, insured, units, premium, start,
    renews, riders, inspection. A main contract stands before what is attached to it.
    """
    known_start = pl.col("start") if "start" in contracts.columns else pl.lit(None, pl.Date)
    started = contracts.with_columns(
        start=pl.coalesce(known_start, draw_start(moment, chance)), type=_type(chance), insured=_insured(chance)
    ).with_columns(start=_start_of_attached(moment, chance))
    with_units = started.join(_units(), on="product", how="left", maintain_order="left")
    steps = (pl.col("high") - pl.col("low")) // pl.col("step") + 1
    return (
        with_units.with_columns(units=pl.col("low") + pl.col("step") * chance.below("units", steps), renews=_renewal(moment))
        .with_columns(
            premium=pl.col("units") * pl.col("yen"),
            renews=pl.when(pl.col("main").is_null()).then("renews").otherwise(pl.col("renews").gather("main")),
            riders=_chosen(chance, "riders", RIDERS),
            inspection=pl.when((pl.col("product") == "my_car") & chance.happens("inspected", 0.7)).then(
                pl.lit(moment.roster_on) + pl.duration(days=1 + chance.below("inspection", 729))
            ),
        )
        .drop("low", "high", "step", "yen")
    )  # fmt: skip


def draw_start(moment: Moment, chance: Chance, last: pl.Expr | None = None) -> pl.Expr:
    """A 発効日 between joining and `last`, the recent years somewhat likelier; what follows retirement, the day after it."""
    product, since, gone_on = pl.col("product"), pl.col("since"), pl.col("gone_on")
    of_extract = pl.lit(moment.roster_on)
    latest = last if last is not None else pl.when(product == "cali").then(of_extract).otherwise(
        pl.min_horizontal(of_extract, gone_on)
    )  # fmt: skip
    days = pl.when(product == "cali").then(700).otherwise((latest - since).dt.total_days().clip(lower_bound=0))
    ago = (days * chance.fraction("start").pow(1.5)).floor().cast(pl.Int64)
    start = latest - pl.duration(days=ago)
    start = pl.when(product.is_in(FIRST_OF_MONTH)).then(start.dt.month_start()).otherwise(start)
    earliest = pl.min_horizontal(since, latest)
    at_once = (product == "sogo") & chance.happens("at once", 0.9)
    after_work = product.is_in(AFTER_WORK) & gone_on.is_not_null()
    return (
        pl.when(after_work).then(pl.min_horizontal(gone_on + pl.duration(days=1), of_extract))
        .when(at_once).then(earliest)
        .otherwise(pl.max_horizontal(earliest, start))
    )  # fmt: skip


def _start_of_attached(moment: Moment, chance: Chance) -> pl.Expr:
    """Mostly that of the main contract, else some time after it."""
    main = pl.col("start").gather("main")
    days = (pl.lit(moment.roster_on) - main).dt.total_days().clip(lower_bound=0)
    later = main + pl.duration(days=chance.below("attached later", days + 1))
    begins = pl.when(chance.happens("later", 0.15)).then(later).otherwise(main)
    return pl.when(pl.col("main").is_null() | (pl.col("start") > moment.as_of)).then("start").otherwise(begins)


def _type(chance: Chance) -> pl.Expr:
    young = pl.col("menus").str.contains("若年層型") & (pl.col("age") <= 35) & chance.happens("young", 0.7)
    small = pl.col("menus").str.contains("小口型") & (pl.col("employment") != "正規") & chance.happens("small", 0.6)
    group_life = pl.when(young).then(pl.lit("若年層型")).when(small).then(pl.lit("小口型")).otherwise(pl.lit("通常"))
    contents = (pl.col("product") == "fire") & (pl.col("dwelling") != "持家")
    drawn = pl.when(contents).then(pl.lit("家財")).otherwise(_chosen(chance, "type", TYPES))
    return pl.coalesce("type", pl.when(pl.col("product") == "group_life").then(group_life).otherwise(drawn))


def _insured(chance: Chance) -> pl.Expr:
    """Of one in a hundred nobody wrote it down; a child's savings are for the child."""
    usual = pl.when(pl.col("product") == "child_maturity").then(pl.lit("子")).otherwise(pl.lit("本人"))
    said = pl.coalesce("insured", usual)
    return pl.when((said == "本人") & chance.happens("not written", 0.01)).then(pl.lit("")).otherwise(said)


def _chosen(chance: Chance, what: str, of: dict[str, tuple[tuple[str, ...], tuple[int, ...]]]) -> pl.Expr:
    chosen: pl.Expr = pl.lit("")
    for product, (choices, often) in of.items():
        drawn = chance.one_of(f"{what} {product}", choices, often)
        chosen = pl.when(pl.col("product") == product).then(drawn).otherwise(chosen)
    return chosen


def _units() -> pl.DataFrame:
    names = ("low", "high", "step", "yen")
    kinds = {"product": pl.String(), **dict.fromkeys(names, pl.Int64())}
    return pl.DataFrame([(product, *rest) for product, rest in UNITS.items()], schema=kinds, orient="row")


def _renewal(moment: Moment) -> pl.Expr:
    """満期日: of car and house the next anniversary, of 自賠責 two years on."""
    start, on = pl.col("start"), moment.roster_on
    years = (on.year - start.dt.year()).clip(lower_bound=1)
    first = _years_later(start, years)
    annual = pl.when(first > on).then(first).otherwise(_years_later(start, years + 1))
    attached = pl.col("product").is_in(list(MAIN_OF_ATTACHED))
    return (
        pl.when(pl.col("product") == "cali").then(_years_later(start, pl.lit(2)))
        .when(pl.col("product").is_in(ANNUAL) | attached).then(annual)
    )  # fmt: skip


def _years_later(day: pl.Expr, years: pl.Expr) -> pl.Expr:
    """The same day of the month; 28 February for the 29th."""
    leap_day = (day.dt.month() == 2) & (day.dt.day() == 29)
    return pl.date(day.dt.year() + years, day.dt.month(), pl.when(leap_day).then(28).otherwise(day.dt.day()))
