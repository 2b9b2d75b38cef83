"""A union's workbook: what is on which sheet, and how it prints."""

import io
import string

import polars as pl
import pytest
from python_calamine import CalamineWorkbook, SheetVisibleEnum
from workbook_samples import (
    RUN,
    all_text,
    column,
    list_sheet,
    listed,
    person,
    read_back,
    reopened,
    union_book,
    workplaces,
)

from kyosai_lists.workbook.fill import fill
from kyosai_lists.workbook.measure import ems, row_height

TITLE = "若年層 団体生命未加入"
HEADINGS = "No. 職場 フリガナ 氏名 声かけの手がかり ご案内 前回 ○をつける 結果 申込書受取 メモ 管理番号 行ID".split()  # noqa: SIM905
LIST_HEADINGS = "No. 職場 組合員番号 氏名 フリガナ 年齢 電話番号 理由 対象契約 加入状況 ほかのリスト 同じ世帯".split()  # noqa: SIM905
PAGE = 15  # people on a page of the built-in template


@pytest.fixture(scope="module")
def data(template):
    people = [*workplaces(2, PAGE + 3, 1), person(PAGE + 7, discreet=True, name="休職　花子")]
    return fill(template, union_book(people, list_sheet([listed(1), listed(PAGE + 7)])), RUN)


@pytest.fixture(scope="module")
def roll(data):
    return reopened(data)["名簿"]


def test_sheets_stand_in_the_order_of_reading(data):
    assert reopened(data).sheetnames == ["表紙", "名簿", "担当限り", TITLE, "_meta"]


def test_the_roll_has_the_agreed_columns_with_people_directly_below(data):
    rows = read_back(data, "名簿")
    assert rows[0] == HEADINGS
    assert rows[1][0] == 1
    assert rows[1][-2:] == ["17-17001-0001", "row0001"]
    assert [row[0] for row in rows[1:]] == list(range(1, PAGE + 7))


def test_printed_digits_to_circle_come_from_the_template(data):
    assert {str(value).split() == list("123456") for value in column(data, "名簿", "○をつける")} == {True}


def test_discreet_people_stand_on_their_own_sheet_only(data):
    assert column(data, "担当限り", "氏名") == ["休職　花子"]
    assert "休職" not in all_text(data, "名簿") + all_text(data, "表紙")
    assert not reopened(data)["担当限り"].row_breaks.brk


def test_pages_that_may_lie_on_a_desk_say_nothing_about_holdings(data):
    for sheet in ("表紙", "名簿", "担当限り"):
        text = all_text(data, sheet)
        for secret in (TITLE, "未加入", "0000001", "090-0000-0001", "総合共済", "27歳", "上限年齢"):
            assert secret not in text, (sheet, secret)


def test_a_sheet_with_nobody_is_left_out(template):
    nobody = fill(template, union_book([person(1, discreet=True)], list_sheet([])), RUN)
    assert reopened(nobody).sheetnames == ["表紙", "担当限り", "_meta"]
    everybody = fill(template, union_book([person(1)]), RUN)
    assert reopened(everybody).sheetnames == ["表紙", "名簿", "_meta"]


def test_names_print_at_eleven_points_or_more(roll):
    assert not roll.sheet_properties.pageSetUpPr.fitToPage
    assert roll["D2"].font.sz * roll.page_setup.scale / 100 >= 11
    assert 26 <= roll.row_dimensions[2].height * roll.page_setup.scale / 100 <= 30


def test_the_printed_columns_fit_on_the_width_of_a4_even_with_a_wide_font(roll):
    shown = [roll.column_dimensions[letter].width for letter in "ABCDEFGHIJK"]
    inches = sum(shown) * 9.36 / 96 * roll.page_setup.scale / 100  # 9.36 pixels: the widest digits of a substitute
    assert inches <= 297 / 25.4 - roll.page_margins.left - roll.page_margins.right


def test_rows_of_a_page_fit_on_the_height_of_a4(roll):
    points = (roll.row_dimensions[1].height + PAGE * roll.row_dimensions[2].height) * roll.page_setup.scale / 100
    assert points <= 210 / 25.4 * 72 - (roll.page_margins.top + roll.page_margins.bottom) * 72
    assert {roll.row_dimensions[row].height for row in range(2, PAGE + 8)} == {31.5}


def test_a_page_ends_after_each_workplace_and_after_a_full_page(roll):
    assert [found.id for found in roll.row_breaks.brk] == [3, 3 + PAGE, 6 + PAGE]


def test_heading_is_frozen_and_repeated_and_the_filter_covers_all_people(roll):
    assert roll.freeze_panes == "E2"
    assert roll.print_title_rows == "$1:$1"
    assert roll.auto_filter.ref == f"A1:M{PAGE + 7}"
    assert roll.print_area == f"'名簿'!$A$1:$K${PAGE + 7}"


