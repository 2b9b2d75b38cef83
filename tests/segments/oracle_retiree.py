"""退職者団体生命 移行対象, from lists.md's words."""

from .facts import Member, World
from .numbers import LEAVING_BY, day, number
from .verdict import Found, ListRule
from .words import age, end_of_fiscal_year, has, held_by, leaving_date


def retiree_transfer(world: World, member: Member) -> Found:
    leaves = leaving_date(world, member)
    if leaves is None or not world.as_of <= leaves <= day(world, LEAVING_BY, end_of_fiscal_year(world.as_of)):
        return Found(False)
    if member.after not in ("complete", "undecided", None):
        return Found(False)
    if age(member.born, leaves) > number(world, "max_age_at_leaving"):
        return Found(False)
    until_then = [c for c in held_by(world, member, "group_life") if c.ended is None or c.ended >= leaves]
    return Found(bool(until_then) and not has(world, member, "retiree_group_life"), until_then)


LISTS: dict[str, ListRule] = {"retiree-transfer": retiree_transfer}
