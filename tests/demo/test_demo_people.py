"""The invented members are believable ones."""

from collections import Counter
from datetime import date

import pytest

from kyosai_lists import vocabulary
from kyosai_lists.dates import completed_years
from kyosai_lists.demo.branch.branch import Branch
from kyosai_lists.demo.branch.careers import law
from kyosai_lists.demo.branch.places import UNIONS
from kyosai_lists.demo.branch.population import Person, make_people
from kyosai_lists.demo.moment import Moment
from kyosai_lists.demo.names import name_stock


@pytest.fixture(scope="module")
def people(branch: Branch) -> list[Person]:
    return branch.people


def test_there_are_about_seventeen_thousand_members_in_nineteen_unions_with_a_long_tail(people: list[Person]) -> None:
    sizes = Counter(person.union.code for person in people)
    assert 16_500 <= len(people) <= 17_500
    assert len(sizes) == 19
    assert max(sizes.values()) >= 3_900
    assert min(sizes.values()) <= 70


def test_most_are_in_service_and_some_have_retired_left_or_died(people: list[Person]) -> None:
    statuses = Counter(person.career.status for person in people)
    assert 0.78 <= (statuses["現職"] + statuses["休職"]) / len(people) <= 0.88
    assert min(statuses[status] for status in ("休職", "退職", "脱退", "死亡")) >= 80


def test_nobody_is_there_twice(people: list[Person]) -> None:
    assert len({person.number for person in people}) == len(people)
    assert len({(person.union.code, person.name, person.born) for person in people}) == len(people)


def test_nobody_is_hired_as_a_child_or_in_the_future(people: list[Person]) -> None:
    for person in people:
        age = completed_years(person.born, person.career.hired)
        assert 18 <= age <= 70
        assert person.career.since <= person.career.hired <= date(2026, 10, 31)
        if person.career.employment == "正規":
            assert age <= 41


def test_most_begin_on_1_april(people: list[Person]) -> None:
    regular = [person for person in people if person.career.employment == "正規"]
    firsts = Counter((p.career.hired.month, p.career.hired.day) for p in regular)
    assert firsts[4, 1] / len(regular) > 0.85
    assert firsts[10, 1] > 100


def test_regular_staff_in_service_have_not_passed_their_retirement_day(people: list[Person]) -> None:
    for person in people:
        leaves = law().leaving_date(person.union.kind, person.born)
        assert leaves is not None
        if person.career.employment == "正規" and person.in_service:
            assert leaves >= date(2026, 11, 1)
        if person.career.employment == "再任用":
            assert leaves < person.career.hired
        if person.retired:
            assert person.career.leaving == leaves


def test_another_seed_gives_other_people(people: list[Person]) -> None:
    others = make_people(Moment(date(2026, 11, 1)), 2)
    assert len(others) == len(people)
    assert sum(a.name == b.name for a, b in zip(others, people, strict=True)) < 500


def test_on_any_day_the_files_are_of_the_last_month_end() -> None:
    assert Moment(date(2028, 3, 1)).roster_on == date(2028, 2, 29)
    assert Moment(date(2027, 1, 31)).roster_on == date(2026, 12, 31)


def test_a_year_in_which_nobody_reaches_retirement_age_has_no_one_retiring_by_law() -> None:
    moment = Moment(date(2025, 11, 1))
    planned = [
        person
        for person in make_people(moment, 1)
        if person.career.employment == "正規" and law().leaving_date(person.union.kind, person.born) == moment.year_end
    ]
    assert planned == []


def test_children_are_born_to_grown_parents_and_before_the_roster_was_drawn_up(people: list[Person]) -> None:
    for person in people:
        youngest = person.household.youngest
        assert (youngest is None) == (person.household.children == 0)
        if youngest:
            assert youngest <= date(2026, 10, 31)
            assert completed_years(person.born, youngest) >= 18


def test_every_word_is_one_that_intake_knows(people: list[Person]) -> None:
    for person in people:
        assert person.career.employment in vocabulary.EMPLOYMENT.words.values()
        assert person.career.status in vocabulary.STATUS.words.values()
        assert person.career.after in {"", *vocabulary.AFTER_LEAVING.words.values()}
        assert person.household.dwelling in vocabulary.DWELLING.words.values()
    for union in UNIONS:
        assert union.kind in vocabulary.UNION_KIND.words
        assert set(union.menus.split(";")) <= set(vocabulary.GROUP_LIFE_MENU.words.values())


def test_names_are_many_and_include_old_forms(people: list[Person]) -> None:
    assert len({person.name.split("　")[0] for person in people}) > 250
    text = "".join(person.name for person in people)
    assert all(letter in text for letter in "髙﨑𠮷濵邉")


def test_every_surname_is_written_in_kanji_and_read_in_katakana() -> None:
    stock = name_stock()
    spellings = [*stock.surnames, *(pair for gens in stock.given.values() for _, names in gens for pair in names)]
    assert all(kanji and all("ァ" <= letter <= "ー" for letter in kana) for kanji, kana in spellings)
    assert len(set(stock.surnames)) == len(stock.surnames)


def test_telephone_numbers_cannot_be_anyones(people: list[Person]) -> None:
    """An exchange that begins with 0 is not assigned."""
    assert all(p.contact.phone in {""} or p.contact.phone.startswith("076-0") for p in people)
    assert all(p.contact.mobile in {""} or p.contact.mobile.startswith("090-0") for p in people)