def test_ids_are_hidden_and_outside_the_print_area(roll):
    assert [roll[f"{letter}1"].value for letter in "LM"] == ["管理番号", "行ID"]
    assert roll.column_dimensions["L"].hidden
    assert roll.column_dimensions["M"].hidden
    assert roll.print_area.rpartition(":")[2].startswith("$K$")


def test_the_result_is_chosen_or_typed_and_never_blocked(roll):
    (rule,) = roll.data_validations.dataValidation
    assert (rule.type, rule.formula1, rule.errorStyle) == ("list", '"1,2,3,4,5,6"', "warning")
    assert str(rule.sqref) == f"I2:I{PAGE + 7}"
    assert "5 ちがい(異動・退職・改姓)" in rule.prompt
    assert rule.showInputMessage


def test_page_header_and_footer_say_what_they_must(roll):
    header, footer = str(roll.oddHeader), str(roll.oddFooter)
    assert "取扱注意" in header
    assert "返却期限 2026年11月30日(月)" in header
    assert "金沢市職員労働組合" in footer
    assert "17-17001-0001" in footer
    assert "&P / 4 ページ" in footer
    assert roll.page_setup.firstPageNumber == 1


def test_an_ampersand_in_a_name_does_not_become_a_code_and_a_long_one_does_not_break_the_footer(template):
    sheet = reopened(fill(template, union_book([person(1)], union_name="A&B" + "漢" * 200), RUN))["名簿"]
    assert "A&&B" in str(sheet.oddFooter)
    assert len(str(sheet.oddFooter)) <= 255


def test_the_cover_says_until_when_and_to_whom(data):
    text = all_text(data, "表紙")
    for words in ("金沢市職員労働組合", "2026年11月30日(月)", "電話 076-000-0000", "2026年11月1日", "2026年10月1日"):
        assert words in text
    assert "A　若い世代の保障のご案内" in text


def test_the_covers_table_gives_people_and_pages_of_each_workplace(data):
    rows = [row for row in read_back(data, "表紙") if str(row[0]).startswith(("課", "担当限り"))]
    assert [row[:3] for row in rows] == [
        ["課1", 2, "1"],
        ["課2", PAGE + 3, "2-3"],
        ["課3", 1, "4"],
        ["担当限り", 1, "別紙"],
    ]


def test_the_key_to_the_letters_has_a_line_for_every_list_of_the_run_with_copies_to_prepare(template):
    lists = [
        list_sheet([], id=letter, title=f"リスト{letter}", letter=letter, document=f"書類{letter}")
        for letter in "ABCDE"
    ]
    data = fill(template, union_book([person(1, letters="A C"), person(2, letters="C")], *lists), RUN)
    rows = read_back(data, "表紙")[10:13]
    assert [(row[0], row[4]) for row in rows] == [("A　書類A", 1), ("B　書類B", 0), ("C　書類C", 2)]
    assert [(row[6], row[10]) for row in rows] == [("D　書類D", 0), ("E　書類E", 0), ("", "")]
    merged = {str(found) for found in reopened(data)["表紙"].merged_cells.ranges}
    assert {"A11:D11", "A12:D12", "A13:D13", "G13:J13", "A16:K16"} <= merged


def test_the_key_to_37_letters_stands_on_the_one_page_of_the_cover_and_says_how_many_a_person_has(template):
    letters = [*string.ascii_uppercase, *(f"A{letter}" for letter in "ABCDEFGHIJK")]
    lists = [
        list_sheet([], id=letter, title=f"リスト{letter}", letter=letter, document=f"書類{letter}")
        for letter in letters
    ]
    data = fill(template, union_book([person(1, letters="AA AB AC")], *lists), RUN)
    text = all_text(data, "表紙")
    assert all(f"{letter}　書類{letter}" in text for letter in letters)
    assert "1人に多くて3つ" in text
    cover = reopened(data)["表紙"]
    assert (cover.page_setup.fitToWidth, cover.page_setup.fitToHeight) == (1, 1)
    points = sum(row_height(cover, row) for row in range(1, cover.max_row + 1))
    usable = (297 / 25.4 - cover.page_margins.top - cover.page_margins.bottom) * 72
    assert points * 0.7 <= usable  # else it would print smaller than seven tenths


def test_three_letters_of_two_fit_the_width_of_their_column_in_full_size(roll):
    width = roll.column_dimensions["F"].width * 6 - 5  # points, as measured in kyosai_lists.workbook.measure
    assert ems("AA AB AC") * roll["F2"].font.sz <= width * 1.12  # a tenth smaller is not seen


