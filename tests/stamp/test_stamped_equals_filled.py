"""The fast writer makes what the reference writer makes: part by part, cell by cell, look by look."""

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.pagebreak import Break
from python_calamine import CalamineWorkbook

from kyosai_lists.text import forbidden_control
from kyosai_lists.workbook.fill import fill
from kyosai_lists.workbook.model import ListSheet, UnionBook
from kyosai_lists.workbook.template import CallListTemplate
from tests.stamp.comparing import differences
from tests.stamp.stamping import assert_equal, stamped_book
from tests.workbook.workbook_samples import (
    RUN,
    TEMPLATE_PATH,
    edited,
    list_sheet,
    listed,
    person,
    union_book,
    workplaces,
)

NASTY = [
    "=1+1", "+81 90", "-山田", "@SUM(A1)", " =1", "'山田", "＝1", "a\tb", "\t", "a\nb", "a\rb", "\r", "_x0041_", "_x0041\r",
    "#N/A", "TRUE", "00123", " 前後 ", "後 ", "後\n", "　", "<t>&amp;</t>", "]]>", "髙﨑𠮷①㈱〜", "\ue000", '"', "%(A2)s", "%", "{{氏名}}", "é\u00d7",
]  # fmt: skip
LONG = [
    "アレクサンドラ・マリア・デ・ラ・クルス・エスコバル",
    "総務部総務課庶務係第一担当",
    "長い理由を書く" * 20,
    "a" * 300,
]


@pytest.fixture(scope="module")
def template() -> CallListTemplate:
    return CallListTemplate.load(TEMPLATE_PATH)


def nasty_book() -> UnionBook:
    texts = [*NASTY, *LONG]
    people = [
        person(no, name=text, workplace=text, kana=text, hint=text, previous=text, discreet=no % 7 == 0)
        for no, text in enumerate(texts, start=1)
    ]
    rows = [
        listed(no, name=text, workplace=text, reason=text, contracts=f"{text}\n{text}", phone=text, age=None)
        for no, text in enumerate(texts, start=1)
    ]
    return union_book(people, list_sheet(rows), union_name='A&B "C" 100%')


def test_an_ordinary_union_comes_out_alike(template: CallListTemplate) -> None:
    people = [*workplaces(2, 18, 1), person(22, discreet=True, name="休職　花子")]
    assert_equal(template, union_book(people, list_sheet([listed(1), listed(22)])))


def test_runs_of_two_days_and_templates_in_one_program_come_out_alike(template: CallListTemplate) -> None:
    book = union_book(workplaces(2), list_sheet([listed(1)]))
    for look in (template, edited(_page_headers), template):
        for day in (RUN.as_of, date(2027, 4, 1)):
            assert_equal(look, book, run=replace(RUN, as_of=day))


def test_texts_of_every_kind_come_out_alike(template: CallListTemplate) -> None:
    assert_equal(template, nasty_book())


@pytest.mark.parametrize(
    "text",
    [
        "é×" * 40,
        "𠮷" * 40,
        "一行目\n二行目",
        "_x0041_" * 12,
        "一行目\r二行目",
        "一行目\u2028二行目",
        "長い" * 40,
        "a" * 90,
    ],
)
def test_a_single_odd_text_among_ordinary_ones_gets_the_height_it_needs(template: CallListTemplate, text: str) -> None:
    rows = [listed(1), listed(2, reason=text), listed(3, contracts=text)]
    assert_equal(template, union_book([person(1), person(2, name=text)], list_sheet(rows)))


def test_a_number_too_wide_for_its_column_comes_out_alike(template: CallListTemplate) -> None:
    people = [person(no) for no in (1, 12, 123, 1_234, 12_345_678, 123_456_789_012)]
    assert_equal(template, union_book(people, list_sheet([listed(123_456_789, age=1_000_000)])))


@pytest.mark.parametrize("id_", ["union", "people", "book"])
def test_a_list_that_is_called_as_what_differs_by_workbook_keeps_its_own_count(
    template: CallListTemplate, id_: str
) -> None:
    found = list_sheet([listed(1), listed(2)], id=id_, title=id_, letter=id_)
    assert_equal(template, union_book(workplaces(4), found), union_book(workplaces(3), found, union_code="17002"))


