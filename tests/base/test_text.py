"""Keys: what counts as the same word, what sorts before what, and which file names Windows takes."""

import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kyosai_lists import text
from kyosai_lists.text import code_key

HALF = "ｱｲｳｴｵｶｷｸｹｺｻｼｽｾｿﾀﾁﾂﾃﾄﾅﾆﾇﾈﾉﾊﾋﾌﾍﾎﾏﾐﾑﾒﾓﾔﾕﾖﾗﾘﾙﾚﾛﾜｦﾝｧｨｩｪｫｬｭｮｯｰ"
FULL = (
    "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲンァィゥェォャュョッー"
)
# Control characters and lone surrogates too: hypothesis keeps surrogates out unless told.
anything = st.text(st.characters(exclude_categories=()), max_size=120)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (" 臨時･ 非常勤", "臨時・非常勤"), ("ＡＢＣ１２", "ABC12"), ("ﾏｲｶｰ共済", "マイカー共済"), ("10〜20", "10～20"),
        ("山田　太郎", "山田太郎"), ("No．１", "No.1"), ("㈱山田", "(株)山田"), ("①", "1"), ("が", "か\u3099"), ("が", "か゛"),
    ],
)  # fmt: skip
def test_width_spaces_and_composition_do_not_tell_words_apart(one: str, other: str) -> None:
    assert text.match_key(one) == text.match_key(other)


@pytest.mark.parametrize("dash", "−－ー-‐–—―ｰ")
@pytest.mark.parametrize(("before", "after"), [("12", "34"), ("カ", "ド"), ("", "1"), ("東", "町"), ("らあ", "めん")])
def test_every_shape_of_dash_is_one(dash: str, before: str, after: str) -> None:
    assert text.match_key(f"{before}{dash}{after}") == text.match_key(f"{before}ー{after}")


def test_a_key_of_kana_is_still_the_word_and_one_of_digits_still_the_number() -> None:
    assert text.match_key("ﾏｲｶｰ共済") == "マイカー共済"
    assert text.match_key("12ー34") == "12-34"


def test_different_letters_of_one_name_stay_different() -> None:
    names = ["高橋", "髙橋", "山崎", "山﨑", "吉田", "𠮷田", "渡辺", "渡邊", "渡邉"]
    assert len({text.match_key(name) for name in names}) == len(names)


def test_a_code_keeps_its_leading_zeros() -> None:
    assert text.code_key(" ００１２３ ") == "00123"


@given(anything)
def test_a_key_of_a_key_is_the_key(value: str) -> None:
    assert text.match_key(text.match_key(value)) == text.match_key(value)


@pytest.mark.parametrize(
    "heading",
    [
        "生年月日",
        "生年月日(和暦)",
        "生年月日（西暦）",
        "※生年月日",
        "*生年月日*",
        "生年\n月日",
        "生 年 月 日",
        "生年月日【必須】",
        "●生年月日[例：S60.4.1]",
    ],
)
def test_a_heading_is_known_whatever_is_written_around_it(heading: str) -> None:
    assert text.header_key(heading) == "生年月日"


def test_a_heading_that_is_all_brackets_is_not_emptied() -> None:
    assert text.header_key("(内線)") == "(内線)"
    assert text.header_key("ﾌﾘｶﾞﾅ") == text.header_key("フリガナ")
    assert text.header_key("Ｅメール") == text.header_key("eメール")


def test_half_width_kana_become_full_width_one_for_one() -> None:
    assert len(HALF) == len(FULL)
    assert text.full_width_kana(HALF) == FULL


def test_marks_join_their_letter_and_everything_else_stays() -> None:
    assert text.full_width_kana("ﾔﾏｻﾞｷ ｼﾞｮｰｼﾞ") == "ヤマザキ ジョージ"
    assert text.full_width_kana("ﾊﾟﾋﾞｳﾞ") == "パビヴ"
    assert text.full_width_kana("髙﨑①㈱Ａ～") == "髙﨑①㈱Ａ～"


def test_names_sort_in_the_order_of_the_fifty_sounds() -> None:
    ordered = [
        "アオキ アイ", "アサノ", "ハシ ショウ", "ハシモト", "ハヤシ", "ハヤシ アキ", "ハヤシ ジョージ", "ハヤシダ アイ", "ヤマ ワタル",
        "ヤマサキ アイ", "ヤマザキ アイ", "ヤマザキ イサム", "ワダ", "ンマ", "",
    ]  # fmt: skip
    backwards = ordered[::-1]
    assert sorted(backwards, key=text.kana_sort_key) == ordered


def test_marks_decide_only_between_names_that_are_else_equal() -> None:
    assert sorted(["バラ", "ハリ", "パラ", "ハラ"], key=text.kana_sort_key) == ["ハラ", "バラ", "パラ", "ハリ"]
    assert sorted(["シヨウ", "ショウ", "シヨア"], key=text.kana_sort_key) == ["シヨア", "ショウ", "シヨウ"]


