"""The words of lists.md, in the plainest Python there is: 年度, age, 定年, L, holds, has.

No SQL, no frames, nothing of the product: every contract is looked at in turn. Slow on purpose.
"""

from datetime import date, timedelta

from .facts import Application, Contract, Member, World

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


def is_open(application: Application) -> bool:
    """Received, not withdrawn, and no contract came of it yet: nobody who has just applied is approached."""
    return application.state != "withdrawn" and application.contract is None


def held_by(world: World, member: Member, product: str) -> list[Contract]:
    return [c for c in world.contracts_of[member.key] if c.product == product and is_held(world, c)]


def held_or_pending(world: World, product: str) -> list[Contract | Application]:
    """Everyone's, since a 主契約番号 may name a contract in another person's name."""
    contracts = [c for c in world.contracts if c.product == product and (is_held(world, c) or is_to_come(world, c))]
    return contracts + [a for a in world.applications if a.product == product and is_open(a)]


def has(world: World, member: Member, product: str) -> bool:
    return any(one.member == member.key for one in held_or_pending(world, product))
