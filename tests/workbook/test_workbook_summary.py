"""まとめ.xlsx: counts only, for the branch."""

import io
from datetime import date

import pytest
from python_calamine import CalamineWorkbook
from workbook_samples import all_text, read_back, reopened

from kyosai_lists.workbook.model import RunSummary, SummaryList, SummaryPref, SummaryUnion
from kyosai_lists.workbook.summary import summary

LISTS = (
    SummaryList("young-unenrolled", "若年層 団体生命未加入", "A", "若年層の上限年齢 35歳", "ab12", 12, 9, 2, 1, 7),
    SummaryList("fire-only", "火災共済のみ加入", "B", "", "cd34", 5, 5, 1, 0, 5),
)
UNIONS = (
    SummaryUnion(
        "17001", "金沢市職", 8, {"young-unenrolled": 6, "fire-only": 4}, "作成", "17/17001_金沢市職.xlsx", "ef" * 32,
        {"名簿": 8, "若年層 団体生命未加入": 6}, date(2026, 9, 1), "基準日の61日前の名簿です",
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
    assert rows[2][4:] == ["人数(実人数)", "A 若年層 団体生命未加入", "B 火災共済のみ加入"]
    assert rows[3] == ["17", "石川", "17001", "金沢市職", 8, 6, 4]
    assert rows[4] == ["17", "石川", "17002", "=小松市職", 0, 0, 0]
    assert rows[5] == ["合計", "", "", "", 8, 6, 4]


def test_what_became_of_each_file(data):
    rows = read_back(data, "ファイル")
    assert rows[3][3:] == ["作成", "17/17001_金沢市職.xlsx", "名簿 8、若年層 団体生命未加入 6", "ef" * 32]
    assert rows[4][3:] == ["該当者なし", "", "", ""]


def test_left_out_people_are_counted_by_prefecture_and_never_beside_a_union(data):
    rows = read_back(data, "除外")
    assert rows[3:] == [["17", "石川", "案内停止", 2], ["17", "石川", "死亡", 1], ["合計", "", "", 3]]
    for sheet in CalamineWorkbook.from_filelike(io.BytesIO(data)).sheet_names:
        if "金沢市職" in all_text(data, sheet):
            assert "死亡" not in all_text(data, sheet)


def test_control_totals_are_checked_in_the_sheet(data):
    rows = read_back(data, "照合")
    assert rows[3][2:7] == [12, 9, 2, 1, "合う"]
    assert rows[4][2:7] == [5, 5, 1, 0, "合わない"]
    assert rows[5][2:6] == [17, 14, 3, 1]


def test_the_date_of_each_roster_with_its_warning(data):
    rows = read_back(data, "名簿の日付")
    assert rows[3][3:] == [date(2026, 9, 1), "基準日の61日前の名簿です"]
    assert rows[4][3:] == ["記録なし", ""]


def test_run_facts_and_notes(data):
    known = {row[0]: row[1] for row in read_back(data, "概要")[3:]}
    assert known["名簿番号"] == "run-0001"
    assert known["パスワード"] == "あり"
    assert known["作成したファイル"] == 1
    assert known["備考1"] == "定年超過 3人"


def test_the_same_summary_makes_the_same_bytes(data):
    assert summary(RUN) == data


def test_every_sheet_prints_on_a4_landscape_with_its_heading_frozen_and_repeated(data):
    for sheet in reopened(data).worksheets:
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert sheet.freeze_panes == "A4"
        assert sheet.print_title_rows == "$3:$3"


def test_a_run_without_unions_is_still_a_workbook():
    empty = RunSummary("run-0002", date(2026, 11, 1), "2026年秋", False, 3, (), ())
    assert read_back(summary(empty), "単組別人数")[2][0] == "県コード"
