"""Who holds which product: the plan's nationwide proportions, spread over people by age, family and dwelling."""

from collections.abc import Callable, Sequence
from random import Random

from kyosai_lists.demo.branch.population import Person
from kyosai_lists.demo.figures import PLAN_HELD, PLAN_TOTAL
from kyosai_lists.demo.proportions import EMPLOYMENT_SOGO, EMPLOYMENT_USUAL, FIRE_BY_DWELLING

Weight = Callable[[Person], float]


def quota(product: str, held_in_branch: int) -> int:
    """How many contracts of `product` a branch with `held_in_branch` contracts in force holds."""
    return round(held_in_branch * PLAN_HELD[product] / PLAN_TOTAL)


def pick(rng: Random, people: Sequence[Person], weight: Weight, count: int) -> list[Person]:
    """`count` different people, the likelier the greater their weight; 0 never. In the order of `people`.

    Efraimidis and Spirakis 2006: the largest of u ** (1/w) are a weighted sample without replacement.
    """
    scored = [(rng.random() ** (1 / w), index) for index, person in enumerate(people) if (w := weight(person)) > 0]
    scored.sort(reverse=True)
    return [people[index] for index in sorted(index for _, index in scored[:count])]


def sogo(person: Person) -> float:
    if not person.in_service or not person.union.participates:
        return 0.0
    return EMPLOYMENT_SOGO[person.career.employment]


def group_life(person: Person) -> float:
    if not person.in_service:
        return 0.0
    by_age = 0.5 if person.age < 25 else 0.8 if person.age < 35 else 1.2
    family = 1.4 if person.household.size > 1 else 1.0
    return by_age * family * EMPLOYMENT_USUAL[person.career.employment] * person.union.strength**2


def retiree_group_life(person: Person) -> float:
    return 1.0 / (1 + max(0, person.age - 60)) if person.retired and person.age <= 84 else 0.0


def long_term(person: Person) -> float:
    if not person.in_service or person.age < 22:
        return 0.0
    return EMPLOYMENT_USUAL[person.career.employment] * person.union.strength * (0.5 if person.age < 35 else 1.0)


def tax_pension(person: Person) -> float:
    return long_term(person) if person.age < 60 else 0.0


def my_car(person: Person) -> float:
    if person.in_service:
        return 1.0 if person.age >= 25 else 0.5
    return 0.7 if person.retired and person.age < 80 else 0.0


def fire(person: Person) -> float:
    likely = FIRE_BY_DWELLING[person.household.dwelling]
    return likely * (1.0 if person.in_service else 0.7 if person.retired else 0.0)


def cali(person: Person) -> float:
    return my_car(person) * (1.0 if person.union.cali_agreement else 0.05)


def child_maturity(person: Person) -> float:
    return 1.0 if person.in_service and person.household.youngest and person.age < 50 else 0.0


def traffic(person: Person) -> float:
    return person.union.strength * (1.0 if person.in_service else 0.3 if person.retired else 0.0)


def care(person: Person) -> float:
    return 1.0 if person.in_service and 40 <= person.age <= 64 else 0.0


def post_retirement(person: Person) -> float:
    return 1.0 if person.retired else 0.0


# 車両損害 and 自然災害 are attached to main contracts, and have no weight of their own.
WEIGHTS: dict[str, Weight] = {
    "sogo": sogo, "group_life": group_life, "retiree_group_life": retiree_group_life, "long_term": long_term,
    "tax_pension": tax_pension, "my_car": my_car, "cali": cali, "fire": fire, "child_maturity": child_maturity,
    "traffic": traffic, "care": care, "post_retirement": post_retirement,
}  # fmt: skip
