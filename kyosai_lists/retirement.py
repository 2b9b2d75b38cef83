"""定年: at what age a 正規 staff member of a union's kind of employer reaches it, and the day they leave.

The law's table is data (`retirement_law.toml`). Source: 地方公務員法 28条の6 as amended in 2021; lists.md 定年退職日.
"""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files

REEMPLOYED_UNTIL_AGE = 65


@dataclass(frozen=True)
class AgeStep:
    """Everyone born up to and including `born_to` reaches 定年 at `age`; `born_to` None: everyone later."""

    born_to: date | None
    age: int


@dataclass(frozen=True)
class RetirementTable:
    """The steps for each 単組区分 (its code in `vocabulary`), earliest births first, the last of everyone later.

    A kind that is not in `steps_by_kind` has no 定年.
    """

    steps_by_kind: dict[str, tuple[AgeStep, ...]]

    def leaving_date(self, union_kind: str, born: date) -> date | None:
        """定年退職日 of someone born on `born`, or None where this kind of employer has no 定年."""
        for step in self.steps_by_kind.get(union_kind, ()):
            if step.born_to is None or born <= step.born_to:
                return march_after_reaching(born, step.age)
        return None


def march_after_reaching(born: date, age: int) -> date:
    """The first 31 March on or after the day before the `age`-th birthday."""
    return date(birth_cohort(born) + age + 1, 3, 31)


def birth_cohort(born: date) -> int:
    """The year whose 2 April to next 1 April contains `born`: people of one cohort reach an age in one 年度."""
    return born.year if (born.month, born.day) >= (4, 2) else born.year - 1


@cache
def law_steps() -> tuple[AgeStep, ...]:
    """The law's own table, earliest births first."""
    table = tomllib.loads(files("kyosai_lists").joinpath("retirement_law.toml").read_text("utf-8"))
    return tuple(AgeStep(step.get("born_to"), step["age"]) for step in table["step"])
