"""When people are born and first hired."""

from datetime import date, timedelta
from itertools import accumulate
from random import Random

from kyosai_lists.dates import completed_years, years_before
from kyosai_lists.demo.moment import Moment
from kyosai_lists.demo.proportions import ENTRY, ENTRY_WEIGHTS, LATER_MONTHS
from kyosai_lists.retirement import birth_cohort

_ENTRY_WEIGHTS = tuple(accumulate(ENTRY_WEIGHTS))


def born_at_age(rng: Random, moment: Moment, age: int) -> date:
    """A birth date of someone aged `age` on D."""
    return years_before(moment.as_of, age) - timedelta(days=rng.randrange(365))


def adult_born(rng: Random, moment: Moment, hired: date, oldest: int) -> date:
    """Aged 19 or more when hired, `oldest` at most today; most between thirty and sixty."""
    while True:
        born = born_at_age(rng, moment, (rng.randrange(20, oldest) + rng.randrange(20, oldest)) // 2)
        if completed_years(born, hired) >= 19:
            return born


def hired_after_school(rng: Random, born: date) -> date:
    """The first day at work, mostly the 1 April after school, else a later first of a month in that 年度."""
    year = birth_cohort(born) + rng.choices(ENTRY, cum_weights=_ENTRY_WEIGHTS)[0]
    if rng.random() < 0.9:
        return date(year, 4, 1)
    month = rng.choice(LATER_MONTHS)
    return date(year if month >= 4 else year + 1, month, 1)
