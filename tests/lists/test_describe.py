"""What is said of a person: one row whatever the number of contracts, earliest renewal first, sentences with the facts in them."""

from datetime import date
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kyosai_lists.lists.describe import TOLD_SCHEMA, contracts_told, holdings, one_row_per_person
from kyosai_lists.products import PRODUCTS

HELD = {
    **dict.fromkeys(("member_key", "contract_key", "contract_no", "product", "type"), pl.String()),
    "renews_on": pl.Date(),
    "own": pl.Int64(),
}
PEOPLE = pl.DataFrame(
    [("17-1", 27, "本庁", date(2027, 3, 31)), ("17-2", 30, None, None), ("17-3", 30, "", None)],
    schema={"member_key": pl.String(), "age": pl.Int64(), "workplace": pl.String(), "leaving_on": pl.Date()},
    orient="row",
)
NAMES = {product.id: product.name for product in PRODUCTS}


def held(*contracts: tuple[Any, ...], own: int = 1) -> pl.DataFrame:
    """(member, number, product, タイプ, renews_on) each."""
    return pl.DataFrame([(m, f"K{n}", n, *rest, own) for m, n, *rest in contracts], schema=HELD, orient="row")


def matched(*rows: tuple[str, str | None]) -> pl.DataFrame:
    return pl.DataFrame(list(rows), schema={"member_key": pl.String(), "contract_key": pl.String()}, orient="row")


def said(matched: pl.DataFrame, contracts: pl.DataFrame, reason: str = "", hint: str = "") -> list[dict[str, str]]:
    (told,) = contracts_told([matched], contracts)
    return one_row_per_person(matched, PEOPLE, told, reason=reason, hint=hint).to_dicts()


contracts_of_people = st.lists(
    st.tuples(
        st.sampled_from(["17-1", "17-2", "17-3"]),
        st.integers(1, 99).map(str),
        st.sampled_from(["fire", "group_life"]),
        st.sampled_from([None, "", "家財"]),
        st.sampled_from([None, date(2027, 3, 1), date(2026, 12, 31), date(2027, 10, 1)]),
    ),
    unique_by=lambda c: c[1],
)


@given(contracts_of_people, st.randoms())
def test_a_person_has_one_row_with_every_contract_once_earliest_renewal_first(
    contracts: list[tuple[Any, ...]], random: Any
) -> None:
    rows = [(c[0], f"K{c[1]}") for c in contracts] * 2
    random.shuffle(rows)
    told = said(matched(*rows), held(*contracts), hint="住まい更新{renewal_month}月")
    assert [row["member_key"] for row in told] == sorted({row[0] for row in rows})
    for row in told:
        own = [c for c in contracts if c[0] == row["member_key"]]
        own.sort(key=lambda c: (c[4] is None, c[4] or date.max, c[1]))
        assert row["contracts"] == "\n".join(map(line, own))
        first = own[0][4]
        assert row["hint"] == (f"住まい更新{first.month}月" if first else "")


def line(contract: tuple[Any, ...]) -> str:
    _, number, product, kind, renews = contract
    until = f" 満期{renews.year}年{renews.month}月{renews.day}日" if renews else ""
    return f"{number} {NAMES[product]}{f'({kind})' if kind else ''}{until}"


def test_of_several_lists_each_has_its_own_contracts_of_a_person() -> None:
    contracts = held(("17-1", "1", "fire", None, None), ("17-1", "2", "care", None, None))
    lists = [matched(("17-1", "K1")), pl.DataFrame({"member_key": ["17-1"]}), matched(("17-1", "K2"), ("17-1", "K1"))]
    told = [found["contracts"].to_list() for found in contracts_told(lists, contracts)]
    assert told == [["1 火災共済"], [], ["1 火災共済\n2 介護保障"]]
    assert {str(found.schema) for found in contracts_told(lists, contracts)} == {str(pl.Schema(TOLD_SCHEMA))}


def test_a_contract_of_somebody_else_stands_with_whom_the_rule_names() -> None:
    told = said(matched(("17-1", "K9")), held(("17-2", "9", "fire", None, None)))
    assert (told[0]["member_key"], told[0]["contracts"]) == ("17-1", "9 火災共済")