def test_a_long_vowel_sorts_as_the_vowel_it_lengthens() -> None:
    names = ["ジョオ", "ジョーシ", "ジョカ", "ジョージ", "カア", "カーイ"]
    base = [text.kana_sort_key(name).split("\t")[0] for name in names]
    assert base == ["シヨオ", "シヨオシ", "シヨカ", "シヨオシ", "カア", "カアイ"]


@pytest.mark.parametrize("other", ["ﾔﾏｻﾞｷ ｱｲ", "やまざき あい", "ヤマザキ　アイ", " ヤマザキ  アイ "])
def test_width_hiragana_and_spaces_do_not_change_the_place(other: str) -> None:
    assert text.kana_sort_key(other) == text.kana_sort_key("ヤマザキ アイ")


@given(st.text("アカガサザハバパヤャーンワ 　", min_size=1, max_size=12).filter(str.strip))
def test_whoever_has_kana_stands_before_those_without(kana: str) -> None:
    assert text.kana_sort_key(kana) < text.kana_sort_key("") == text.kana_sort_key("　")


@given(anything)
@example("\x85")
@example("\ud800")
@example("\ufffe")
def test_control_characters_other_than_tab_and_line_ends_are_found(value: str) -> None:
    expected = any(
        (unicodedata.category(c) in {"Cc", "Cs"} and c not in "\t\r\n") or ord(c) % 0x10000 in {0xFFFE, 0xFFFF}
        for c in value
    )
    assert text.forbidden_control(value) is expected


@pytest.mark.parametrize("value", ["山田\t太郎", "1行\r\n2行", "髙﨑𠮷辻\U000e0100①㈱", "\ue000", ""])
def test_what_a_cell_may_hold_is_no_forbidden_control(value: str) -> None:
    assert not text.forbidden_control(value)


def test_no_forbidden_character_is_overlooked_in_a_text() -> None:
    """A text is searched only where Python does not call it printable."""
    forbidden = [
        c for c in map(chr, range(0x110000)) if ord(c) % 0x10000 >= 0xFFFE or unicodedata.category(c) in {"Cc", "Cs"}
    ]
    assert [c for c in forbidden if not text.forbidden_control(f"組合　{c} 名")] == ["\t", "\n", "\r"]


# -- file names ------------------------------------------------------------------------------------------------------

DEVICES = {"CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"} | {
    f"{p}{d}" for p in ("COM", "LPT") for d in "0123456789¹²³"
}
nasty = st.text(
    st.sampled_from([*'<>:"/\\|?*. 　\x00\x1f\x7f\u200b_ConPRNlpt1¹県水道', "\u0301", "か", "\u3099", "𠮷", "\ud800"]),
    max_size=90,
)


def windows_takes(name: str) -> bool:
    """Microsoft, "Naming Files, Paths, and Namespaces": checked letter by letter, not by the pattern in use."""
    stem = name.split(".")[0].rstrip(" ").upper()
    return (
        bool(name)
        and not any(c in '<>:"/\\|?*' or ord(c) < 32 for c in name)
        and name[-1] not in ". "
        and stem not in DEVICES
    )


@given(st.one_of(anything, nasty), st.integers(1, 60))
@example("CON", 60)
@example("con .txt", 60)
@example("CON" + "." + "x" * 80, 60)
@example("CONTRACT", 3)
@example("lpt¹.県", 60)
@example("..", 60)
@example("a" * 59 + ". b", 60)
def test_a_safe_part_is_a_name_that_windows_takes_and_no_longer_than_asked(value: str, limit: int) -> None:
    part = text.safe_file_part(value, limit)
    assert windows_takes(part)
    assert 1 <= len(part) <= limit
    assert not re.search(r"[\x00-\x1f\x7f\u200b\ud800-\udfff]", part)
    assert text.safe_file_part(part, limit) == part


@pytest.mark.parametrize(
    ("name", "part"),
    [
        ("../../x", "_.._x"), ("東京都/水道", "東京都_水道"), ("CON", "_CON"), ("nul.txt", "_nul.txt"), ("水道局. ", "水道局"),
        ("　", "_"), ("か\u3099", "が"), ("七尾市職員労働組合", "七尾市職員労働組合"), ("山﨑\u202e", "山﨑_"),
    ],
)  # fmt: skip
def test_a_name_stays_as_readable_as_it_can(name: str, part: str) -> None:
    assert text.safe_file_part(name) == part


@pytest.mark.parametrize(
    "text", ["00000097", "\u200b00000097", "0000\u00ad0097\u200e", '="00000097"', "'00000097", "０００００097 "]
)
def test_a_code_is_the_same_with_what_nobody_sees_and_what_keeps_excel_from_counting(text: str) -> None:
    assert code_key(text) == "00000097"