def test_pages_past_a_hundred_are_read_as_easily_as_the_first(template):
    sheet = reopened(fill(template, union_book(workplaces(*[PAGE * 4] * 40)), RUN))["表紙"]
    cells = [
        cell for row in sheet.iter_rows() for cell in row if str(cell.value).startswith("1") and "-" in str(cell.value)
    ]
    assert "157-160" in {cell.value for cell in cells}
    assert {cell.font.sz for cell in cells if not cell.alignment.wrap_text} == {11.0}
    assert not [cell.value for cell in cells if cell.alignment.wrap_text]


def test_many_workplaces_stand_in_two_blocks_on_one_page(template):
    sheet = fill(template, union_book(workplaces(*[1] * 60)), RUN)
    rows = [row for row in read_back(sheet, "表紙") if str(row[0]).startswith("課")]
    assert len(rows) == 30
    assert (rows[0][0], rows[0][6]) == ("課1", "課31")
    cover = reopened(sheet)["表紙"]
    assert (cover.page_setup.fitToWidth, cover.page_setup.fitToHeight) == (1, 1)
    assert cover.sheet_properties.pageSetUpPr.fitToPage


def test_a_workplace_nobody_wrote_down_is_named_so(template):
    assert "(職場の記載なし)" in all_text(fill(template, union_book([person(1, workplace="")]), RUN), "表紙")


def test_a_long_name_is_broken_over_lines_instead_of_shrunk_to_dust(template):
    name = "アレクサンドラ・マリア・デ・ラ・クルス・エスコバル"
    sheet = reopened(fill(template, union_book([person(1, name=name), person(2)]), RUN))["名簿"]
    assert sheet["D2"].alignment.wrap_text
    assert 6 <= sheet["D2"].font.sz < 12
    assert sheet["D3"].alignment.shrink_to_fit
    assert sheet["D3"].font.sz == 12


def test_a_list_sheet_has_one_heading_row_and_data_directly_below(data):
    rows = read_back(data, TITLE)
    assert rows[4] == LIST_HEADINGS
    assert [row[0] for row in rows[5:]] == [1, PAGE + 7]
    assert rows[5][2] == "0000001"
    assert rows[5][5] == 27
    assert isinstance(rows[5][6], str)
    sheet = reopened(data)[TITLE]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("E6", "A5:L7")
    assert not sheet.merged_cells.ranges
    assert not sheet.print_area
    assert sheet["C6"].number_format == "@"


def test_an_unknown_age_is_an_empty_cell(template):
    data = fill(template, union_book([person(1)], list_sheet([listed(1, age=None)])), RUN)
    assert column(data, TITLE, "年齢") == [""]


def test_lists_come_in_the_order_of_the_run_with_different_sheet_names(template):
    lists = [
        list_sheet([listed(1)], id=str(n), title=title, letter=letter)
        for n, (title, letter) in enumerate([("同じ", "A"), ("空", "B"), ("同じ", "C"), ("名簿", "D")])
    ]
    lists[1] = list_sheet([], id="1", title="空", letter="B")
    data = fill(template, union_book([person(1)], *lists), RUN)
    assert reopened(data).sheetnames == ["表紙", "名簿", "同じ", "同じ_2", "名簿_2", "_meta"]


def test_meta_is_very_hidden_and_knows_run_book_lists_and_columns(data):
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
    (meta,) = [found for found in workbook.sheets_metadata if found.name == "_meta"]
    assert meta.visible == SheetVisibleEnum.VeryHidden
    rows = read_back(data, "_meta")
    known = {str(row[0]): str(row[1]) for row in rows}
    assert known["run"] == "run-0001"
    assert known["book"] == "17-17001-0001"
    assert (known["pref"], known["union"], known["as_of"]) == ("17", "17001", "2026-11-01")
    assert known["people"] == str(PAGE + 7)
    assert rows[7][:6] == ["list", "young-unenrolled", "A", TITLE, TITLE, "2"]
    assert ["column", "名簿", "結果", "結果", "9", ""] in rows


def test_sheets_are_not_protected_and_only_the_cover_is_selected(data):
    for sheet in reopened(data).worksheets:
        assert not sheet.protection.sheet
        assert sheet.sheet_view.tabSelected == (sheet.title == "表紙")


def test_people_come_in_the_order_of_the_frame(template):
    people = [person(no, workplace="課", name=f"人{no}") for no in (3, 1, 2)]
    assert column(fill(template, union_book(people), RUN), "名簿", "氏名") == ["人3", "人1", "人2"]


def test_the_frame_itself_is_left_alone(template):
    book = union_book(workplaces(2))
    before = book.people.clone()
    fill(template, book, RUN)
    assert book.people.equals(before)
    assert isinstance(book.people, pl.DataFrame)
