"""The fourteen products of the plan, their names and the families a stop spreads over."""

import pytest

from kyosai_lists import products
from kyosai_lists.text import match_key

# lists.md, "offers, stops"
FAMILIES = (
    {"group_life", "retiree_group_life"},
    {"fire", "natural_disaster"},
    {"my_car", "vehicle_damage", "cali"},
    {"long_term", "tax_pension", "post_retirement"},
    {"sogo"}, {"child_maturity"}, {"traffic"}, {"care"},
)  # fmt: skip


def test_there_are_fourteen_with_an_id_each() -> None:
    assert len(products.PRODUCTS) == len(products.BY_ID) == 14
    assert all(products.BY_ID[product.id] is product for product in products.PRODUCTS)


@pytest.mark.parametrize(
    ("name", "product"),
    [
        ("総合共済", "sogo"), ("総合", "sogo"), ("団体生命共済", "group_life"), ("団体生命", "group_life"),
        ("退職者団体生命共済", "retiree_group_life"), ("退職者団体生命", "retiree_group_life"), ("長期共済", "long_term"),
        ("長期", "long_term"), ("税制適格年金", "tax_pension"), ("税適", "tax_pension"), ("マイカー共済", "my_car"),
        ("マイカー", "my_car"), ("車両損害補償", "vehicle_damage"), ("車両損害", "vehicle_damage"), ("自賠責共済", "cali"),
        ("自賠責", "cali"), ("火災共済", "fire"), ("火災", "fire"), ("自然災害共済", "natural_disaster"),
        ("自然災害", "natural_disaster"), ("こども保障満期金付タイプ", "child_maturity"), ("こども満期金付", "child_maturity"),
        ("交通災害共済", "traffic"), ("交通災害", "traffic"), ("介護保障", "care"), ("退職後共済", "post_retirement"),
    ],
)  # fmt: skip
def test_every_name_and_short_form_of_the_interface_is_understood(name: str, product: str) -> None:
    assert products.ID_BY_NAME[name] == product


def test_no_name_means_two_products_even_as_a_key() -> None:
    spoken = [name for product in products.PRODUCTS for name in {product.name, product.short}]
    assert len({match_key(name) for name in spoken}) == len(spoken)


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: "+".join(sorted(family)))
def test_a_stop_for_one_of_a_family_stops_all_of_it_and_nothing_else(family: set[str]) -> None:
    for product in family:
        assert set(products.family_of(product)) == family


def test_the_families_share_out_all_products() -> None:
    assert sorted(product for family in FAMILIES for product in family) == sorted(products.BY_ID)


def test_for_a_car_or_a_house_it_does_not_matter_who_is_insured() -> None:
    assert set(products.WHOLE_HOUSEHOLD) == {"my_car", "vehicle_damage", "cali", "fire", "natural_disaster"}


def test_two_products_are_attached_to_a_main_contract_of_their_family() -> None:
    assert products.MAIN_OF_ATTACHED == {"natural_disaster": "fire", "vehicle_damage": "my_car"}
    for attached, main in products.MAIN_OF_ATTACHED.items():
        assert main in products.family_of(attached)


def test_types_are_those_of_the_interface() -> None:
    assert {product.id: product.types for product in products.PRODUCTS if product.types} == {
        "vehicle_damage": ("一般", "エコノミーワイド"),
        "fire": ("住宅", "家財", "住宅家財"),
        "natural_disaster": ("標準", "大型"),
        "post_retirement": ("年金", "医療", "遺族", "終身"),
    }


@pytest.mark.parametrize(
    ("riders", "key"),
    [
        ("", ""), (" ; ", ""), ("個人賠償責任", ";個人賠償責任;"), ("個人賠償責任特約", ";個人賠償責任;"),
        ("個人賠償責任共済", ";個人賠償責任;"), ("個人賠償責任共済特約", ";個人賠償責任;"), ("特約", ";特約;"),
        ("自転車賠償責任補償特約", ";自転車賠償;"), ("自転車賠償;弁護士費用", ";自転車賠償;弁護士費用;"),
        (" ｺｼﾞﾝ賠償責任 ； 自転車　賠償 ", ";コジン賠償責任;自転車賠償;"), ("類焼損害", ";類焼損害;"),
        ("個人賠償責任、自転車賠償", ";個人賠償責任;自転車賠償;"), ("類焼損害･個人賠償責任特約", ";類焼損害;個人賠償責任;"),
        ("自転車賠償，個人賠償責任", ";自転車賠償;個人賠償責任;"), ("個人賠償責任/類焼", ";個人賠償責任;類焼;"),
        ("個人賠償責任\r\n自転車賠償", ";個人賠償責任;自転車賠償;"), ("；類焼", ";類焼;"),
    ],
)  # fmt: skip
def test_the_key_of_riders_holds_each_whole_name_between_semicolons(riders: str, key: str) -> None:
    assert products.riders_key(riders) == key


def test_holdings_are_named_in_the_order_of_the_interface() -> None:
    assert [product.id for product in products.PRODUCTS] == [
        "sogo", "group_life", "retiree_group_life", "long_term", "tax_pension", "my_car", "vehicle_damage", "cali", "fire",
        "natural_disaster", "child_maturity", "traffic", "care", "post_retirement",
    ]  # fmt: skip
