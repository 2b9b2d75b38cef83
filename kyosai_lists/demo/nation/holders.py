"""Who holds what on D: as many contracts of each product as the plan says, no more and no fewer."""

import polars as pl

from kyosai_lists.demo.figures import PLAN_HELD
from kyosai_lists.demo.nation.chance import Chance
from kyosai_lists.demo.nation.people import in_service, retired
from kyosai_lists.demo.proportions import EMPLOYMENT_SOGO, EMPLOYMENT_USUAL, FIRE_BY_DWELLING
from kyosai_lists.demo.terms import (
    FAMILY_SHARE,
    HOUSE_AND_CONTENTS,
    HOUSE_AND_CONTENTS_WEIGHTS,
    SECOND_CARS,
    TYPES,
)
from kyosai_lists.products import MAIN_OF_ATTACHED

_WITH_GROUP_LIFE = ("long_term", "tax_pension", "traffic")  # sold together with it
_RETIREES_SPOUSES = 0.2
# person: the row in the frame of people. type, insured: words, null where the product decides by itself. main: the row
# in this frame of the contract that it is attached to.
SCHEMA: dict[str, pl.DataType] = {
    "person": pl.Int64(), "product": pl.String(), "type": pl.String(), "insured": pl.String(), "main": pl.Int64(),
}  # fmt: skip


def held_counts(scale: float = 1.0) -> dict[str, int]:
    """How many contracts of each product are in force on D."""
    return {product: round(count * scale) for product, count in PLAN_HELD.items()}


def weights() -> dict[str, pl.Expr]:
    """How likely someone is to hold a product; 0 never. For the frame of `people`."""
    usual = pl.col("employment").replace_strict(EMPLOYMENT_USUAL, return_dtype=pl.Float64)
    strength, age, working, gone = pl.col("strength"), pl.col("age"), in_service(), retired()
    family = (pl.col("spouse") == "有") | (pl.col("children") > 0)
    by_age = pl.when(age < 25).then(0.5).when(age < 35).then(0.8).otherwise(1.2)
    long_term = _if(working & (age >= 22), usual * strength * pl.when(age < 35).then(0.5).otherwise(1.0))
    car = (
        pl.when(working & (age >= 25))
        .then(1.0)
        .when(working)
        .then(0.5)
        .when(gone & (age < 80))
        .then(0.7)
        .otherwise(0.0)
    )
    house = pl.col("dwelling").replace_strict(FIRE_BY_DWELLING, return_dtype=pl.Float64)
    return {
        "sogo": _if(working & pl.col("sogo"), pl.col("employment").replace_strict(EMPLOYMENT_SOGO, return_dtype=pl.Float64)),
        "group_life": _if(working, by_age * usual * strength.pow(2) * pl.when(family).then(1.4).otherwise(1.0)),
        "retiree_group_life": _if(gone & (age <= 84), 1.0 / (1 + (age - 60).clip(lower_bound=0))),
        "long_term": long_term,
        "tax_pension": _if(age < 60, long_term),
        "my_car": car,
        "fire": house * pl.when(working).then(1.0).when(gone).then(0.7).otherwise(0.0),
        "cali": car * pl.when("cali").then(1.0).otherwise(0.05),
        "child_maturity": _if(working & (age < 50) & pl.col("young_child"), pl.lit(1.0)),
        "traffic": strength * pl.when(working).then(1.0).when(gone).then(0.3).otherwise(0.0),
        "care": _if(working & age.is_between(40, 64), pl.lit(1.0)),
        "post_retirement": _if(gone, pl.lit(1.0)),
    }  # fmt: skip


def _if(condition: pl.Expr, weight: pl.Expr) -> pl.Expr:
    return pl.when(condition).then(weight).otherwise(0.0)


def draw_held(people: pl.DataFrame, counts: dict[str, int], chance: Chance) -> pl.DataFrame:
    """SCHEMA: the contracts in force on D, those that others are attached to first. `people` has `person` and `young_child`."""
    parts: dict[str, pl.DataFrame] = {}
    for product, weight in weights().items():
        likely = people.with_columns(weight=weight)
        if product in _WITH_GROUP_LIFE:
            holds = pl.col("person").is_in(parts["group_life"]["person"].implode())
            likely = likely.with_columns(weight=pl.col("weight") * pl.when(holds).then(2.5).otherwise(1.0))
        drawn = _DRAW.get(product, _one_each)(likely, counts[product], chance.apart(product))
        parts[product] = _as_contracts(drawn, product)
    mains = pl.concat(parts.values())
    return pl.concat([mains, *(_attached(mains, p, counts[p], chance.apart(p)) for p in MAIN_OF_ATTACHED)])


