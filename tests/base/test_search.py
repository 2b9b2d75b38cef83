"""Search keys: every way to write a name finds it, and different names stay different."""

import re
import unicodedata

import polars as pl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kyosai_lists import search
from kyosai_lists.search import pattern, search_key

ROWS = [row for row in search._SAME_KANJI.split() if row]
HALF = dict(zip("アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン", "ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜﾝ", strict=True))  # fmt: skip
# The hundred or so commonest family names, and pairs that look or sound alike.
_SURNAMES = """
佐藤 鈴木 高橋 田中 伊藤 伊東 渡辺 渡部 山本 中村 小林 加藤 吉田 山田 佐々木 山口 松本 井上 木村 林 斎藤 清水 山崎 森 池田 橋本 阿部
石川 山下 中島 石井 小川 前田 岡田 長谷川 藤田 後藤 近藤 村上 遠藤 青木 坂本 福田 太田 大田 西村 藤井 金子 岡本 藤原 三浦 中野 中川
原田 松田 竹田 武田 中山 小野 小山 石田 上田 森田 原 柴田 酒井 坂井 工藤 横山 宮崎 宮本 内田 高木 安藤 島田 谷口 大野 高田 丸山 今井
河野 藤本 村田 上野 杉山 増田 菅原 管原 平野 大塚 千葉 久保 松井 岩崎 桜井 木下 野口 松尾 野村 菊地 菊池 佐野 大西 新井 荒井 浜田 荻原 萩原
古川 市川 小松 高野 水野 吉川 渡 辻 沢田 関 岩田 岸 土田 士田 埼田 崎田 宇野 江野 井田 飯田 江田 滝沢 竜田 広瀬 国井 曽根 槙原 渕上
"""
_KANA = """
サトウ スズキ タカハシ タナカ イトウ ワタナベ ワタベ ヤマモト ヤマサキ ヤマザキ オノ ウノ オオノ ハシモト コバヤシ ゴトウ コトウ マツダ マツタ ユキ ユウキ
ショウコ ショコ リョウ リヨ オカ オオカ オカダ イダ イイダ エダ ケイコ ケコ シオン ソウタ ソタ サエ サイ ミキ ミイ カナ カアナ キヨシ ジュン ヨウコ ヨコ
"""
SURNAMES, KANA = _SURNAMES.split(), _KANA.split()
anything = st.text(st.characters(exclude_categories=()), max_size=60)
tricky = st.text(
    st.sampled_from([*"か々佐ヵヮっワわｶﾂｯﾞﾟ゛゜ ーｰ－-髙辻TＡİΣ¨ヂッ\t\u200b\ufe00\u3099\u309a\ud800", "\U000e0100"]),
    max_size=8,
)


@given(st.one_of(anything, tricky))
@example("ッ゛")
@example("ヵ゙")
@example("T¨")
@example("佐々々")
def test_a_key_of_a_key_is_the_key(text: str) -> None:
    assert search_key(search_key(text)) == search_key(text)


@given(st.one_of(anything, tricky))
def test_a_text_finds_itself_in_either_engine_and_never_stops_it(text: str) -> None:
    key = search_key(text)
    assert re.search(pattern(text), key)
    assert pl.Series([key]).str.contains(pattern(text)).all()


def test_each_kanji_of_the_table_stands_in_one_row_and_is_there_to_be_found() -> None:
    kanji = "".join(ROWS)
    assert len(set(kanji)) == len(kanji)
    assert unicodedata.normalize("NFKC", kanji) == kanji
    assert all(len(row) > 1 for row in ROWS)
    assert all(unicodedata.category(letter) == "Lo" for letter in kanji)


@st.composite
def written(draw: st.DrawFn, name: str) -> str:
    """`name` with other shapes of its kanji, spaces between, and variation selectors behind."""
    out = []
    for letter in name:
        row = next((row for row in ROWS if letter in row), letter)
        out.append(draw(st.sampled_from(row)) + draw(st.sampled_from(["", "", " ", "　", "\U000e0101", "\ufe00"])))
    return "".join(out)


