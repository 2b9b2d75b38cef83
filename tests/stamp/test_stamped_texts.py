"""Whatever a text looks like, the stamped file gives it back as that text, or it is refused without being shown."""

import io
import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from kyosai_lists.errors import ExportError, TemplateError
from kyosai_lists.text import forbidden_control
from kyosai_lists.workbook.template import CallListTemplate
from kyosai_lists.workbook.texts import CELL_LIMIT, escaped
from tests.stamp.stamping import stamped_book, stamped_books
from tests.workbook.workbook_samples import TEMPLATE_PATH, edited, list_sheet, listed, person, union_book

LIST = "若年層 団体生命未加入"
_PIECES = [
    "_x",
    "0041",
    "_",
    "x005F",
    "x000D",
    "\r",
    "\n",
    "\t",
    " ",
    "　",
    "=",
    "+",
    "'",
    "&",
    "<",
    ">",
    "]]>",
    '"',
    "亜",
    "𠮷",
    "é",
]


@pytest.fixture(scope="module")
def template() -> CallListTemplate:
    return CallListTemplate.load(TEMPLATE_PATH)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.one_of(
            st.text(st.characters(exclude_categories=["Cs", "Cc"])),
            st.lists(st.sampled_from(_PIECES)).map("".join),
            st.text(string.printable),
        ).filter(lambda text: not forbidden_control(text)),
        min_size=1,
        max_size=8,
    )
)
def test_any_text_is_read_back_as_it_was(template: CallListTemplate, texts: list[str]) -> None:
    people = [person(no, name=text, hint=text) for no, text in enumerate(texts, start=1)]
    rows = [listed(no, reason=text, contracts=text) for no, text in enumerate(texts, start=1)]
    data = stamped_book(template, union_book(people, list_sheet(rows)))
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
    roll = workbook.get_sheet_by_name("名簿").to_python()
    listing = workbook.get_sheet_by_name(LIST).to_python()
    assert [(row[3], row[4]) for row in roll[1:]] == [(text, text) for text in texts]
    assert [(row[7], row[8]) for row in listing[5:]] == [(text, text) for text in texts]
    sheet = load_workbook(io.BytesIO(data))["名簿"]
    stored = [(cell.value or "").replace("\r", "\n") for cell in sheet["D"][1:]]
    assert stored == [escaped(text).replace("\r", "\n") for text in texts]
    assert {cell.data_type for cell in sheet["D"][1:]} <= {"s", "n"}


def test_a_text_of_excels_limit_is_not_cut(template: CallListTemplate) -> None:
    text = "亜" * CELL_LIMIT
    data = stamped_book(template, union_book([person(1, hint=text)]))
    assert CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_name("名簿").to_python()[1][4] == text


@pytest.mark.parametrize("text", ["亜" * 32_768, "𠮷" * 16_384], ids=["kanji", "pairs"])
def test_one_character_more_is_refused_with_its_place(template: CallListTemplate, text: str) -> None:
    with pytest.raises(ExportError, match=r"「名簿」のE4.*32,767"):
        stamped_book(template, union_book([person(1), person(2), person(3, hint=text)]))


@pytest.mark.parametrize("text", ["a\x00", "a\x0b", "\x7f", "\x9f", "\ufffe", "\U0010ffff"])
def test_a_character_that_would_corrupt_the_file_is_refused_without_showing_the_text(
    template: CallListTemplate, text: str
) -> None:
    for book in (
        union_book([person(1)], union_name="髙橋" + text),
        union_book([person(1, name="髙橋" + text)]),
        union_book([person(1, workplace="髙橋" + text)]),
        union_book([person(1)], list_sheet([listed(1, reason="髙橋" + text)])),
        union_book([person(1)], list_sheet([listed(1)], parameters="髙橋" + text)),
    ):
        with pytest.raises(ExportError, match="書けない文字") as refused:
            stamped_book(template, book)
        assert "髙橋" not in str(refused.value)


def test_a_page_header_that_is_too_long_is_refused_as_by_the_other_writer() -> None:
    def chatter(workbook) -> None:  # type: ignore[no-untyped-def]
        workbook["名簿"].oddHeader.center.text = "注" * 250

    with pytest.raises(TemplateError, match="255文字"):
        stamped_book(edited(chatter), union_book([person(1)]))


def test_a_workbook_is_the_same_whatever_other_unions_the_run_has(template: CallListTemplate) -> None:
    plain = union_book([person(1)], list_sheet([listed(1)]), union_code="17001")
    odd = union_book([person(1, name="=&<é𠮷 ")], list_sheet([listed(1, reason="é\n長い" * 30)]), union_code="17002")
    alone = stamped_book(template, plain)
    for books in ((plain, odd), (odd, plain)):
        made = {book.union_code: book.data for book in stamped_books(template, *books)}
        assert made["17001"] == alone
        assert made["17002"] == stamped_book(template, odd)
