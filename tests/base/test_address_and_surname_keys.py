"""Keys of a dwelling and of a surname: by them two people are taken for one household, so two homes must never have one key."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kyosai_lists.text import address_key, surname_key

ONE_DWELLING = [
    "金沢市本町1-2-3",
    "石川県金沢市本町一丁目２番３号",
    "〒920-0001 石川県金沢市本町1ー2〜3",
    "9200001金沢市本町１丁目2番3号",
    "金沢市本町 1 － 2 － 3",
    "金沢市本町1の2の3",
    "金沢市本町1丁目2番地の3",
    "金沢市本町1丁目2番地3号",
    "金沢市大字本町1−2‐3",
]


@pytest.mark.parametrize("address", ONE_DWELLING)
def test_one_dwelling_has_one_key_however_its_address_is_written(address: str) -> None:
    assert address_key(address) == address_key(ONE_DWELLING[0]) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("金沢市本町2番3号グリーンハイツ101", "金沢市本町2-3 グリーンハイツ 101号室"),
        ("金沢市鶴ヶ丘1", "金沢市鶴ｹ丘1"),
        ("金沢市本町12丁目3", "金沢市本町十二丁目3"),
        ("岐阜県山県市高富1", "山県市高富1"),
        ("長野県松本市県3-1", "松本市県3-1"),
    ],
)
def test_other_spellings_of_one_dwelling(one: str, other: str) -> None:
    assert address_key(one) == address_key(other) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("金沢市本町1-2 3", "金沢市本町1-23"),
        ("金沢市本町1-2-3", "金沢市本町12-3"),
        ("金沢市本町1-2-3 101", "金沢市本町1-2-3 102"),
        ("金沢市本町1-2-3", "金沢市元町1-2-3"),
        ("金沢市本町3号棟201", "金沢市本町3-201"),
        ("金沢市本町2-3", "金沢市本町2-3 グリーンハイツ101"),
    ],
)
def test_two_dwellings_have_two_keys(one: str, other: str) -> None:
    assert address_key(one) != address_key(other)


@pytest.mark.parametrize(
    "address", ["", " ", "　", "金沢市", "石川県金沢市本町", "金沢市本町三丁目", "〒920-0001 金沢市本町"]
)
def test_an_address_that_names_no_dwelling_has_no_key(address: str) -> None:
    assert address_key(address) == ""


@given(st.text(alphabet="金沢市本町一二十丁目番地号の 　-ー〜～−1２3棟室県〒大字ヶケ", max_size=25))
def test_the_key_of_an_address_does_not_mind_width_and_is_the_key_of_itself(address: str) -> None:
    assert address_key(address.translate(str.maketrans("123", "１２３"))) == address_key(address)
    assert not address_key(address) or any(c.isdecimal() for c in address_key(address))


@pytest.mark.parametrize(
    ("name", "surname"),
    [
        ("山田 太郎", "山田"), ("山田　太郎", "山田"), (" 山田　太郎 次郎", "山田"), ("ﾔﾏﾀﾞ ﾀﾛｳ", "ヤマダ"), ("髙橋 一", "髙橋"),
        ("辻\U000e0100 一", "辻"), ("山田太郎", ""), ("山田 ", ""), ("", ""),
    ],
)  # fmt: skip
def test_the_surname_is_what_stands_before_the_first_space(name: str, surname: str) -> None:
    assert surname_key(name) == surname
