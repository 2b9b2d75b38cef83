"""The invented contracts: the plan's proportions, and nothing that cannot be."""

from collections import Counter
from datetime import date

import pytest

from kyosai_lists.demo.branch.branch import Branch
from kyosai_lists.demo.branch.contracts import Contract
from kyosai_lists.demo.figures import PLAN_HELD, PLAN_TOTAL
from kyosai_lists.products import BY_ID, MAIN_OF_ATTACHED

AS_OF = date(2026, 11, 1)


@pytest.fixture(scope="module")
def contracts(branch: Branch) -> list[Contract]:
    return branch.contracts


@pytest.fixture(scope="module")
def held(contracts: list[Contract]) -> list[Contract]:
    return [contract for contract in contracts if contract.held(AS_OF)]


def test_the_plans_total_is_the_one_it_prints() -> None:
    assert PLAN_TOTAL == 2_765_739


def test_there_are_about_sixty_thousand_contracts(contracts: list[Contract]) -> None:
    assert 58_000 <= len(contracts) <= 62_000


@pytest.mark.parametrize("product", PLAN_HELD)
def test_each_products_share_of_what_is_held_is_the_plans(held: list[Contract], product: str) -> None:
    share = Counter(contract.product for contract in held)[product] / len(held)
    assert share == pytest.approx(PLAN_HELD[product] / PLAN_TOTAL, rel=0.05)


def test_numbers_are_unique_and_ten_digits(contracts: list[Contract]) -> None:
    assert len({contract.number for contract in contracts}) == len(contracts)
    assert all(len(contract.number) == 10 for contract in contracts)


def test_no_contract_ends_before_it_starts_or_starts_before_its_owner_joined(contracts: list[Contract]) -> None:
    for contract in contracts:
        assert contract.ended is None or contract.ended >= contract.effective
        assert contract.effective >= contract.owner.career.since


def test_an_attached_contract_names_a_main_contract_of_the_same_person(contracts: list[Contract]) -> None:
    known = set(contracts)
    for contract in contracts:
        if contract.main:
            assert contract.main in known
            assert contract.main.owner is contract.owner
            assert contract.main.product == MAIN_OF_ATTACHED[contract.product]
            assert contract.main.number < contract.number or contract.main.effective > contract.effective


def test_a_few_attached_contracts_have_lost_their_main_number(contracts: list[Contract]) -> None:
    lost = sum(c.main is None for c in contracts if c.product in MAIN_OF_ATTACHED)
    assert 3 <= lost <= 60


def test_types_are_the_products_own(contracts: list[Contract]) -> None:
    for contract in contracts:
        types = BY_ID[contract.product].types
        if types:
            assert contract.type in types
        if contract.product == "group_life":
            assert contract.type in contract.owner.union.menus.split(";")


def test_people_without_a_family_have_no_family_contracts(contracts: list[Contract]) -> None:
    for contract in contracts:
        assert contract.insured != "配偶者" or contract.owner.household.spouse == "有"
        assert contract.insured != "子" or contract.owner.household.children


def test_some_are_over_some_end_soon_and_some_begin_later(contracts: list[Contract]) -> None:
    assert sum(c.ended is not None and c.ended < AS_OF for c in contracts) > 5_000
    assert sum(c.ended is not None and c.ended >= AS_OF for c in contracts) > 300
    assert sum(c.effective > AS_OF for c in contracts) > 300


def test_the_dead_and_those_who_left_hold_nothing(held: list[Contract]) -> None:
    assert not [c for c in held if c.owner.career.status in {"脱退", "死亡"}]


def test_a_house_owner_insures_the_house_and_a_tenant_the_contents(held: list[Contract]) -> None:
    for contract in held:
        if contract.product == "fire" and contract.owner.household.dwelling != "持家":
            assert contract.type == "家財"


def test_renewals_of_cars_and_houses_lie_within_a_year(held: list[Contract]) -> None:
    renewals = [c.renews for c in held if c.product in {"my_car", "fire"}]
    assert all(day and date(2026, 10, 31) < day <= date(2027, 11, 1) for day in renewals)
