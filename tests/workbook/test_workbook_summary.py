"""まとめ.xlsx: counts only, for the branch."""

import io
from dataclasses import replace
from datetime import date

import pytest
from openpyxl.utils import get_column_letter
from python_calamine import CalamineWorkbook
from workbook_samples import all_text, read_back, reopened

from kyosai_lists.workbook.model import RunSummary, SummaryList, SummaryPref, SummaryUnion
from kyosai_lists.workbook.plainsheet import Column, page_breaks
from kyosai_lists.workbook.summary import summary

LISTS = (
    SummaryList("young-unenrolled", "若年層 団体生命未加入", "A", "若年層の上限年齢 35歳", "ab12", 12, 9, 2, 1, 7),
    SummaryList("fire-only", "火災共済のみ加入", "B", "", "cd34", 5, 5, 1, 0, 5),
)
UNIONS = (
    SummaryUnion(
        "17001", "金沢市職", 8, {"young-unenrolled": 6, "fire-only": 4}, "作成", "17/17001_金沢市職.xlsx", "ef" * 32,
        {"名簿": 8, "若年層 団体生命未加入": 6, "火災共済のみ加入": 4}, date(2026, 9, 1), "基準日の61日前の名簿です",
    ),
    SummaryUnion("17002", "=小松市職", 0, {}, "該当者なし"),
)  # fmt: skip
RUN = RunSummary(
    "run-0001", date(2026, 11, 1), "2026年秋", True, 3, LISTS,
    (SummaryPref("17", "石川", UNIONS, {"死亡": 1, "案内停止": 2}),), ("定年超過 3人",),
)  # fmt: skip


@pytest.fixture(scope="module")
def data():
    return summary(RUN)


def test_union_by_list_with_a_total_row(data):
    rows = read_back(data, "単組別人数")
    assert rows[2][4:] == ["人数\n(実人数)", "A 若年層 団体生命未加入", "B 火災共済のみ加入"]
    assert rows[3] == ["17", "石川", "17001", "金沢市職", 8, 6, 4]
    assert rows[4] == ["17", "石川", "17002", "=小松市職", 0, 0, 0]
    assert rows[5] == ["合計", "", "", "", 8, 6, 4]


def test_what_became_of_each_file(data):
    rows = read_back(data, "ファイル")
    assert rows[3][3:] == ["作成", "17/17001_金沢市職.xlsx", "名簿 8、リスト2枚 10", "ef" * 32]
    assert rows[4][3:] == ["該当者なし", "", "", ""]


def test_left_out_people_are_counted_by_prefecture_and_never_beside_a_union(data):
    rows = read_back(data, "除外")
    assert rows[3:] == [["17", "石川", "案内停止", 2], ["17", "石川", "死亡", 1], ["合計", "", "", 3]]
    for sheet in CalamineWorkbook.from_filelike(io.BytesIO(data)).sheet_names:
        if "金沢市職" in all_text(data, sheet):
            assert "死亡" not in all_text(data, sheet)


def test_control_totals_are_checked_in_the_sheet(data):
    rows = read_back(data, "照合")
    assert rows[2][2:7] == ["該当", "掲載", "うち印刷", "除外", "載せられない"]
    assert rows[3][2:8] == [12, 9, 7, 2, 1, "合う"]
    assert rows[4][2:8] == [5, 5, 5, 1, 0, "合わない"]
    assert rows[5][2:7] == [17, 14, 12, 3, 1]


def test_the_date_of_each_roster_with_its_warning(data):
    rows = read_back(data, "名簿の日付")
    assert rows[3][3:] == [date(2026, 9, 1), "基準日の61日前の名簿です"]
    assert rows[4][3:] == ["記録なし", ""]


def test_run_facts_and_notes(data):
    known = {row[0]: row[1] for row in read_back(data, "概要")[3:]}
    assert known["名簿番号"] == "run-0001"
    assert known["パスワード"] == "あり"
    assert known["作成したファイル"] == 1
    assert known["名簿に印刷するご案内(1人の上限)"] == 3
    assert known["備考1"] == "定年超過 3人"


def test_the_same_summary_makes_the_same_bytes(data):
    assert summary(RUN) == data


def test_every_sheet_prints_on_a4_landscape_with_its_heading_frozen_and_repeated(data):
    for sheet in reopened(data).worksheets:
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert sheet.freeze_panes == ("E4" if sheet.title == "単組別人数" else "A4")
        assert sheet.print_title_rows == "$3:$3"
        assert (sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.page_setup.fitToWidth) == (True, 1)


def test_a_table_of_many_lists_goes_on_over_pages_that_each_name_the_union():
    lists = tuple(replace(LISTS[0], id=f"list-{n}", letter=f"L{n}") for n in range(37))
    sheet = reopened(summary(replace(RUN, lists=lists)))["単組別人数"]
    widths = [sheet.column_dimensions[get_column_letter(n)].width for n in range(1, 43)]
    assert not sheet.sheet_properties.pageSetUpPr.fitToPage
    assert (sheet.print_title_cols, sheet.print_title_rows) == ("$A:$D", "$3:$3")
    ends = [found.id for found in sheet.col_breaks.brk]
    pages = [
        sum(widths[start:end]) + (sum(widths[:4]) if start else 0)
        for start, end in zip([0, *ends], [*ends, 42], strict=True)
    ]
    inches = 9.36 / 96 * sheet.page_setup.scale / 100  # 9.36 pixels: the widest digits of a substitute
    assert 2 <= len(pages) <= 5
    assert max(pages) * inches <= 297 / 25.4 - sheet.page_margins.left - sheet.page_margins.right


def test_a_table_without_a_column_that_names_its_rows_stays_on_one_page():
    assert page_breaks([Column("a", 100)] * 5) == []
    assert page_breaks([Column("a", 100, key=True), Column("b", 40), Column("c", 40), Column("d", 40)]) == [2, 3]


def test_a_run_without_unions_is_still_a_workbook():
    empty = RunSummary("run-0002", date(2026, 11, 1), "2026年秋", False, 3, (), ())
    assert read_back(summary(empty), "単組別人数")[2][0] == "県コード"
