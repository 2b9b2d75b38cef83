"""Keys of whole columns say what the keys of single texts say."""

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from kyosai_lists.lists.column_keys import dwelling_numbers, full_width, kana_sort_keys, surname_keys
from kyosai_lists.text import address_key, full_width_kana, kana_sort_key, surname_key

ADDRESSES = st.one_of(
    st.text(alphabet="金沢市本町一二十⼀丁目番地号の 　-ー〜～−1２3①²٣棟室県〒大字ヶヾﾞ゛\t\u00a0\ufe00㊀", max_size=20),
    st.text(max_size=8),
    st.sampled_from(
        ["金沢市本町1-2-3", "９２０ー０００１ 金沢市本町１", "石川県金沢市本町三丁目2", "〒920-0001", "本町1丁目"]
    ),
)
KANA = st.one_of(
    st.text(alphabet="アカガハバパァヵヶヴーヷゝｱｶﾞﾊﾟがゃ゛\u3099　 \t\u00a0\ufe00A･・", max_size=9),
    st.text(alphabet="ァアィイゥウッツヅヮワヰヱヲンヴヵヶ 　", max_size=9),
    st.text(max_size=6),
)
NAMES = st.one_of(
    st.text(alphabet="山田髙﨑ﾔﾏﾞ゛Aa　 \t\u00a0\u2003\u00b4\u3099\ufe00\U000e0100･一", max_size=9), st.text(max_size=6)
)


@given(st.lists(NAMES, max_size=12))
def test_the_surnames_of_a_column_are_those_of_its_names(names: list[str]) -> None:
    assert surname_keys(pl.Series(names, dtype=pl.String)).to_list() == [surname_key(name) for name in names]


@given(st.lists(ADDRESSES, max_size=12))
def test_two_addresses_of_one_key_have_one_row_of_digits(addresses: list[str]) -> None:
    found = dwelling_numbers(pl.Series(addresses, dtype=pl.String)).to_list()
    for address, digits in zip(addresses, found, strict=True):
        if key := address_key(address):
            assert digits == "".join(c for c in key if c.isdecimal())


@given(st.lists(KANA, max_size=12))
def test_the_places_of_a_column_of_kana_are_those_of_its_texts(kana: list[str]) -> None:
    column = pl.Series(kana, dtype=pl.String)
    assert kana_sort_keys(column).to_list() == [kana_sort_key(text) for text in kana]
    assert full_width(column).to_list() == [full_width_kana(text) for text in kana]
    assert column.to_list() == kana  # a key stands beside its text