@given(st.data(), st.sampled_from(SURNAMES), st.sampled_from(["", "健一", "惠", "翔", "德弥"]))
def test_any_spelling_of_a_name_finds_any_other(data: st.DataObject, family: str, given_name: str) -> None:
    stored, typed = data.draw(written(family + given_name)), data.draw(written(family))
    assert re.match(pattern(typed), search_key(stored))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("髙橋", "高橋"), ("山﨑", "山崎"), ("𠮷田", "吉田"), ("齋藤", "斉藤"), ("齊藤", "斎藤"), ("渡邊", "渡辺"), ("渡邉", "渡辺"),
        ("渡邉\U000e0104", "渡邊"), ("濵田", "浜田"), ("濱田", "浜田"), ("辻\U000e0100", "辻"), ("塚\ufe00", "塚"), ("嶌田", "島田"),
        ("神\ufa19", "神神"), ("佐佐木", "佐々木"), ("加藤さくら", "加藤サクラ"), ("ＳＭＩＴＨ John", "smithＪＯＨＮ"), ("竹ヶ原", "竹ケ原"),
    ],
)  # fmt: skip
def test_variant_kanji_are_one(one: str, other: str) -> None:
    assert search_key(one) == search_key(other)


def test_different_names_have_different_keys() -> None:
    assert len({search_key(name) for name in SURNAMES}) == len(SURNAMES)
    assert len({search_key(name) for name in KANA}) == len(KANA)


@pytest.mark.parametrize("typed", KANA)
def test_kana_find_their_own_name_and_no_other(typed: str) -> None:
    whole = f"^(?:{pattern(typed)})$"
    assert [name for name in KANA if re.search(whole, search_key(name))] == [typed]


SHAPES = ("ショウコ", "ショーコ", "ショオコ", "ｼﾖｳｺ", "ｼｮｰｺ", "しょうこ", "しょーこ", "シヨ－コ", "シ ョ ウ コ")


@pytest.mark.parametrize("typed", SHAPES)
@pytest.mark.parametrize("stored", SHAPES)
def test_small_kana_width_and_long_vowels_do_not_matter(stored: str, typed: str) -> None:
    assert re.fullmatch(pattern(typed), search_key(stored))
    assert re.match(pattern(typed), search_key(f"{stored} ﾊﾅ"))


@pytest.mark.parametrize(
    ("typed", "stored"),
    [("ユーコ", "ユウコ"), ("ケーコ", "ｹｲｺ"), ("おおの", "オーノ"), ("ジョージ", "じょおじ"), ("ミズキ", "ﾐﾂﾞｷ"), ("ジュン", "ヂユン"), ("かおる", "カヲル"), ("ガ", "か゛"), ("オーウチ", "オオウチ")],
)  # fmt: skip
def test_what_is_heard_alike_is_found(typed: str, stored: str) -> None:
    assert re.fullmatch(pattern(typed), search_key(stored))
    assert re.fullmatch(pattern(stored), search_key(typed))


def test_a_part_is_found_where_the_name_before_it_ends_in_the_same_vowel() -> None:
    assert re.search(pattern("ウメコ"), search_key("ﾔﾏﾓﾄｳﾒｺ"))
    assert re.search(pattern("ヤマモトウメコ"), search_key("ヤマモト ウメコ"))


@given(st.text(st.sampled_from([*HALF]), min_size=1, max_size=8))
def test_half_width_and_hiragana_find_full_width(kana: str) -> None:
    half = "".join(HALF[letter] for letter in kana)
    hiragana = "".join(chr(ord(letter) - 0x60) for letter in kana)
    assert search_key(half) == search_key(hiragana) == search_key(kana)


@pytest.mark.parametrize("text", ["", " 　", "\u200b", "\ufe00", "\ud800"])
def test_nothing_visible_is_nothing_to_find(text: str) -> None:
    assert pattern(text) == ""


@pytest.mark.parametrize("text", [".*", "[アカ]", "(ア|イ)", "%", "\\", "ア+", "^$"])
def test_signs_stand_for_themselves(text: str) -> None:
    assert not re.search(pattern(text), search_key("アカイ タロウ"))
    assert re.search(pattern(text), search_key(f"ヤマダ{text}"))
