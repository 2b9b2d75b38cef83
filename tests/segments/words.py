"""The words of lists.md, in the plainest Python there is: 年度, age, 定年, L, holds, has, months, attached, 特約.

No SQL, no frames, nothing of the product: every contract is looked at in turn. Slow on purpose.
"""

import unicodedata
from calendar import monthrange
from datetime import date, timedelta

from .facts import Application, Contract, Member, World

Enrolled = Contract | Application

# 被共済者 says nothing about a car or a house; こども満期金付 may be for anyone.
WHOSE_EVER = ("my_car", "vehicle_damage", "cali", "fire", "natural_disaster", "child_maturity")
# The table of lists.md: born to → leaves at.
LAW = (("1963-04-01", 60), ("1964-04-01", 61), ("1965-04-01", 62), ("1966-04-01", 63), ("1967-04-01", 64))
KIND_OF_WORD = {"市": "city", "町": "town", "公社": "corporation", "民間": "private"}
DAY = timedelta(days=1)


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
    """The birthdays that have come by then."""
    this_year = on.year - born.year
    return max(this_year if birthday(born, this_year) <= on else this_year - 1, 0)


def first_31_march_from(day: date) -> date:
    this_year = date(day.year, 3, 31)
    return this_year if day <= this_year else date(day.year + 1, 3, 31)


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


def is_retiring(world: World, member: Member) -> bool:
    leaves = leaving_date(world, member)
    return leaves is not None and world.as_of <= leaves <= end_of_fiscal_year(world.as_of)


def months_before(day: date, months: int) -> date:
    """Keeps the day, or takes the month's last."""
    year, month = day.year, day.month
    for _ in range(months):
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def age_reached_in_fiscal_year(born: date, on: date) -> int:
    """An age is reached on the day before the birthday."""
    years = 0
    while fiscal_year(birthday(born, years) - DAY) < fiscal_year(on):
        years += 1
    return years


def family_size(member: Member) -> int:
    return 1 + (member.spouse == "yes") + (member.children or 0)


def hired_year_no(world: World, member: Member) -> int:
    """採用N年目"""
    return fiscal_year(world.as_of) - fiscal_year(member.hired) + 1


def age_at_d(world: World, member: Member) -> int:
    return age(member.born, world.as_of)


# -- holding ---------------------------------------------------------------------------------------------------------


def is_own(contract: Contract) -> bool:
    return contract.product in WHOSE_EVER or contract.insured in (None, "self")


def is_in_force(world: World, contract: Contract) -> bool:
    """At D, whoever is covered; 終了日 is the last day of cover."""
    return contract.effective <= world.as_of and (contract.ended is None or contract.ended >= world.as_of)


def is_held(world: World, contract: Contract) -> bool:
    return is_in_force(world, contract) and is_own(contract)


def is_to_come(world: World, contract: Contract) -> bool:
    return contract.effective > world.as_of and is_own(contract)


def is_open(application: Application) -> bool:
    """Received, not withdrawn, and no contract came of it yet: nobody who has just applied is approached."""
    return application.state != "withdrawn" and application.contract is None


def held_by(world: World, member: Member, *products: str) -> list[Contract]:
    return [c for c in world.contracts_of.get(member.key, ()) if c.product in products and is_held(world, c)]


def enrolled_by(world: World, member: Member, *products: str) -> list[Enrolled]:
    """What is held, what will be, and what was applied for."""
    return _enrolled(world, member.key, products)


def _enrolled(world: World, member_key: str, products: tuple[str, ...]) -> list[Enrolled]:
    contracts = [c for c in world.contracts_of.get(member_key, ()) if c.product in products]
    applications = [a for a in world.applications_of.get(member_key, ()) if a.product in products and is_open(a)]
    return [c for c in contracts if is_held(world, c) or is_to_come(world, c)] + applications


def has(world: World, member: Member, *products: str) -> bool:
    return bool(enrolled_by(world, member, *products))


def of_type(contracts: list[Contract], *types: str) -> list[Contract]:
    return [c for c in contracts if c.type in types]


def units(contracts: list[Contract]) -> int | None:
    """口数, summed; unknown as soon as one of them has none."""
    each = [c.units for c in contracts if c.units is not None]
    return sum(each) if len(each) == len(contracts) else None


def attached_to(world: World, main: Contract, product: str) -> list[Enrolled]:
    """What names `main` by its number, in whosever name, and what of the same member's names none; held or pending."""
    named: list[Enrolled] = [
        c for c in world.contracts_on.get(main.key, ()) if is_held(world, c) or is_to_come(world, c)
    ]
    named += [a for a in world.applications_on.get(main.key, ()) if is_open(a)]
    nameless = [one for one in _enrolled(world, main.member, (product,)) if one.main is None]
    return [one for one in named if one.product == product] + nameless


def riders(one: Enrolled) -> list[str]:
    """特約, several with ; : their names, whatever width and spaces they were typed with."""
    text = (one.riders or "") if isinstance(one, Contract) else ""
    names = unicodedata.normalize("NFKC", text).split(";")
    return ["".join(name.split()) for name in names]
