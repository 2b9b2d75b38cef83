"""Who must be on the four main lists, read word by word from lists.md and written down in the plainest Python there is.

No SQL, no frames, nothing of the product: one person at a time, every contract looked at in turn. Slow on purpose.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from .facts import Application, Contract, Member, World

IN_SERVICE = ("active", "leave")
# 被共済者 says nothing about a car or a house; こども満期金付 may be for anyone.
WHOSE_EVER = ("my_car", "vehicle_damage", "cali", "fire", "natural_disaster", "child_maturity")
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
# The table of lists.md: born to → leaves at.
LAW = (("1963-04-01", 60), ("1964-04-01", 61), ("1965-04-01", 62), ("1966-04-01", 63), ("1967-04-01", 64))
KIND_OF_WORD = {"市": "city", "町": "town", "公社": "corporation", "民間": "private"}
DAY = timedelta(days=1)


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


# -- the words -------------------------------------------------------------------------------------------------------


def fiscal_year(day: date) -> int:
    return day.year if day.month >= 4 else day.year - 1


def end_of_fiscal_year(day: date) -> date:
    return date(fiscal_year(day) + 1, 3, 31)


def birthday(born: date, years: int) -> date:
    """29 February falls on 1 March in a common year."""
    try:
        return date(born.year + years, born.month, born.day)
    except ValueError:
        return date(born.year + years, 3, 1)


def age(born: date, on: date) -> int:
    years = 0
    while birthday(born, years + 1) <= on:
        years += 1
    return years


def first_31_march_from(day: date) -> date:
    while (day.month, day.day) != (3, 31):
        day += DAY
    return day


def law_age(born: date) -> int:
    for born_to, leaves_at in LAW:
        if born <= date.fromisoformat(born_to):
            return leaves_at
    return 65


def retirement_age(world: World, member: Member) -> int | None:
    """公社 and 民間 have none unless kyosai.toml says so; everyone else has the law's, unless kyosai.toml says so."""
    setting = "none" if member.union.kind in ("corporation", "private") else "law"
    for word, configured in world.retirement.items():
        if KIND_OF_WORD[word] == member.union.kind:
            setting = configured
    if setting == "none":
        return None
    return law_age(member.born) if setting == "law" else int(setting)


def years_to_leave_at(world: World, member: Member) -> int | None:
    return {"regular": retirement_age(world, member), "reemployed": 65}.get(member.employment)


def is_guessed(world: World, member: Member) -> bool:
    return member.planned is None and years_to_leave_at(world, member) is None


def leaving_date(world: World, member: Member) -> date | None:
    """L"""
    if member.planned:
        return member.planned
    years = years_to_leave_at(world, member)
    if years is not None:
        return first_31_march_from(birthday(member.born, years) - DAY)
    return end_of_fiscal_year(world.as_of) if member.after == "complete" else None


# -- holding ---------------------------------------------------------------------------------------------------------


def is_own(contract: Contract) -> bool:
    return contract.product in WHOSE_EVER or contract.insured in (None, "self")


def is_held(world: World, contract: Contract) -> bool:
    begun, ended = contract.effective <= world.as_of, contract.ended is not None and contract.ended < world.as_of
    return begun and not ended and is_own(contract)


def is_to_come(world: World, contract: Contract) -> bool:
    return contract.effective > world.as_of and is_own(contract)


def same_or_empty(one: str | None, other: str | None) -> bool:
    return one is None or other is None or one == other


def is_open(world: World, application: Application) -> bool:
    """Received, not withdrawn, and not yet turned into a contract: nobody who has just applied is approached.

    A contract is what came of an application when it may be: of the same person and product, cover of their own,
    beginning no earlier than the application was received, and naming no other main contract and no other タイプ.
    """
    came_of_it = (
        c
        for c in world.contracts_of[application.member]
        if c.product == application.product
        and is_own(c)
        and c.effective >= application.received
        and same_or_empty(c.main, application.main)
        and same_or_empty(c.type, application.type)
    )
    return application.state != "withdrawn" and not any(came_of_it)


def held_by(world: World, member: Member, product: str) -> list[Contract]:
    return [c for c in world.contracts_of[member.key] if c.product == product and is_held(world, c)]


def held_or_pending(world: World, product: str) -> list[Contract | Application]:
    """Everyone's, since a 主契約番号 may name a contract in another person's name."""
    contracts = [c for c in world.contracts if c.product == product and (is_held(world, c) or is_to_come(world, c))]
    return contracts + [a for a in world.applications if a.product == product and is_open(world, a)]


def has(world: World, member: Member, product: str) -> bool:
    return any(one.member == member.key for one in held_or_pending(world, product))


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
