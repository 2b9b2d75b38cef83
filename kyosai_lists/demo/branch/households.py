"""Families and dwellings, as likely as they are at someone's age."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from kyosai_lists.dates import completed_years, years_before


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


# Up to this age: chance of a spouse; weights of 持家, 賃貸, 社宅, 実家.
_BY_AGE: tuple[tuple[int, float, tuple[int, int, int, int]], ...] = (
    (24, 0.04, (1, 40, 4, 55)),
    (29, 0.25, (8, 50, 4, 38)),
    (34, 0.52, (28, 45, 3, 24)),
    (39, 0.64, (48, 32, 3, 17)),
    (49, 0.70, (66, 19, 2, 13)),
    (59, 0.74, (78, 12, 1, 9)),
    (200, 0.78, (86, 9, 0, 5)),
)
_DWELLINGS = ("持家", "賃貸", "社宅", "実家")


def draw_household(rng: Random, born: date, sex: str, on: date) -> Household:
    """The household on `on` of someone born on `born`."""
    age = completed_years(born, on)
    likely_spouse, dwellings = next((spouse, weights) for limit, spouse, weights in _BY_AGE if age <= limit)
    married = rng.random() < likely_spouse
    children, youngest = _children(rng, born, age, married, on)
    dwelling = rng.choices(_DWELLINGS, weights=dwellings)[0]
    if married:
        heads = sex == "男" or rng.random() < 0.15
        dwelling = "持家" if dwelling == "実家" and rng.random() < 0.5 else dwelling
    else:
        heads = dwelling != "実家"
    return Household("有" if heads else "無", "有" if married else "無", children, youngest, dwelling)


def _children(rng: Random, born: date, age: int, married: bool, on: date) -> tuple[int, date | None]:
    if age < 22 or rng.random() > (0.85 if married else 0.05):
        return 0, None
    count = rng.choices((1, 2, 3), (30, 50, 20))[0]
    parent_was = 21 + 2 * count + rng.randrange(12)
    earliest = years_before(on, age - parent_was) if age > parent_was else None
    if earliest is None:  # too young for that many: one small child
        return 1, max(on - timedelta(days=rng.randrange(1, 900)), born.replace(day=1) + timedelta(days=20 * 365))
    return count, earliest - timedelta(days=rng.randrange(0, 300))
