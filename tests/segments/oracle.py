"""Who must be on the four main lists, read word by word from lists.md and written down in the plainest Python there is.

No SQL, no frames, nothing of the product: one person at a time, every contract looked at in turn. Slow on purpose.
"""

from dataclasses import dataclass
from datetime import date

from .facts import Application, Contract, Member, World
from .words import age, end_of_fiscal_year, fiscal_year, has, held_by, held_or_pending, is_guessed, leaving_date

IN_SERVICE = ("active", "leave")
OFFERS = {
    "young-unenrolled": "group_life",
    "retiree-transfer": "retiree_group_life",
    "fire-only": "natural_disaster",
    "disaster-standard": "natural_disaster",
}
FAMILIES = (
    {"group_life", "retiree_group_life"},
    {"fire", "natural_disaster"},
    {"my_car", "vehicle_damage", "cali"},
    {"long_term", "tax_pension", "post_retirement"},
)


@dataclass(frozen=True)
class Verdict:
    """`contracts`: keys of those that put the person there, earliest renewal first, those without one last.

    `said`: the numbers, dates and remarks of the reason, in their order.
    """

    matched: bool
    suppressed: str | None = None
    contracts: tuple[str, ...] = ()
    said: tuple[str, ...] = ()

    @property
    def listed(self) -> bool:
        return self.matched and self.suppressed is None


def verdict(world: World, list_id: str, member: Member) -> Verdict:
    matched, contracts = _RULES[list_id](world, member)
    matched = matched and member.status in IN_SERVICE
    ordered = sorted(contracts, key=lambda c: (c.renews or date.max, c.key)) if matched else []
    said = _said(world, list_id, member) if matched else ()
    return Verdict(matched, why_not(world, list_id, member), tuple(c.key for c in ordered), said)


# -- the four lists --------------------------------------------------------------------------------------------------


def _young_unenrolled(world: World, member: Member) -> tuple[bool, list[Contract]]:
    hired_year_no = fiscal_year(world.as_of) - fiscal_year(member.hired) + 1
    young = age(member.born, world.as_of) <= world.young_max_age
    matched = member.employment == "regular" and young and hired_year_no >= 2
    return matched and not has(world, member, "group_life"), []


def _retiree_transfer(world: World, member: Member) -> tuple[bool, list[Contract]]:
    leaves = leaving_date(world, member)
    if leaves is None or not world.as_of <= leaves <= (world.leaving_by or end_of_fiscal_year(world.as_of)):
        return False, []
    if member.after not in ("complete", "undecided", None) or age(member.born, leaves) > 84:
        return False, []
    until_then = [c for c in held_by(world, member, "group_life") if c.ended is None or c.ended >= leaves]
    return bool(until_then) and not has(world, member, "retiree_group_life"), until_then


def _fire_only(world: World, member: Member) -> tuple[bool, list[Contract]]:
    bare = [c for c in held_by(world, member, "fire") if not _has_disaster_cover(world, c)]
    return bool(bare), bare


def _has_disaster_cover(world: World, fire: Contract) -> bool:
    for disaster in held_or_pending(world, "natural_disaster"):
        if disaster.main == fire.key or (disaster.main is None and disaster.member == fire.member):
            return True
    return False


def _disaster_standard(world: World, member: Member) -> tuple[bool, list[Contract]]:
    standard = [c for c in held_by(world, member, "natural_disaster") if c.type == "標準"]
    alone = [c for c in standard if not any(_same_main(c, d) for d in _large(world))]
    return bool(alone), alone


def _large(world: World) -> list[Contract | Application]:
    return [d for d in held_or_pending(world, "natural_disaster") if d.type == "大型"]


def _same_main(one: Contract, other: Contract | Application) -> bool:
    if one.main is None or other.main is None:
        return one.member == other.member
    return one.main == other.main


_RULES = {
    "young-unenrolled": _young_unenrolled,
    "retiree-transfer": _retiree_transfer,
    "fire-only": _fire_only,
    "disaster-standard": _disaster_standard,
}


def _said(world: World, list_id: str, member: Member) -> tuple[str, ...]:
    """The union's 若年層型 menu is named where it has one; an unclear 退職後区分 and a guessed L are 要確認."""
    if list_id == "young-unenrolled":
        hired = fiscal_year(member.hired)
        facts = (
            f"採用{fiscal_year(world.as_of) - hired + 1}年目",
            f"{hired}年度採用",
            f"{age(member.born, world.as_of)}歳",
        )
        return facts + (("若年層型",) if "young" in (member.union.menu or "").split(";") else ())
    leaves = leaving_date(world, member)
    if list_id != "retiree-transfer" or leaves is None:
        return ()
    unclear = member.after in ("undecided", None) or is_guessed(world, member)
    return (f"{leaves.year}年{leaves.month}月{leaves.day}日", *(("要確認",) if unclear else ()))


# -- suppression -----------------------------------------------------------------------------------------------------


def why_not(world: World, list_id: str, member: Member) -> str | None:
    """The reason that keeps a person off a list whatever its rule says, or None."""
    if member.status not in ("active", "leave", "retired", "left", "dead"):
        return "在籍状態が読めない"
    if member.status in ("dead", "left"):
        return {"dead": "死亡", "left": "脱退"}[member.status]
    if _asked_not_to_be_approached(world, OFFERS[list_id], member):
        return "案内停止"
    if _on_hold(world, "members", member):
        return "名簿の行が保留"
    return "案内停止の行が保留" if _on_hold(world, "suppressions", member) else None


def _asked_not_to_be_approached(world: World, offered: str, member: Member) -> bool:
    family: set[str] = next((f for f in FAMILIES if offered in f), {offered})
    first, last = (world.window.first, world.window.last) if world.window else (world.as_of, world.as_of)
    for stop in world.stops:
        concerns = stop.member == member.key and (stop.product == "" or stop.product in family)
        not_over, begun = stop.ends is None or stop.ends >= first, stop.starts is None or stop.starts <= last
        if concerns and not_over and begun:
            return True
    return False


def _on_hold(world: World, layout: str, member: Member) -> bool:
    """Until it is mended; a number whose prefecture is unclear holds back everyone with that number."""
    names = (member.key, f"??-{member.number}")
    return any(row.layout == layout and row.member in names and not row.mended for row in world.on_hold)
