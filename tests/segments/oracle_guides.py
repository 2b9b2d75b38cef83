"""The lists that compare 口数 with めやす, and こども満期金付, from lists.md's words."""

from .facts import Guide, Member, World
from .numbers import number
from .verdict import Found, ListRule
from .words import age, age_at_d, enrolled_by, family_size, has, held_by, is_in_force, of_type, units


def guide_units(world: World, member: Member, kind: str) -> int | None:
    """The めやす that says most of those that fit: 家族数 and 住居区分, then 家族数, then 住居区分, then neither."""
    fitting = [g for g in world.guides if g.kind == kind and _fits(world, member, g)]
    if not fitting:
        return None
    most = max(_says(g) for g in fitting)
    return min(g.units for g in fitting if _says(g) == most)


def _fits(world: World, member: Member, guide: Guide) -> bool:
    of_age = guide.age_from <= age_at_d(world, member) <= guide.age_to
    of_size = guide.family in ("", str(family_size(member)))
    return of_age and of_size and guide.dwelling in ("", member.dwelling)


def _says(guide: Guide) -> tuple[bool, bool]:
    return guide.family != "", guide.dwelling != ""


def cover_below_guide(world: World, member: Member) -> Found:
    held, guide = held_by(world, member, "group_life"), guide_units(world, member, "group_life")
    total = units(held)
    return Found(bool(held) and total is not None and guide is not None and total < guide, held)


def contents_below_guide(world: World, member: Member) -> Found:
    held, guide = of_type(held_by(world, member, "fire"), "家財"), guide_units(world, member, "contents")
    total = units(held)
    if any(one.type == "住宅家財" for one in enrolled_by(world, member, "fire")) or member.householder != "yes":
        return Found(False)
    return Found(bool(held) and total is not None and guide is not None and total < guide, held)


def child_savings(world: World, member: Member) -> Found:
    small = member.youngest is not None and age(member.youngest, world.as_of) <= number(world, "child_max_age")
    held = [
        c
        for c in world.contracts_of.get(member.key, ())
        if c.product == "group_life" and c.insured in (None, "self", "child") and is_in_force(world, c)
    ]
    return Found(bool(held) and small and not has(world, member, "child_maturity"), held)


LISTS: dict[str, ListRule] = {
    "cover-below-guide": cover_below_guide,
    "contents-below-guide": contents_below_guide,
    "child-savings": child_savings,
}