def test_sentences_hold_the_facts_of_the_person_and_of_the_rule() -> None:
    rows = pl.DataFrame({"member_key": ["17-1"], "menu": ["(若年層型メニューあり)"], "age": ["二十七"]})
    told = said(rows, held(), reason="{leaving_on}退職予定・{age}歳{menu}", hint="{workplace}の人")
    assert told[0]["reason"] == "2027年3月31日退職予定・二十七歳(若年層型メニューあり)"  # the rule's own column wins
    assert told[0]["hint"] == "本庁の人"


def test_what_contracts_a_person_holds_can_be_said_in_a_sentence() -> None:
    contracts = held(
        ("17-1", "1", "fire", "家財", date(2027, 3, 1)),
        ("17-1", "2", "fire", "住宅", date(2026, 12, 1)),
        ("17-1", "3", "fire", "家財", None),
    )
    rows = matched(*(("17-1", f"K{n}") for n in (1, 2, 3)))
    told = said(rows, contracts, reason="{contract_names}を{contract_count}件", hint="{renewal_month}月")
    assert told[0]["reason"] == "火災共済(住宅)・火災共済(家財)を3件"
    assert told[0]["hint"] == "12月"


@given(st.permutations([("K1", "2026-12-05", "自賠責"), ("K2", "2027-01-10", "車検"), ("K3", None, "なし")]))
def test_of_what_a_rule_says_of_several_contracts_the_smallest_is_said_and_a_day_as_a_day(rows: list[Any]) -> None:
    frame = pl.DataFrame(rows, schema=["contract_key", "due_on", "what"], orient="row").with_columns(
        member_key=pl.lit("17-1")
    )
    contracts = held(*(("17-1", key[1:], "fire", None, None) for key, _, _ in rows))
    told = said(frame.select("member_key", "contract_key", "due_on", "what"), contracts, reason="{due_on}に{what}")
    assert [row["reason"] for row in told] == ["2026年12月5日に自賠責"]


@pytest.mark.parametrize("member", ["17-2", "17-3"], ids=["null", "empty text"])
def test_a_hint_with_an_empty_mark_says_nothing_and_a_reason_leaves_it_out(member: str) -> None:
    told = said(pl.DataFrame({"member_key": [member]}), held(), reason="{workplace}の{age}歳", hint="{workplace}の人")
    assert (told[0]["reason"], told[0]["hint"]) == ("の30歳", "")


def test_a_list_without_contracts_names_none_and_needs_none() -> None:
    told = said(pl.DataFrame({"member_key": ["17-2", "17-1"]}), held(("17-1", "1", "fire", None, None)), reason="理由")
    assert [(row["member_key"], row["contracts"], row["reason"]) for row in told] == [
        ("17-1", "", "理由"),
        ("17-2", "", "理由"),
    ]


def test_nobody_matched_is_an_empty_list_with_its_columns() -> None:
    (none,) = contracts_told([matched()], held())
    told = one_row_per_person(matched(), PEOPLE, none, reason="{age}歳", hint="{renewal_month}月")
    assert told.is_empty()
    assert told.schema == dict.fromkeys(("member_key", "reason", "hint", "contracts"), pl.String)


@given(st.lists(st.tuples(st.sampled_from(["17-1", "17-2"]), st.sampled_from([p.id for p in PRODUCTS]))))
def test_holdings_name_each_product_once_in_the_order_of_the_products(pairs: list[tuple[str, str]]) -> None:
    frame = held(*((member, str(n), product, None, None) for n, (member, product) in enumerate(pairs)))
    told = dict(holdings(frame).iter_rows())
    for member in {member for member, _ in pairs}:
        own = {product for who, product in pairs if who == member}
        assert told.pop(member) == "・".join(p.name for p in PRODUCTS if p.id in own)
    assert not told


def test_what_is_held_for_the_family_alone_is_not_among_a_persons_own_holdings() -> None:
    frame = pl.concat([held(("17-1", "1", "fire", None, None)), held(("17-1", "2", "care", None, None), own=0)])
    assert holdings(frame).rows() == [("17-1", "火災共済")]
