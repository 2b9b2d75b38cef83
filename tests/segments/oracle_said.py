"""What the 理由 of a list must name: the numbers, dates and remarks that the person in charge says or checks."""

from datetime import date

from .facts import Member, World
from .words import age_at_d, fiscal_year, hired_year_no, is_guessed, leaving_date

# The lists whose 理由 the oracle reads, too.
SAID_OF = ("young-unenrolled", "retiree-transfer")


def said(world: World, list_id: str, member: Member) -> tuple[str, ...]:
    """The union's 若年層型 menu is named where it has one; an unclear 退職後区分 and a guessed L are 要確認."""
    if list_id == "young-unenrolled":
        facts = (
            f"採用{hired_year_no(world, member)}年目",
            f"{fiscal_year(member.hired)}年度採用",
            f"{age_at_d(world, member)}歳",
        )
        return facts + (("若年層型",) if "young" in (member.union.menu or "").split(";") else ())
    leaves = leaving_date(world, member)
    if list_id != "retiree-transfer" or leaves is None:
        return ()
    unclear = member.after in ("undecided", None) or is_guessed(world, member)
    return (_day(leaves), *(("要確認",) if unclear else ()))


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
