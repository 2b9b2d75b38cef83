"""What keeps a person off a list whatever its rule says: the person's state, 案内停止, 保留. From lists.md and interface.md."""

from datetime import date, timedelta

from kyosai_lists.campaigns.issue_day import day_off

from .facts import Member, OnHold, World

FAMILIES = (
    {"group_life", "retiree_group_life"},
    {"fire", "natural_disaster"},
    {"my_car", "vehicle_damage", "cali"},
    {"long_term", "tax_pension", "post_retirement"},
)


def why_not(world: World, offered: str, member: Member) -> str | None:
    """The reason that keeps a person off a list whatever its rule says, or None."""
    if member.status not in ("active", "leave", "retired", "left", "dead"):
        return "在籍状態が読めない"
    if member.status in ("dead", "left"):
        return {"dead": "死亡", "left": "脱退"}[member.status]
    if _asked_not_to_be_approached(world, offered, member):
        return "案内停止"
    if _on_hold(world, "members", member):
        return "名簿の行が保留"
    if _on_hold(world, "suppressions", member):
        return "案内停止の行が保留"
    return "申込受付の行が保留" if _may_have_applied(world, offered, member) else None


def _asked_not_to_be_approached(world: World, offered: str, member: Member) -> bool:
    family = _family(offered)
    first, last = (_issued(world.window.first), world.window.last) if world.window else (world.as_of, world.as_of)
    for stop in world.stops_of.get(member.key, ()):
        concerns = stop.product == "" or stop.product in family
        not_over, begun = stop.ends is None or stop.ends >= first, stop.starts is None or stop.starts <= last
        if concerns and not_over and begun:
            return True
    return False


def _family(offered: str) -> set[str]:
    return next((f for f in FAMILIES if offered in f), {offered})


def _issued(day: date) -> date:
    """Lists come out on the working day before, and a stop counts from then."""
    while day_off(day):
        day -= timedelta(days=1)
    return day


def _on_hold(world: World, layout: str, member: Member) -> bool:
    return any(row.layout == layout for row in _rows_on_hold(world, member))


def _may_have_applied(world: World, offered: str, member: Member) -> bool:
    """Nobody who has just applied is approached: also where the application's row cannot be read whole."""
    products = ("", *_family(offered))
    return any(row.layout == "applications" and row.product in products for row in _rows_on_hold(world, member))


def _rows_on_hold(world: World, member: Member) -> list[OnHold]:
    """Until they are mended; a number whose prefecture is unclear holds back everyone with that number."""
    names = (member.key, f"??-{member.number}")
    return [row for name in names for row in world.on_hold_of.get(name, ()) if not row.mended]
