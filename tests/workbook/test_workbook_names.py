"""File and sheet names that Windows, macOS and Excel take (faults 26, 27 and 28)."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kyosai_lists.workbook.names import sheet_names, workbook_names

TITLE = "2026年秋の声かけ"


def one(code: str, name: str, title: str = TITLE) -> str:
    return workbook_names([(code, name)], title)[0]


def test_a_name_is_code_union_and_title():
    assert one("17001", "金沢市職員労働組合") == "17001_金沢市職員労働組合_2026年秋の声かけ.xlsx"


@pytest.mark.parametrize(
    "name", ["../../x", "..\\x", "東京都/水道", "a:b", 'a"b', "a<b>", "a|b?*", "a\nb", "CON", "x.", "x ", "", "\u202e"]
)
def test_any_union_name_makes_one_safe_file_inside_the_folder(name):
    made = one("17001", name)
    assert not set(made) & set('<>:"/\\|?*\n\u202e')
    assert made.startswith("17001_")
    assert made.endswith("_2026年秋の声かけ.xlsx")


@pytest.mark.parametrize("code", ["CON", "nul", "../17", "com1"])
def test_a_code_that_is_a_device_or_a_path_is_made_harmless(code):
    assert one(code, "x").partition("_")[0].casefold() not in {"con", "nul", "com1"} or one(code, "x").startswith("_")
    assert ".." not in one(code, "x").partition("_x_")[0] or "/" not in one(code, "x")


def test_120_kanji_are_shortened_and_the_path_stays_short():
    made = one("17001", "漢" * 120, "字" * 120)
    assert made.startswith("17001_" + "漢" * 25)
    assert len(made) <= 110


def test_a_name_of_rare_kanji_keeps_within_what_linux_takes():
    assert len(one("17001", "𠮷" * 120, "𠮷" * 120).encode()) <= 240


def test_two_long_names_of_one_code_stay_two_files():
    first, second = workbook_names([("17001", "漢" * 119 + "甲"), ("17001", "漢" * 119 + "乙")], TITLE)
    assert first != second


@pytest.mark.parametrize(
    ("one_name", "other"),
    [
        ("がっこう", unicodedata.normalize("NFD", "がっこう")),
        ("ABC", "abc"),
        ("Straße", "STRASSE"),
        ("a/b", "a:b"),
        ("x", "x."),
    ],
)
def test_names_that_a_file_system_takes_for_one_become_two_files(one_name, other):
    made = workbook_names([("17001", one_name), ("17001", other)], TITLE)
    assert made[1].endswith("_2.xlsx")
    assert len({unicodedata.normalize("NFC", name).casefold() for name in made}) == 2


@given(st.lists(st.tuples(st.sampled_from(["17001", "A", "a"]), st.text(max_size=5)), max_size=12), st.text(max_size=5))
def test_names_of_a_folder_are_always_different(unions, title):
    made = workbook_names(unions, title)
    assert len({unicodedata.normalize("NFC", name.casefold()) for name in made}) == len(unions)


@pytest.mark.parametrize("title", ["a/b", "[1]", "a:b", "'a'", "", "長" * 40, "𠮷" * 20, "History", "名簿", "ﾒｲﾎﾞ表紙"])
def test_a_sheet_name_is_legal(title):
    (made,) = sheet_names([title], ["表紙", "名簿"])
    assert 0 < len(made.encode("utf-16-le")) // 2 <= 31
    assert not set(made) & set("[]:*?/\\")
    assert not made.startswith("'")
    assert made not in {"名簿", "History"}


@pytest.mark.parametrize(("first", "second"), [("ABC", "ａｂｃ"), ("リスト", "りすと"), ("長" * 31, "長" * 32)])
def test_sheet_names_that_excel_takes_for_one_become_two(first, second):
    made = sheet_names([first, second])
    assert made[1].endswith("_2")
    assert len(made[1]) <= 31
