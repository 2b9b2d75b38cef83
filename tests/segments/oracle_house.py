"""The lists about 火災共済, 自然災害共済 and 総合共済, from lists.md's words."""

from .facts import Contract, Member, World
from .numbers import number
from .verdict import Found, ListRule
from .words import (
    DAY,
    Enrolled,
    attached_to,
    enrolled_by,
    has,
    held_by,
    is_held,
    is_open,
    is_retiring,
    is_to_come,
    of_type,
)


def fire_only(world: World, member: Member) -> Found:
    bare = [c for c in held_by(world, member, "fire") if not attached_to(world, c, "natural_disaster")]
    return Found(bool(bare), bare)


def disaster_standard(world: World, member: Member) -> Found:
    standard = of_type(held_by(world, member, "natural_disaster"), "標準")
    alone = [c for c in standard if not any(_same_main(c, d) for d in _large(world))]
    return Found(bool(alone), alone)


def _large(world: World) -> list[Enrolled]:
    """Everyone's, since a 主契約番号 may name a contract in another person's name."""
    contracts = [c for c in world.contracts if is_held(world, c) or is_to_come(world, c)]
    everything: list[Enrolled] = [*contracts, *filter(is_open, world.applications)]
    return [d for d in everything if d.product == "natural_disaster" and d.type == "大型"]


def _same_main(one: Contract, other: Enrolled) -> bool:
    if one.main is None or other.main is None:
        return one.member == other.member
    return one.main == other.main


def housing_unenrolled(world: World, member: Member) -> Found:
    held = held_by(world, member, "sogo")
    return Found(bool(held) and not has(world, member, "fire", "natural_disaster"), held)


def sogo_unenrolled(world: World, member: Member) -> Found:
    return Found(member.union.sogo == "yes" and not has(world, member, "sogo"))


def fire_retiring(world: World, member: Member) -> Found:
    held = held_by(world, member, "fire")
    return Found(bool(held) and is_retiring(world, member), held)


def fire_half_covered(world: World, member: Member) -> Found:
    """Nobody who has just applied for the other half is approached."""
    half = of_type(held_by(world, member, "fire"), "住宅", "家財")
    covered = {one.type for one in enrolled_by(world, member, "fire")}
    both = {"住宅", "家財"} <= covered or "住宅家財" in covered
    return Found(member.dwelling == "owned" and bool(half) and not both, half)


def fire_new_scheme(world: World, member: Member) -> Found:
    until = world.as_of + number(world, "renewal_days") * DAY
    renewing = [c for c in held_by(world, member, "fire") if c.renews and world.as_of <= c.renews <= until]
    return Found(bool(renewing), renewing)


LISTS: dict[str, ListRule] = {
    "fire-only": fire_only,
    "disaster-standard": disaster_standard,
    "housing-unenrolled": housing_unenrolled,
    "sogo-unenrolled": sogo_unenrolled,
    "fire-retiring": fire_retiring,
    "fire-half-covered": fire_half_covered,
    "fire-new-scheme": fire_new_scheme,
}
