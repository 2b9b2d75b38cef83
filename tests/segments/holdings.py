"""What the people of `worlds.py` hold, have applied for and have asked not to hear about, with edges on purpose."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from .dice import Dice
from .edges import DAY, days_about, end_of_year
from .facts import PRODUCTS, Application, Contract, Member, Stop, World

LONG_AGO = date(2012, 4, 1)
INSURED = (*[None, "self"] * 4, "spouse", "child", "parent")
UNITS = (*[1, 2, 3, 4, 5, 6, 8, 10] * 2, None)
RIDERS = (
    *(None, None, "", "弁護士費用", "個人賠償責任", "個人賠償責任共済", "個人賠償責任特約", "自転車賠償"),
    *(
        "弁護士費用;個人賠償責任",
        "自転車賠償；弁護士費用",
        " 個人賠償 責任 ; 弁護士費用",
        "弁護士費用 ；　自転車　賠償",
    ),
    *("個人賠償責任なし", "新個人賠償責任", "自転車賠償責任補償特約", "自転車賠償停止", "旧自転車賠償", "個人賠償"),
)
TYPES: dict[str, tuple[str | None, ...]] = {
    "fire": ("住宅", "家財", "住宅", "家財", "住宅家財", None),
    "natural_disaster": ("標準", "標準", "標準", "大型", "大型", None),
    "post_retirement": ("終身", "終身", "年金", "医療", None),
}
ATTACHED = ("natural_disaster", "vehicle_damage")


def contract(dice: Dice, world: World, member: Member, product: str, **fixed: Any) -> Contract:
    """Mostly held at D by the member, and any one thing may be just beside that."""
    as_of, leaving = world.as_of, member.planned or end_of_year(world.as_of)
    effective = fixed.pop("effective", None) or dice.near(LONG_AGO, [*days_about(as_of), as_of + 60 * DAY])
    ended = dice.near(None, [*days_about(as_of), *days_about(leaving), *days_about(end_of_year(as_of))])
    made: dict[str, Any] = {
        "ended": ended if ended is None or ended >= effective else None,
        "type": dice.pick(TYPES.get(product, (None,))),
        "insured": dice.pick(INSURED),
        "renews": dice.pick([None, as_of + 40 * DAY, as_of + 40 * DAY, as_of + 300 * DAY]),
        "units": dice.pick(UNITS),
        "riders": dice.pick(RIDERS) if dice.once_in(3) else None,
    }
    return Contract(key="", member=member.key, product=product, effective=effective, **{**made, **fixed})


def some(dice: Dice, world: World, member: Member, chances: dict[str, int]) -> list[Contract]:
    """One of each product that chance allows: once in so many times."""
    return [contract(dice, world, member, product) for product, times in chances.items() if dice.once_in(times)]


def applications(
    dice: Dice, world: World, member: Member, close: Sequence[str], contracts: list[Contract]
) -> list[Application]:
    """Rarely more than one; received around D, or around the day when a contract that may have come of it begins."""
    made: dict[tuple[str, date], Application] = {}
    for _ in range(dice.pick([0, 0, 0, 0, 1, 1, 2])):
        product = dice.pick([*close, dice.pick(close), dice.pick(PRODUCTS)])
        came = [day for c in contracts if c.product == product for day in days_about(c.effective)]
        mains = [None, *(c.key for c in contracts), *(c.main for c in contracts), f"{member.pref}-X"]
        own = [c.key for c in contracts if c.product == product]
        application = Application(
            member=member.key,
            product=product,
            received=dice.pick([world.as_of - 40 * DAY, world.as_of, date(2011, 1, 1), date(2011, 1, 1), *came]),
            state=dice.pick(["received", "received", "defective", "withdrawn"]),
            type=dice.pick(TYPES.get(product, (None,))),
            main=dice.pick(mains) if product in ATTACHED else None,
            contract=dice.pick([None, None, None, *own, f"{member.pref}-GONE"]),
        )
        made[product, application.received] = application
    return list(made.values())


def maybe_stops(dice: Dice, world: World, member: Member, close: Sequence[str]) -> list[Stop]:
    window = world.window
    edges: Sequence[date] = days_about(world.as_of)
    if window:
        edges = [*edges, *days_about(window.first), *days_about(window.last)]
    made: dict[str, Stop] = {}
    for _ in range(dice.pick([0, 0, 0, 0, 1, 2])):
        product = dice.pick(["", "", dice.pick(close), dice.pick(close), dice.pick(PRODUCTS)])
        starts = dice.pick([None, None, LONG_AGO, *edges])
        ends = dice.pick([None, None, *edges])
        crossed = starts is not None and ends is not None and ends < starts
        made[product] = Stop(member.key, product, starts, None if crossed else ends)
    return list(made.values())
