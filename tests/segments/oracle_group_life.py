"""The lists about 団体生命共済 and who should have it, from lists.md's words. Slow and plain on purpose."""

from .facts import PRODUCTS, Contract, Member, World
from .numbers import day, number
from .verdict import Found, ListRule
from .words import DAY as ONE_DAY
from .words import (
    age_at_d,
    birthday,
    end_of_fiscal_year,
    enrolled_by,
    fiscal_year,
    has,
    held_by,
    hired_year_no,
    is_in_force,
    leaving_date,
    months_before,
    riders,
)

LIABILITY = ("個人賠償責任", "個人賠償責任共済", "個人賠償責任特約")


def is_young(world: World, member: Member) -> bool:
    return age_at_d(world, member) <= number(world, "young_max_age")


def young_unenrolled(world: World, member: Member) -> Found:
    wanted = member.employment == "regular" and is_young(world, member) and hired_year_no(world, member) >= 2
    return Found(wanted and not has(world, member, "group_life"))


def new_hire_unenrolled(world: World, member: Member) -> Found:
    wanted = member.employment == "regular" and hired_year_no(world, member) == 1
    return Found(wanted and not has(world, member, "group_life"))


def group_life_unenrolled(world: World, member: Member) -> Found:
    wanted = member.employment == "regular" and not is_young(world, member)
    return Found(wanted and not has(world, member, "group_life"))


def fiscal_year_staff(world: World, member: Member) -> Found:
    return Found(member.employment in ("fiscal_year", "temporary") and not has(world, member, "group_life"))


def young_follow_up(world: World, member: Member) -> Found:
    fresh = is_young(world, member) or hired_year_no(world, member) <= number(world, "follow_up_max_year_no")
    held = held_by(world, member, "group_life")
    if not held or not fresh:
        return Found(False)
    earliest = min(c.effective for c in held)
    first = months_before(world.as_of, number(world, "follow_up_to_months"))
    last = months_before(world.as_of, number(world, "follow_up_from_months"))
    return Found(first <= earliest <= last, held)


def group_life_keep(world: World, member: Member) -> Found:
    held = held_by(world, member, "group_life")
    return Found(bool(held) and not young_follow_up(world, member).matched, held)


def renewal_premium_notice(world: World, member: Member) -> Found:
    held = held_by(world, member, "group_life")
    early = bool(held) and min(c.effective for c in held) < day(world, "notice_before")
    return Found(early and age_at_d(world, member) >= number(world, "notice_min_age"), held)


def family_unenrolled(world: World, member: Member) -> Found:
    """An open application does not say for whom it is: it may be for anybody of the family."""
    held = held_by(world, member, "group_life")
    applied = [one for one in enrolled_by(world, member, "group_life") if not isinstance(one, Contract)]
    if not held or applied:
        return Found(False)
    without_spouse = member.spouse == "yes" and for_spouse(world, member) == 0
    return Found(without_spouse or (member.children or 0) > for_children(world, member), held)


def for_spouse(world: World, member: Member) -> int:
    """How many 団体生命 there are, held or pending."""
    return _for(world, member, "spouse")


def for_children(world: World, member: Member) -> int:
    return _for(world, member, "child")


def _for(world: World, member: Member, insured: str) -> int:
    contracts = [
        c for c in world.contracts_of.get(member.key, ()) if c.product == "group_life" and c.insured == insured
    ]
    return sum(is_in_force(world, c) or c.effective > world.as_of for c in contracts)


def liability_rider(world: World, member: Member) -> Found:
    held = held_by(world, member, "group_life", "fire")
    carried = any(name in LIABILITY for one in enrolled_by(world, member, *PRODUCTS) for name in riders(one))
    return Found(bool(held) and not carried, held)


def late_fifties_notice(world: World, member: Member) -> Found:
    held, leaves = held_by(world, member, "group_life"), leaving_date(world, member)
    of_age = number(world, "late_fifties_min_age") <= age_at_d(world, member) <= number(world, "late_fifties_max_age")
    return Found(bool(held) and of_age and leaves is not None and leaves > end_of_fiscal_year(world.as_of), held)


def role_retirement(world: World, member: Member) -> Found:
    held = held_by(world, member, "group_life")
    reached = birthday(member.born, number(world, "role_retirement_age")) - ONE_DAY
    this_year = fiscal_year(reached) == fiscal_year(world.as_of)
    return Found(bool(held) and this_year and member.employment == "regular", held)


def traffic_unenrolled(world: World, member: Member) -> Found:
    held = held_by(world, member, "group_life")
    return Found(bool(held) and not has(world, member, "traffic"), held)


def care_middle_aged(world: World, member: Member) -> Found:
    held = held_by(world, member, "group_life")
    of_age = number(world, "care_min_age") <= age_at_d(world, member) <= number(world, "care_max_age")
    return Found(bool(held) and of_age and not has(world, member, "care"), held)


LISTS: dict[str, ListRule] = {
    "young-unenrolled": young_unenrolled,
    "new-hire-unenrolled": new_hire_unenrolled,
    "group-life-unenrolled": group_life_unenrolled,
    "fiscal-year-staff": fiscal_year_staff,
    "young-follow-up": young_follow_up,
    "group-life-keep": group_life_keep,
    "renewal-premium-notice": renewal_premium_notice,
    "family-unenrolled": family_unenrolled,
    "liability-rider": liability_rider,
    "late-fifties-notice": late_fifties_notice,
    "role-retirement": role_retirement,
    "traffic-unenrolled": traffic_unenrolled,
    "care-middle-aged": care_middle_aged,
}
