"""The people of the invented branch: about 17,000 members of nineteen unions, the same for the same seed and D."""

from dataclasses import dataclass
from datetime import date
from random import Random

from kyosai_lists.dates import completed_years
from kyosai_lists.demo.branch.careers import Career, draw_career
from kyosai_lists.demo.branch.households import Household, draw_household
from kyosai_lists.demo.branch.places import UNIONS, Contact, Union, invent_contact, pick_workplaces
from kyosai_lists.demo.moment import Moment
from kyosai_lists.demo.names import NameStock, Spelling, name_stock

FIRST_NUMBER, NUMBER_STEP = 13, 7
_PLACELESS = 0.015


@dataclass(slots=True, eq=False)
class Person:
    """One row of a roster. `number`: 組合員番号, eight digits. `workplace`: index into the union's, None: not named."""

    number: str
    union: Union
    name: str
    kana: str
    sex: str
    age: int
    career: Career
    household: Household
    contact: Contact
    workplace: int | None = None
    role: str = ""

    @property
    def in_service(self) -> bool:
        return self.career.status in {"現職", "休職"}

    @property
    def born(self) -> date:
        return self.career.born

    @property
    def retired(self) -> bool:
        return self.career.status == "退職"


def make_people(moment: Moment, seed: int) -> list[Person]:
    """Everyone, in the order of 組合員番号: who has been a member for long has a low one."""
    people = [person for union in UNIONS for person in _union_people(Random(f"{seed}/{union.code}"), union, moment)]
    people.sort(key=lambda person: person.career.since)
    for index, person in enumerate(people):
        person.number = f"{FIRST_NUMBER + NUMBER_STEP * index:08}"
    return people


def _union_people(rng: Random, union: Union, moment: Moment) -> list[Person]:
    stock = name_stock()
    known: set[tuple[str, date]] = set()
    people = []
    for place in pick_workplaces(rng, union, union.size):
        person = _person(rng, stock, union, moment, known)
        if person.in_service and rng.random() >= _PLACELESS:
            person.workplace = place
        people.append(person)
    _give_roles(rng, people)
    return people


def _person(rng: Random, stock: NameStock, union: Union, moment: Moment, known: set[tuple[str, date]]) -> Person:
    sex = "女" if rng.random() < 0.52 else "男"
    career = draw_career(rng, moment, union.kind, sex)
    name, kana = _new_name(rng, stock, sex, career.born, known)
    return Person(
        number="",
        union=union,
        name=name,
        kana=kana,
        sex=sex,
        age=completed_years(career.born, moment.as_of),
        career=career,
        household=draw_household(rng, career.born, sex, moment.roster_on),
        contact=invent_contact(rng, union),
    )


def _new_name(rng: Random, stock: NameStock, sex: str, born: date, known: set[tuple[str, date]]) -> Spelling:
    """Two people of a union may share a name, but not a name and a birthday: a clerk would take them for one."""
    while True:
        name, kana = stock.full_name(rng, sex, born.year)
        if (name, born) not in known:
            known.add((name, born))
            return name, kana


def _give_roles(rng: Random, people: list[Person]) -> None:
    """A committee among the 正規 in service, and in larger unions some workplace representatives."""
    staff = [p for p in people if p.career.employment == "正規" and p.career.status == "現職" and 25 <= p.age < 60]
    roles = (
        ["執行委員長", "副執行委員長", "書記長"]
        + ["執行委員"] * (2 + len(people) // 200)
        + ["職場委員"] * (len(people) // 60)
    )
    for person, role in zip(rng.sample(staff, min(len(staff), len(roles))), roles, strict=False):
        person.role = role
