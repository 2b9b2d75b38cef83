"""The lists about 長期共済, 税制適格年金 and 退職後共済, from lists.md's words."""

from .facts import Member, World
from .numbers import number
from .verdict import Found, ListRule
from .words import age_at_d, enrolled_by, has, held_by, is_retiring, units

PENSIONS = ("long_term", "tax_pension")


def pension_unenrolled(world: World, member: Member) -> Found:
    held = held_by(world, member, "group_life")
    not_old = age_at_d(world, member) <= number(world, "pension_max_age")
    return Found(bool(held) and not_old and not has(world, member, *PENSIONS), held)


def pension_top_up(world: World, member: Member) -> Found:
    held = held_by(world, member, *PENSIONS)
    total = units(held)
    return Found(bool(held) and total is not None and total <= number(world, "top_up_max_units"), held)


def pension_keep(world: World, member: Member) -> Found:
    held = held_by(world, member, *PENSIONS)
    return Found(bool(held), held)


def reemployment_lump_sum(world: World, member: Member) -> Found:
    held = held_by(world, member, *PENSIONS)
    return Found(bool(held) and is_retiring(world, member) and member.after == "reemployment", held)


def retiree_pension(world: World, member: Member) -> Found:
    held = held_by(world, member, *PENSIONS)
    return Found(bool(held) and is_retiring(world, member) and not has(world, member, "post_retirement"), held)


def retiree_whole_life(world: World, member: Member) -> Found:
    held = held_by(world, member, "long_term")
    whole_life = [one for one in enrolled_by(world, member, "post_retirement") if one.type == "終身"]
    return Found(bool(held) and is_retiring(world, member) and not whole_life, held)


LISTS: dict[str, ListRule] = {
    "pension-unenrolled": pension_unenrolled,
    "pension-top-up": pension_top_up,
    "pension-keep": pension_keep,
    "reemployment-lump-sum": reemployment_lump_sum,
    "retiree-pension": retiree_pension,
    "retiree-whole-life": retiree_whole_life,
}
