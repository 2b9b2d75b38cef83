"""Whatever a name looks like, it comes out as that text (faults 24 and 25)."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from workbook_samples import RUN, column, list_sheet, listed, person, read_back, reopened, union_book

from kyosai_lists.errors import ExportError
from kyosai_lists.text import forbidden_control
from kyosai_lists.workbook.cells import write_text
from kyosai_lists.workbook.fill import fill
from kyosai_lists.workbook.package import save
from kyosai_lists.workbook.texts import CELL_LIMIT, fits

NASTY = [
    '=HYPERLINK("http://x.example/","押す")',
    "=1+1",
    "=",
    "+8190",
    "-山田",
    "@SUM(A1)",
    " =1",
    "'山田",
    "＝1+1",
    "山\t田",
    "\t",
    "山\n田",
    "山\r田",
    "山\r\n田\r",
    "\r",
    "_x0041_",
    "_x005F_x0041_",
    "_x000D_",
    "_x0041\r",
    "_x0041_x0042_",
    "#N/A",
    "#REF!",
    "TRUE",
    "00123",
    "1e5",
    "2023/4/1",
    "http://x.example/",
    "mailto:a@x.example",
    " 前後に空白 ",
    "　",
    "  ",
    "<t>&amp;</t>",
    "髙﨑𠮷①㈱〜",
    "\ue000",
]


def one_sheet(texts: list[str]) -> bytes:
    workbook = Workbook()
    for row, text in enumerate(texts, start=1):
        write_text(workbook.active.cell(row, 1), text)
    write_text(workbook.active.cell(len(texts) + 1, 1), "end")
    return save(workbook, date(2026, 11, 1))


@pytest.mark.parametrize("text", NASTY)
def test_a_nasty_name_is_plain_text_on_every_sheet(template, text):
    book = union_book([person(1, name=text, workplace=text)], list_sheet([listed(1, name=text, reason=text)]))
    data = fill(template, book, RUN)
    assert column(data, "名簿", "氏名") == [text]
    assert column(data, "若年層 団体生命未加入", "理由") == [text]
    for sheet in reopened(data).worksheets:
        for row in sheet.iter_rows():
            assert all(cell.data_type in {"s", "n"} and cell.hyperlink is None for cell in row)


def test_a_union_named_like_a_formula_stays_text_on_the_cover(template):
    data = fill(template, union_book([person(1)], union_name='=HYPERLINK("x")'), RUN)
    assert read_back(data, "表紙")[1][0] == '=HYPERLINK("x")　御中'


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@a", "'a", " =1", "＝1"])
def test_text_that_excel_would_take_for_a_formula_when_typed_again_is_marked_as_text(template, text):
    sheet = reopened(fill(template, union_book([person(1, name=text)]), RUN))["名簿"]
    assert sheet["D2"].quotePrefix
    assert not sheet["C2"].quotePrefix
    assert sheet["D2"].font.b, "the mark must not cost the look"


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.text(st.characters(exclude_categories=["Cs", "Cc"])),
            st.lists(
                st.sampled_from(["_x", "0041", "_", "x005F", "x000D", "\r", "\n", "\t", " ", "=", "'", "亜", "_xD842_"])
            ).map("".join),
        ),
        min_size=1,
        max_size=8,
    )
)
def test_any_text_is_read_back_as_it_was(texts):
    texts = [text for text in texts if not forbidden_control(text)]
    rows = read_back(one_sheet(texts), "Sheet")
    assert [row[0] for row in rows][:-1] == texts


def test_a_text_of_excels_limit_fits_and_is_not_cut():
    text = "亜" * CELL_LIMIT
    assert fits(text)
    assert read_back(one_sheet([text]), "Sheet")[0][0] == text


@pytest.mark.parametrize("text", ["亜" * 32_768, "𠮷" * 16_384])
def test_one_character_more_is_refused_and_not_cut(template, text):
    assert not fits(text)
    with pytest.raises(ExportError, match="32,767"):
        fill(template, union_book([person(1, hint=text)]), RUN)


@pytest.mark.parametrize("text", ["a\x00", "a\x0b", "\ud842", "\ufffe"], ids=["nul", "vt", "surrogate", "fffe"])
def test_a_character_that_would_corrupt_the_file_is_refused_without_showing_the_name(template, text):
    with pytest.raises(ExportError, match="書けない文字") as refused:
        fill(template, union_book([person(1)], union_name="髙橋" + text), RUN)
    assert "髙橋" not in str(refused.value)
