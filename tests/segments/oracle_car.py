"""The lists about マイカー共済, 車両損害補償 and 自賠責共済, from lists.md's words."""

from datetime import date

from .facts import Contract, Member, World
from .numbers import number
from .verdict import Found, ListRule
from .words import DAY, age, attached_to, enrolled_by, has, held_by, is_retiring, months_before, riders

# The plan (1(2)車カ) calls it 自転車賠償責任補償特約.
BICYCLE = {"自転車賠償", "自転車賠償特約", "自転車賠償責任", "自転車賠償責任特約", "自転車賠償責任補償特約"}


def car_unenrolled(world: World, member: Member) -> Found:
    held = held_by(world, member, "sogo")
    return Found(bool(held) and not has(world, member, "my_car"), held)


def car_no_vehicle_cover(world: World, member: Member) -> Found:
    bare = [c for c in held_by(world, member, "my_car") if not attached_to(world, c, "vehicle_damage")]
    return Found(bool(bare), bare)


def car_family(world: World, member: Member) -> Found:
    held = held_by(world, member, "my_car")
    only = len(held) == len(enrolled_by(world, member, "my_car")) == 1
    grown_up = member.youngest is not None and age(member.youngest, world.as_of) >= number(world, "adult_child_min_age")
    return Found(only and (member.spouse == "yes" or grown_up), held)


def car_retiring(world: World, member: Member) -> Found:
    held = held_by(world, member, "my_car")
    return Found(bool(held) and is_retiring(world, member), held)


def car_bicycle_rider(world: World, member: Member) -> Found:
    held = held_by(world, member, "my_car")
    carried = any(BICYCLE & {*riders(one)} for one in enrolled_by(world, member, "my_car"))
    return Found(bool(held) and not carried, held)


def car_as_anchor(world: World, member: Member) -> Found:
    since = months_before(world.as_of, 12 * number(world, "tenure_years"))
    long_held = [c for c in held_by(world, member, "group_life", "long_term") if c.effective <= since]
    return Found(bool(long_held) and not has(world, member, "my_car"), long_held)


def cali_expiring(world: World, member: Member) -> Found:
    until = world.as_of + number(world, "expiry_days") * DAY
    held = held_by(world, member, "cali", "my_car")
    expiring = [c for c in held if (day := expires(c)) is not None and world.as_of <= day <= until]
    return Found(bool(expiring), expiring)


def expires(contract: Contract) -> date | None:
    return contract.inspection if contract.product == "my_car" else contract.ended or contract.renews


LISTS: dict[str, ListRule] = {
    "car-unenrolled": car_unenrolled,
    "car-no-vehicle-cover": car_no_vehicle_cover,
    "car-family": car_family,
    "car-retiring": car_retiring,
    "car-bicycle-rider": car_bicycle_rider,
    "car-as-anchor": car_as_anchor,
    "cali-expiring": cali_expiring,
}
