"""Families and dwellings, as likely as they are at someone's age."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from kyosai_lists.dates import completed_years, years_before
from kyosai_lists.demo.proportions import CHILDREN, CHILDREN_WEIGHTS, DWELLINGS, HOUSEHOLD_BY_AGE


@dataclass(frozen=True, slots=True)
class Household:
    """Words as a roster has them. `youngest`: birth date of the last child, if any."""

    householder: str
    spouse: str
    children: int
    youngest: date | None
    dwelling: str

    @property
    def size(self) -> int:
        """家族数 as the めやす count it: the member, a spouse, the children."""
        return 1 + (self.spouse == "有") + self.children


def draw_household(rng: Random, born: date, sex: str, on: date) -> Household:
    """The household on `on` of someone born on `born`."""
    age = completed_years(born, on)
    likely_spouse, dwellings = next((spouse, weights) for limit, spouse, weights in HOUSEHOLD_BY_AGE if age <= limit)
    married = rng.random() < likely_spouse
    children, youngest = _children(rng, born, age, married, on)
    dwelling = rng.choices(DWELLINGS, weights=dwellings)[0]
    if married:
        heads = sex == "男" or rng.random() < 0.15
        dwelling = "持家" if dwelling == "実家" and rng.random() < 0.5 else dwelling
    else:
        heads = dwelling != "実家"
    return Household("有" if heads else "無", "有" if married else "無", children, youngest, dwelling)


def _children(rng: Random, born: date, age: int, married: bool, on: date) -> tuple[int, date | None]:
    if age < 22 or rng.random() > (0.85 if married else 0.05):
        return 0, None
    count = rng.choices(CHILDREN, CHILDREN_WEIGHTS)[0]
    parent_was = 21 + 2 * count + rng.randrange(12)
    earliest = years_before(on, age - parent_was) if age > parent_was else None
    if earliest is None:  # too young for that many: one small child
        return 1, max(on - timedelta(days=rng.randrange(1, 900)), born.replace(day=1) + timedelta(days=20 * 365))
    return count, earliest - timedelta(days=rng.randrange(0, 300))