def pick(frame: pl.DataFrame, count: int, chance: Chance, what: str = "pick") -> pl.DataFrame:
    """`count` different rows, the likelier the greater their `weight`; 0 never. In the order of `frame`.

    Raises:
        ValueError: there are not so many.
    """
    likely = frame.with_columns(order=chance.order(what, pl.col("weight"))).filter(pl.col("order") > 0)
    if likely.height < count:
        raise ValueError(f"{chance.seed} {what}: {count} of {likely.height}")
    return likely.with_row_index("at").top_k(count, by="order").sort("at").drop("at", "order")


def _as_contracts(drawn: pl.DataFrame, product: str) -> pl.DataFrame:
    nothing = {name: pl.lit(None, kind) for name, kind in SCHEMA.items() if name not in drawn.columns}
    return drawn.with_columns(**nothing | {"product": pl.lit(product)}).select(list(SCHEMA))


def _one_each(people: pl.DataFrame, count: int, chance: Chance) -> pl.DataFrame:
    return pick(people, count, chance).select("person")


def _group_life(people: pl.DataFrame, count: int, chance: Chance) -> pl.DataFrame:
    family = {insured: round(count * share) for insured, share in FAMILY_SHARE.items()}
    holders = pick(people, count - sum(family.values()), chance)
    has = {"配偶者": pl.col("spouse") == "有", "子": pl.col("children") > 0}
    others = [_of_family(holders.filter(has[insured]), n, insured, chance) for insured, n in family.items()]
    return pl.concat([holders.select("person", insured=pl.lit("本人")), *others])


def _retirees(people: pl.DataFrame, count: int, chance: Chance) -> pl.DataFrame:
    spouses = round(count * _RETIREES_SPOUSES)
    holders = pick(people, count - spouses, chance)
    married = holders.filter(pl.col("spouse") == "有")
    return pl.concat([holders.select("person", insured=pl.lit("本人")), _of_family(married, spouses, "配偶者", chance)])


def _of_family(holders: pl.DataFrame, count: int, insured: str, chance: Chance) -> pl.DataFrame:
    alike = holders.with_columns(weight=pl.lit(1.0))
    return pick(alike, count, chance, insured).select("person", insured=pl.lit(insured))


def _cars(people: pl.DataFrame, count: int, chance: Chance) -> pl.DataFrame:
    second = round(count * SECOND_CARS)
    holders = pick(people, count - second, chance)
    families = holders.filter((pl.col("spouse") == "有") | (pl.col("children") > 0))
    return pl.concat([holders.select("person"), _of_family(families, second, "", chance).select("person")])


def _houses(people: pl.DataFrame, count: int, chance: Chance) -> pl.DataFrame:
    """A house and its contents may be two contracts, so some that were drawn are given up again."""
    types = [";".join(types) for types in HOUSE_AND_CONTENTS]
    drawn = pick(people, count, chance).with_columns(
        type=pl.when(pl.col("dwelling") == "持家")
        .then(chance.one_of("types", types, HOUSE_AND_CONTENTS_WEIGHTS)).otherwise(pl.lit("家財"))
        .str.split(";")
    ).explode("type")  # fmt: skip
    return pick(drawn.with_columns(weight=pl.lit(1.0)), count, chance, "kept").select("person", "type")


def _after_retirement(people: pl.DataFrame, count: int, chance: Chance) -> pl.DataFrame:
    """Someone who retired has some of the four types, most often 年金."""
    types, likely = TYPES["post_retirement"]
    each = pl.DataFrame({"type": types, "often": likely})
    slots = (
        people.filter(pl.col("weight") > 0)
        .select("person", "weight")
        .join(each, how="cross", maintain_order="left_right")
    )
    return pick(slots.with_columns(weight=pl.col("weight") * pl.col("often")), count, chance).select("person", "type")


def _attached(mains: pl.DataFrame, product: str, count: int, chance: Chance) -> pl.DataFrame:
    """自然災害 to 火災, 車両損害 to マイカー."""
    numbered = mains.with_row_index("main_row").filter(pl.col("product") == MAIN_OF_ATTACHED[product])
    chosen = pick(numbered.with_columns(weight=pl.lit(1.0)), count, chance)
    return _as_contracts(chosen.select("person", main=pl.col("main_row").cast(pl.Int64)), product)


_DRAW = {
    "group_life": _group_life, "retiree_group_life": _retirees, "my_car": _cars, "fire": _houses,
    "post_retirement": _after_retirement,
}  # fmt: skip