def test_many_unions_with_different_sheets_in_one_run_come_out_alike(template: CallListTemplate) -> None:
    def lists(*sizes: int) -> list[ListSheet]:
        titles = ["同じ", "空", "同じ", "名簿"]
        return [
            list_sheet([listed(no) for no in range(1, size + 1)], id=f"list{n}", title=title, letter="ABCD"[n])
            for n, (title, size) in enumerate(zip(titles, sizes, strict=True))
        ]

    assert_equal(
        template,
        union_book([person(1)], *lists(1, 0, 1, 0), union_code="17001", union_name="一人の組合"),
        union_book([person(1, discreet=True)], *lists(0, 0, 0, 0), union_code="17002", union_name="担当限りだけ"),
        union_book(workplaces(*[1] * 120), *lists(3, 2, 1, 5), union_code="17003", union_name="職場の多い組合"),
        union_book([person(3), person(1), person(2)], *lists(0, 1, 0, 2), union_code="17004", union_name=""),
    )


def test_lists_of_one_title_of_which_each_union_has_another_are_told_apart(template: CallListTemplate) -> None:
    """A list's sheet is called 同じ in one workbook and 同じ_2 in another; _meta names the list that the union has."""

    def lists(*sizes: int) -> list[ListSheet]:
        titles = ["同じ", "別", "同じ"]
        return [
            list_sheet([listed(no) for no in range(1, size + 1)], id=f"list{n}", title=title, letter="ABC"[n])
            for n, (title, size) in enumerate(zip(titles, sizes, strict=True))
        ]

    sizes = [(1, 0, 0), (0, 0, 1), (1, 0, 1), (0, 1, 1)]
    books = [union_book([person(1)], *lists(*own), union_code=f"1700{n}") for n, own in enumerate(sizes)]
    assert_equal(template, *books)


@pytest.mark.long
def test_three_thousand_people_come_out_alike(template: CallListTemplate) -> None:
    people = workplaces(*[37] * 81, 3)
    assert len(people) == 3_000
    book = union_book(
        people, list_sheet([listed(no, contracts=f"{no} 火災共済\n{no} 自然災害") for no in range(1, 3_001)])
    )
    assert_equal(template, book)


def test_a_frame_without_text_in_a_column_comes_out_alike(template: CallListTemplate) -> None:
    people = [person(1, hint=None, previous=None, letters=None, workplace="")]
    assert_equal(template, union_book(people, list_sheet([listed(1, phone=None, age=None)])))


# -- what a branch did to the template ---------------------------------------------------------------------------------


def _moved_columns(workbook: Workbook) -> None:
    sheet = workbook["名簿"]
    for row in (1, 2):
        sheet.cell(row, 4).value, sheet.cell(row, 3).value = sheet.cell(row, 3).value, sheet.cell(row, 4).value
    sheet["O2"], sheet["O1"] = "{{氏名}}({{No.}})さん", "{{単組名}}の{{基準日}}"


def _restyled(workbook: Workbook) -> None:
    sheet = workbook["名簿"]
    sheet["D2"].font = Font(name="メイリオ", size=14.5, color="FF0000FF")
    sheet["D2"].fill = PatternFill("solid", fgColor="FFFFFF00")
    sheet.column_dimensions["D"].width = 8
    sheet.row_dimensions[2].height = 40
    workbook["リスト"]["H6"].alignment = Alignment(shrink_to_fit=True)
    workbook["リスト"]["A6"].alignment = Alignment(shrink_to_fit=True, wrap_text=True)


def _wording_around_the_rows(workbook: Workbook) -> None:
    for name in ("名簿", "担当限り"):
        sheet = workbook[name]
        sheet["A5"], sheet["B6"], sheet["C8"] = "ここまで {{人数計}}人", "{{人数計}}", "100% & <終>"
        sheet.merge_cells("A5:D6")
        sheet.row_dimensions[5].height = 50
        sheet.row_breaks.append(Break(id=6))
        sheet.print_area = "A1:K6"
    workbook["リスト"]["A9"] = "{{リスト名}}は{{該当人数}}人、{{条件}}"


