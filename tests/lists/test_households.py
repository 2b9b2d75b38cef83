"""Who is named as living together: whoever names is named back, nobody across unions, nobody without an address."""

import re
from collections import defaultdict
from typing import Any

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kyosai_lists.lists.households import MOST_AT_ONE_ADDRESS, same_household

ADDRESSES = (
    "金沢市本町1-2-3", "石川県金沢市本町一丁目2番3号", "金沢市本町１ー２〜３", "金沢市本町1-23", "金沢市本町", "", None,
)  # fmt: skip
ONE_DWELLING = set(ADDRESSES[:3])
NAMES = ("山田　太郎", "山田 花子", "ﾔﾏﾀﾞ 三郎", "ヤマダ　四郎", "山田五郎", "中村　六", "山田　")
SURNAMES = {
    "山田　太郎": "山田",
    "山田 花子": "山田",
    "ﾔﾏﾀﾞ 三郎": "ヤマダ",
    "ヤマダ　四郎": "ヤマダ",
    "中村　六": "中村",
}
SCHEMA = {
    "union_code": pl.String(), "member_key": pl.String(), "no": pl.Int64(), "name": pl.String(), "address": pl.String(),
}  # fmt: skip
Person = dict[str, Any]

people = st.lists(
    st.fixed_dictionaries(
        {
            "union_code": st.sampled_from(["17001", "17002"]),
            "name": st.sampled_from(NAMES),
            "address": st.sampled_from(ADDRESSES),
        }
    ),
    max_size=24,
).map(lambda made: [p | {"member_key": f"17-{i * 7 % 31:03}", "no": i + 1} for i, p in enumerate(made)])


def marks(made: list[Person]) -> dict[str, str]:
    return dict(same_household(pl.DataFrame(made, schema=SCHEMA)).iter_rows())


def partners(made: list[Person]) -> dict[int, set[int]]:
    """By No., the No. of those who are named beside it."""
    no = {p["member_key"]: p["no"] for p in made}
    return {no[key]: set(map(int, re.findall(r"No\.(\d+)", said))) for key, said in marks(made).items()}


@given(people)
def test_whoever_is_named_names_back_and_a_household_is_whole(made: list[Person]) -> None:
    told = partners(made)
    for no, others in told.items():
        assert others
        assert no not in others
        for other in others:
            assert told[other] | {other} == others | {no}


@given(people)
def test_nobody_is_named_across_unions_or_without_an_address_or_with_another_surname(made: list[Person]) -> None:
    by_no = {p["no"]: p for p in made}
    for no, others in partners(made).items():
        for other in others:
            assert by_no[no]["union_code"] == by_no[other]["union_code"]
            assert by_no[no]["address"]
            assert by_no[other]["address"]
            assert SURNAMES[by_no[no]["name"]] == SURNAMES[by_no[other]["name"]]


@given(people)
def test_exactly_those_of_one_dwelling_and_one_surname_are_named(made: list[Person]) -> None:
    homes, at_address = defaultdict(set), defaultdict(int)
    for p in made:
        dwelling = "1-2-3" if p["address"] in ONE_DWELLING else p["address"] if p["address"] == ADDRESSES[3] else None
        if dwelling:
            at_address[p["union_code"], dwelling] += 1
        if dwelling and p["name"] in SURNAMES:
            homes[p["union_code"], dwelling, SURNAMES[p["name"]]].add(p["no"])
    expected = {
        no: home - {no}
        for (union, dwelling, _), home in homes.items()
        if len(home) > 1 and at_address[union, dwelling] <= MOST_AT_ONE_ADDRESS
        for no in home
    }
    assert partners(made) == expected


def home(*names: str, address: str = "金沢市本町1-2-3") -> list[Person]:
    return [
        {"union_code": "17001", "member_key": f"17-{no}", "no": no, "name": name, "address": address}
        for no, name in enumerate(names, start=1)
    ]


def test_the_others_are_named_by_number_and_name_as_it_is_written() -> None:
    told = marks(home("髙橋　一郎", "髙橋　花子", "髙橋 三郎", "林 四郎"))
    assert told == {
        "17-1": "No.2 髙橋　花子、No.3 髙橋 三郎",
        "17-2": "No.1 髙橋　一郎、No.3 髙橋 三郎",
        "17-3": "No.1 髙橋　一郎、No.2 髙橋　花子",
    }


@pytest.mark.parametrize("without_a_space", ["山田太郎", "林太郎"])
def test_a_name_without_a_space_has_no_surname_to_go_by(without_a_space: str) -> None:
    assert marks(home(without_a_space, without_a_space, "山田 花子", "林 花子")) == {}


@pytest.mark.parametrize(("many", "named"), [(MOST_AT_ONE_ADDRESS, True), (MOST_AT_ONE_ADDRESS + 1, False)])
def test_an_address_of_more_people_than_a_household_has_is_no_home(many: int, named: bool) -> None:
    others = [f"姓{n} 某" for n in range(many - 2)]
    assert bool(marks(home("山田 太郎", "山田 花子", *others))) is named


def test_a_name_that_would_fill_the_cell_is_known_by_its_number() -> None:
    assert marks(home("山田 " + "太" * 32_000, "山田 花子"))["17-2"] == "No.1"


def test_nobody_at_all_is_an_empty_frame_with_its_columns() -> None:
    assert same_household(pl.DataFrame([], schema=SCHEMA)).schema == {"member_key": pl.String, "household": pl.String}
