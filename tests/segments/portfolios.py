"""What people near a list hold, before keys are given: of each product that decides none, one or several."""

from datetime import date

from .dice import Dice
from .edges import DAY, days_about
from .facts import Contract, Member, World
from .holdings import LONG_AGO, contract, some
from .numbers import day, number
from .words import months_before

BESIDE = {"sogo": 6, "long_term": 8, "my_car": 8, "fire": 8, "traffic": 8, "care": 8, "child_maturity": 12}


def unenrolled(dice: Dice, world: World, member: Member, _neighbour: str) -> list[Contract]:
    lives, retired = dice.pick([(0, 0), (0, 0), (0, 1), (1, 0), (2, 0)])
    products = ["group_life"] * lives + ["retiree_group_life"] * retired
    return [contract(dice, world, member, product) for product in products] + some(dice, world, member, BESIDE)


def life(dice: Dice, world: World, member: Member, _neighbour: str) -> list[Contract]:
    """団体生命 from about each day that a list asks for."""
    as_of = world.as_of
    edges = [months_before(as_of, number(world, f"follow_up_{end}_months")) for end in ("to", "from")]
    edges += [
        months_before(as_of, 12),
        months_before(as_of, 12 * number(world, "tenure_years")),
        day(world, "notice_before"),
    ]
    made = []
    for _ in range(dice.pick([1, 1, 1, 2, 2, 0])):
        effective = dice.pick([None, None, *days_about(dice.pick(edges))])
        made.append(contract(dice, world, member, "group_life", effective=effective))
    return made + some(dice, world, member, BESIDE)


def family(dice: Dice, world: World, member: Member, _neighbour: str) -> list[Contract]:
    """団体生命 for oneself mostly, and for as many of the family as there are, or nearly."""
    made = [
        contract(dice, world, member, "group_life", insured=dice.pick([None, "self"]))
        for _ in range(dice.pick([1, 1, 2, 0]))
    ]
    for_whom = ["spouse"] * dice.pick([0, 1, 1]) + ["child"] * max((member.children or 0) + dice.pick([0, 0, 0, -1]), 0)
    made += [contract(dice, world, member, "group_life", insured=insured) for insured in for_whom]
    return made + some(dice, world, member, {"child_maturity": 5, "traffic": 5, "fire": 8, "retiree_group_life": 12})


def late_life(dice: Dice, world: World, member: Member, _neighbour: str) -> list[Contract]:
    lives, retired = dice.pick([(1, 0), (1, 0), (1, 0), (2, 0), (1, 1), (0, 0)])
    products = ["group_life"] * lives + ["retiree_group_life"] * retired
    return [contract(dice, world, member, product) for product in products] + some(dice, world, member, BESIDE)


def pensions(dice: Dice, world: World, member: Member, _neighbour: str) -> list[Contract]:
    longs, taxed, after = dice.pick(
        [(1, 0, 0), (1, 0, 0), (0, 1, 0), (1, 1, 0), (2, 0, 1), (1, 0, 1), (0, 0, 0), (0, 0, 1)]
    )
    products = ["long_term"] * longs + ["tax_pension"] * taxed + ["post_retirement"] * after
    made = [contract(dice, world, member, product, **_since(dice, world)) for product in products]
    return made + some(dice, world, member, {"group_life": 2, "my_car": 5})


def _since(dice: Dice, world: World) -> dict[str, date]:
    since = months_before(world.as_of, 12 * number(world, "tenure_years"))
    return {"effective": dice.pick(days_about(since))} if dice.once_in(3) else {}


def cars(dice: Dice, world: World, member: Member, neighbour: str) -> list[Contract]:
    """Two cars at most; 車両損害 on one of them, on none by name, on something else, on the neighbour's."""
    cars, damages, calis = dice.pick(
        [(1, 0, 0), (1, 0, 1), (1, 1, 0), (2, 1, 0), (2, 2, 1), (0, 0, 1), (0, 0, 0), (0, 1, 2)]
    )
    until = world.as_of + number(world, "expiry_days") * DAY
    edges = [None, *days_about(world.as_of), *days_about(until), world.as_of + 5 * DAY]
    made = [contract(dice, world, member, "my_car", inspection=dice.pick(edges)) for _ in range(cars)]
    mains = _mains(member, neighbour, cars + damages)
    made += [contract(dice, world, member, "vehicle_damage", main=dice.pick(mains)) for _ in range(damages)]
    for _ in range(calis):
        made.append(contract(dice, world, member, "cali", renews=dice.pick(edges), inspection=dice.pick(edges)))
        if dice.once_in(2) and (ended := dice.pick(edges)):
            made[-1] = contract(dice, world, member, "cali", renews=dice.pick(edges), ended=ended, effective=LONG_AGO)
    return made + some(dice, world, member, {"sogo": 2, "group_life": 4, "long_term": 6})


def house(dice: Dice, world: World, member: Member, neighbour: str) -> list[Contract]:
    """Two dwellings at most; 自然災害 on one of them, on none by name, on something else, on the neighbour's."""
    fires, disasters = dice.pick([(1, 0), (1, 1), (1, 1), (2, 0), (2, 1), (2, 2), (1, 2), (1, 3), (0, 2), (0, 1)])
    until = world.as_of + number(world, "renewal_days") * DAY
    renewals = [None, world.as_of + 5 * DAY, *days_about(world.as_of), *days_about(until)]
    made = [contract(dice, world, member, "fire", renews=dice.pick(renewals)) for _ in range(fires)]
    mains = _mains(member, neighbour, fires + disasters)
    made += [contract(dice, world, member, "natural_disaster", main=dice.pick(mains)) for _ in range(disasters)]
    return made + some(dice, world, member, {"sogo": 3, "group_life": 8, "my_car": 8})


def contents(dice: Dice, world: World, member: Member, _neighbour: str) -> list[Contract]:
    """家財 mostly, once or twice."""
    types = [dice.near("家財", ("住宅", "住宅家財", None)) for _ in range(dice.pick([1, 1, 2, 2, 3]))]
    return [
        contract(dice, world, member, "fire", type=kind, units=dice.pick([1, 2, 3, 4, 5, 10])) for kind in types[:-1]
    ] + [contract(dice, world, member, "fire", type=kind) for kind in types[-1:]]


def homeless(dice: Dice, world: World, member: Member, _neighbour: str) -> list[Contract]:
    """Mostly 総合 alone."""
    return some(dice, world, member, {"sogo": 1 + dice.pick([0, 1]), "fire": 5, "natural_disaster": 5, "my_car": 5})


def _mains(member: Member, neighbour: str, own_contracts: int) -> list[str | None]:
    own = [f"{member.key}-{k}" for k in range(own_contracts)]
    return [None, *own[:2], *own[:2], *own[-1:], f"{neighbour}-0", f"{neighbour}-1", f"{member.pref}-X"]