def _wording_of_the_list(workbook: Workbook) -> None:
    sheet = workbook["リスト"]
    sheet["H5"], sheet["A8"], sheet["B8"] = (
        "{{リスト名}}の理由({{該当人数}}人)",
        "{{リスト名}}",
        "ここまで {{リスト記号}}",
    )
    sheet.oddHeader.left.text = "{{リスト名}} {{条件}}"


def _formats_and_choices(workbook: Workbook) -> None:
    sheet = workbook["名簿"]
    rule = CellIsRule("equal", ["1"], fill=PatternFill(bgColor="FFCCFFCC"))
    sheet.conditional_formatting.add("I2:I2 K2:K2", rule)
    sheet.conditional_formatting.add("A1:A1048576", rule)
    sheet.merge_cells("O2:P2")
    choice = DataValidation("list", '"○,×"', sqref="J2 K1:K9", prompt='"改行\nあり" & <>', showInputMessage=True)
    sheet.data_validations.dataValidation.append(choice)
    workbook["リスト"].conditional_formatting.add("F6:F6", rule)
    workbook["リスト"].row_dimensions[6].outlineLevel = 1


def _sheets_of_ones_own(workbook: Workbook) -> None:
    first = workbook.create_sheet("手順", 0)
    first["B2"], first["B3"] = "{{単組名}}のみなさまへ", 3.5
    last = workbook.create_sheet("It's", 9)
    last["A1"] = "そのまま"
    workbook.defined_names["部署"] = DefinedName("部署", attr_text="'手順'!$A$1:$A$3")
    last.auto_filter.ref, last.print_title_rows, last.print_area = "A1:B4", "1:1", ["A1:B2", "D1:E2"]
    workbook["名簿"].print_title_cols = "A:B"


def _cover_behind_the_lists(workbook: Workbook) -> None:
    workbook.move_sheet("表紙", 3)


def _page_headers(workbook: Workbook) -> None:
    sheet = workbook["リスト"]
    sheet.oddFooter.left.text = "{{リスト名}} {{該当人数}} & {{単組名}}"
    sheet.HeaderFooter.differentFirst = True
    sheet.firstHeader.center.text = "{{単組名}}、{{単組名}}、{{返却先}}"
    workbook["名簿"].evenFooter.right.text = "100% {{名簿ページ数}}"
    workbook["_meta"]["A1"].font = Font(name="メイリオ", size=14)
    workbook["_meta"].oddFooter.right.text = "100% %(pref)s {{単組名}}"


def _rich_wording(workbook: Workbook) -> None:
    bold = TextBlock(InlineFont(b=True), "{{単組名}}")
    workbook["表紙"]["A2"] = CellRichText([bold, " =御中 ", TextBlock(InlineFont(i=True), "{{基準日}}")])
    workbook["表紙"]["A3"] = CellRichText([TextBlock(InlineFont(b=True), "{{表"), "題}}のお願い"])
    workbook["表紙"]["C22"] = CellRichText([TextBlock(InlineFont(b=True), "決して"), "見せない"])


def _other_tables(workbook: Workbook) -> None:
    """The letters below the workplaces, one block of them."""
    sheet = workbook["表紙"]
    for place in ("G11", "K11", "C18", "G18", "H18", "I18"):
        sheet[place] = None
    sheet["A11"], sheet["E11"] = "{{職場}}", "{{人数}}人 {{ページ}}"
    sheet["A18"], sheet["B18"] = "{{記号}} {{渡す書類}}", "{{部数}}"


@pytest.mark.parametrize(
    "change",
    [
        _moved_columns,
        _restyled,
        _wording_around_the_rows,
        _formats_and_choices,
        _sheets_of_ones_own,
        _cover_behind_the_lists,
        _page_headers,
        _rich_wording,
        _other_tables,
    ],
)
def test_a_template_that_a_branch_changed_comes_out_alike(change: Callable[[Workbook], None]) -> None:
    book = nasty_book()
    people = workplaces(1, 2, 3)  # nobody on 担当限り
    assert_equal(edited(change), book, union_book(people, list_sheet([listed(1)]), union_code="17002"))


def test_headings_that_name_the_union_come_out_alike_in_workbooks_with_the_same_sheets() -> None:
    names = ["一の組合", "二の組合"]
    books = [union_book(workplaces(2), union_code=f"1700{n}", union_name=name) for n, name in enumerate(names)]
    assert_equal(edited(_moved_columns), *books)


def test_what_a_sheet_says_of_its_list_comes_out_alike_on_equally_long_sheets() -> None:
    lists = [list_sheet([listed(1), listed(2)], id=id_, title=f"リスト{id_}", letter=id_.upper()) for id_ in "ab"]
    assert_equal(edited(_wording_of_the_list), union_book([person(1)], *lists))


def test_a_template_that_libreoffice_saved_comes_out_alike() -> None:
    template = CallListTemplate.load(Path(__file__).with_name("call_list_saved_by_libreoffice.xlsx"))
    assert_equal(template, nasty_book())


# -- made up by hypothesis ---------------------------------------------------------------------------------------------

_ANY_TEXT = st.one_of(
    st.sampled_from(["", "総務課", "税務課", *NASTY, *LONG]),
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12).filter(
        lambda text: not forbidden_control(text)
    ),
    st.lists(st.sampled_from(["_x", "0041", "_", "\r", "\n", "\t", " ", "=", "&", "<", "亜"]), max_size=6).map("".join),
)


@st.composite
def made_up_books(draw: st.DrawFn) -> list[UnionBook]:
    titles = draw(st.lists(_ANY_TEXT, max_size=4))
    books = []
    for number in range(draw(st.integers(1, 3))):
        people = [
            person(
                no,
                discreet=draw(st.booleans()),
                **{key: draw(_ANY_TEXT) for key in ("workplace", "name", "kana", "hint", "letters")},
            )
            for no in range(1, draw(st.integers(1, 6)) + 1)
        ]
        lists = [
            list_sheet(
                [
                    listed(no, age=draw(st.none() | st.integers(0, 120)), reason=draw(_ANY_TEXT), contracts=draw(_ANY_TEXT))
                    for no in range(1, draw(st.integers(0, 3)) + 1)
                ],
                id=f"list{place}", title=title, letter=chr(65 + place), parameters=title,
            )
            for place, title in enumerate(titles)
        ]  # fmt: skip
        books.append(union_book(people, *lists, union_code=f"1700{number}", union_name=draw(_ANY_TEXT)))
    return books


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(made_up_books())
def test_made_up_unions_come_out_alike(template: CallListTemplate, books: list[UnionBook]) -> None:
    assert_alike_and_read_alike(template, books)


@pytest.mark.long
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(made_up_books())
def test_three_hundred_made_up_runs_come_out_alike(template: CallListTemplate, books: list[UnionBook]) -> None:
    assert_alike_and_read_alike(template, books)


def assert_alike_and_read_alike(template: CallListTemplate, books: list[UnionBook]) -> None:
    assert_equal(template, *books)
    one, other = fill(template, books[0], RUN), stamped_book(template, books[0])
    assert _by_calamine(one) == _by_calamine(other)
    assert _by_openpyxl(one) == _by_openpyxl(other)


def _by_calamine(data: bytes) -> dict[str, object]:
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
    return {name: workbook.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in workbook.sheet_names}


def _by_openpyxl(data: bytes) -> dict[str, object]:
    return {sheet.title: [list(row) for row in sheet.values] for sheet in load_workbook(io.BytesIO(data))}


def test_the_comparison_sees_a_changed_look_and_a_changed_text(template: CallListTemplate) -> None:
    book = union_book([person(1)])
    assert differences(fill(template, book, RUN), stamped_book(template, union_book([person(1, name="別人")])))

    def bolder(workbook: Workbook) -> None:
        workbook["名簿"]["C2"].font = Font(bold=True)

    assert differences(fill(template, book, RUN), stamped_book(edited(bolder), book))
