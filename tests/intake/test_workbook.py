"""Workbooks as unions keep them: titles, merged cells, totals, several sheets, cells that Excel made something else."""

import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from kyosai_lists.errors import FileRefused
from kyosai_lists.intake.as_it_came import as_it_came

from .conftest import CONTRACT, MEMBER, reasons, remarks

HEAD, ROW = list(MEMBER), list(MEMBER.values())
OTHER = ["00000020", *ROW[1:]]


def with_column(heading: str, *values: object) -> list[list[object]]:
    return [[*HEAD, heading], *([f"{i:08d}", *ROW[1:], value] for i, value in enumerate(values, 1))]


def test_rows_carry_the_number_that_excel_shows(book, read) -> None:
    reading = read(book({"名簿": [["組合員名簿"], [], HEAD, ROW, [], OTHER]}))
    assert reading.rows["row"].to_list() == [4, 6]
    assert reading.rows["sheet"].to_list() == ["名簿", "名簿"]


@pytest.mark.parametrize(
    "title",
    [
        ["単組コード：17002"],
        ["２０２６年１０月末現在　単組コード：１７００２"],
        ["単 組 コ ー ド", "", "17002"],
        ["単組CD 17002 2026年10月末現在"],
        ["単組ｺｰﾄﾞ:17002"],
    ],
    ids=str,
)
def test_a_units_code_in_a_title_row_stands_in_for_the_column(title: list[str], book, read) -> None:
    reading = read(book({"名簿": [title, [*HEAD[:1], *HEAD[2:]], [*ROW[:1], *ROW[2:]]]}))
    assert reading.rows["union_code"].to_list() == ["17002"]
    assert reading.problems.is_empty()
    assert '"単組コード":"17002"' in as_it_came(reading, reading.rows)[0]


def test_the_column_is_believed_over_the_title(book, read) -> None:
    reading = read(book({"名簿": [["単組コード：17002"], HEAD, ROW]}))
    assert reading.rows["union_code"].to_list() == ["17001"]


def test_a_units_code_that_changes_further_down_is_refused(book, read) -> None:
    rows = [["単組コード：17002"], [*HEAD[:1], *HEAD[2:]], [*ROW[:1], *ROW[2:]]]
    with pytest.raises(FileRefused, match="途中で単組コードが変わって"):
        read(book({"名簿": [*rows, ["", "単組コード：17003"], *rows[1:]]}))


def test_a_union_list_does_not_take_its_key_from_a_title(book, read) -> None:
    with pytest.raises(FileRefused, match="「単組コード」"):
        read(book({"一覧": [["単組コード：17002"], ["単組名", "単組区分", "モデル単組"], ["七尾", "市", "有"]]}))


@pytest.mark.parametrize(
    ("title", "day"),
    [
        ("2026年10月末現在", "2026-10-31"),
        ("2026年10月31日 現在", "2026-10-31"),
        ("令和８年２月末日現在", "2026-02-28"),
        ("R8.10.5現在", "2026-10-05"),
        ("2024/2/29時点", "2024-02-29"),
        ("令和元年5月1日現在", "2019-05-01"),
        ("単組コード：17002 2026年10月末現在", "2026-10-31"),
    ],
)
def test_a_title_says_of_which_day_the_roster_is(title: str, day: str, book, read) -> None:
    assert read(book({"名簿": [[title], HEAD, ROW]}, "名簿_20200101.xlsx")).roster_on == date.fromisoformat(day)


@pytest.mark.parametrize(
    ("name", "day"),
    [("名簿_20261031.xlsx", date(2026, 10, 31)), ("名簿２０２６１０３１.xlsx", date(2026, 10, 31))]
    + [
        (name, None)
        for name in ("名簿_20261332.xlsx", "名簿_00000013.xlsx", "名簿_120261031.xlsx", "2026年13月末現在.xlsx")
    ],
)
def test_else_the_files_name_does_if_it_holds_a_day(name: str, day: date | None, book, read) -> None:
    assert read(book({"名簿": [HEAD, ROW]}, name)).roster_on == day


@pytest.mark.parametrize("word", ["合計", "計", "小計", "総計", "合　計", "【合計】", "合計：2名", "計2名"])
@pytest.mark.parametrize("at", [0, 1])
def test_a_row_of_totals_is_no_row_but_counted(word: str, at: int, book, read) -> None:
    total = ["", "", "2名"]
    total[at] = word
    reading = read(book({"名簿": [HEAD, ROW, OTHER, total]}))
    assert reading.rows.height == 2
    assert "名簿|4|None|合計の行を読み飛ばしました|1" in remarks(reading)


def test_the_total_of_a_workplace_is_no_row(book, read) -> None:
    reading = read(book({"名簿": [HEAD, ROW, ["", "", "総務課 小計", "1名"], OTHER]}))
    assert reading.rows.height == 3  # "1名" stands where a day should: it may be a person
    reading = read(book({"名簿": [HEAD, ROW, ["", "", "総務課 小計"], OTHER]}))
    assert reading.rows.height == 2


def test_a_person_named_like_a_total_is_not_left_out(book, read) -> None:
    reading = read(book({"名簿": [HEAD, ROW, ["", "17001", "計", *ROW[3:]]]}))
    assert reading.rows["name"].to_list() == ["山田　花子", "計"]
    assert reasons(reading) == ["組合員番号が空欄です"]


def test_a_total_of_targets_is_no_row(book, read) -> None:
    head = ["事業年度", "県コード", "共済種類", "区分", "目標値"]
    reading = read(book({"目標": [head, [2026, "17", "総合", "保有", 10], ["合計", "", "", "", 10]]}))
    assert reading.rows["value"].to_list() == ["10"]


def test_titles_and_headers_repeated_on_each_page_are_no_rows(book, read) -> None:
    page = [["組合員名簿　2026年10月末現在"], HEAD]
    reading = read(book({"名簿": [*page, ROW, *page, OTHER, ["組合員番号 ", "単組ｺｰﾄﾞ"]]}))
    assert reading.rows["row"].to_list() == [3, 6]
    assert "名簿|4|None|繰り返された見出しの行を読み飛ばしました|3" in remarks(reading)


def test_blank_rows_below_the_table_are_no_news(book, read) -> None:
    reading = read(book({"名簿": [HEAD, ROW, ["　", " "], OTHER, [], [""], ["　"]]}))
    assert reading.rows.height == 2
    assert "空の行を読み飛ばしました|1" in remarks(reading)


def test_headings_merged_over_two_lines_are_understood(book, read) -> None:
    parents = [*HEAD, "連絡先", "", "末子", ""]
    children = [""] * len(HEAD) + ["電話番号", "携帯", "氏名", "生年月日"]

    def merge(workbook) -> None:
        sheet = workbook["名簿"]
        sheet.merge_cells("H2:I2")
        sheet.merge_cells("J2:K2")
        for letter in "ABCDEFG":
            sheet.merge_cells(f"{letter}2:{letter}3")

    rows = [["名簿"], parents, children, [*ROW, "076-1", "090-1", "山田　太郎", "2020/1/1"]]
    reading = read(book({"名簿": rows}, prepare=merge))
    row = reading.rows.row(0, named=True)
    assert (row["row"], row["phone"], row["mobile"], row["youngest_born_on"]) == (4, "076-1", "090-1", "2020-01-01")
    assert row["name"] == "山田　花子"
    assert reading.rows.height == 1


def test_the_row_above_the_header_stays_a_title(book, read) -> None:
    def merge(workbook) -> None:
        workbook["名簿"].merge_cells("A1:G1")

    reading = read(book({"名簿": [["単組コード：17002"], [*HEAD[:1], *HEAD[2:]], [*ROW[:1], *ROW[2:]]]}, prepare=merge))
    assert reading.rows["union_code"].to_list() == ["17002"]


def test_a_workplace_merged_beside_its_people_is_given_to_each(book, read) -> None:
    def merge(workbook) -> None:
        workbook["名簿"].merge_cells("H2:H4")

    reading = read(book({"名簿": with_column("職場名", "総務課", None, None, "税務課")}, prepare=merge))
    assert reading.rows["workplace"].to_list() == ["総務課"] * 3 + ["税務課"]
    assert "縦に結合された" in remarks(reading)


def test_a_merged_key_is_not_taken_from_the_row_above(book, read) -> None:
    def merge(workbook) -> None:
        workbook["名簿"].merge_cells("A2:A3")

    reading = read(book({"名簿": [HEAD, ROW, OTHER]}, prepare=merge))
    assert reasons(reading) == ["組合員番号が空欄です"]


def test_several_sheets_of_one_layout_are_all_read(book, read) -> None:
    reading = read(book({"市役所": [HEAD, ROW], "病院": [[], [*HEAD, "住所"], [*OTHER, "金沢市"]]}))
    assert reading.rows.select("sheet", "row", "member_no", "address").rows() == [
        ("市役所", 2, "00000013", None),
        ("病院", 3, "00000020", "金沢市"),
    ]


def test_hidden_sheets_are_named_but_not_read(book, read) -> None:
    def hide(workbook) -> None:
        workbook["旧"].sheet_state = "hidden"
        workbook["古"].sheet_state = "veryHidden"

    reading = read(book({"名簿": [HEAD, ROW], "旧": [HEAD, OTHER], "古": [HEAD, OTHER]}, prepare=hide))
    assert reading.rows.height == 1
    assert [r.sheet for r in reading.remarks] == ["旧", "古"]


def test_sheets_of_different_layouts_in_one_workbook_are_refused(book, read) -> None:
    with pytest.raises(FileRefused, match="組合員と契約のシート"):
        read(book({"名簿": [HEAD, ROW], "契約": [list(CONTRACT), list(CONTRACT.values())]}))


def test_a_second_sheet_that_lost_a_bold_column_is_no_memo(book, read) -> None:
    with pytest.raises(FileRefused, match=r"シート「病院」.*「氏名」"):
        read(book({"市役所": [HEAD, ROW], "病院": [[*HEAD[:2], *HEAD[3:]], [*OTHER[:2], *OTHER[3:]]]}))


def test_a_workbook_without_a_header_is_refused(book, read) -> None:
    with pytest.raises(FileRefused, match="見出しの行が見つかりません"):
        read(book({"メモ": [["こんにちは"]], "空": []}))


def test_codes_that_excel_made_numbers_stay_plain_and_are_counted(book, read) -> None:
    rows = [[*HEAD, "内線"], [90, 17001, *ROW[2:], 12.0], ["00000020", 17001, *ROW[2:], "0012"]]
    reading = read(book({"名簿": rows}))
    assert reading.rows["member_no"].to_list() == ["90", "00000020"]
    assert reading.rows["extension"].to_list() == ["12", "0012"]
    said = remarks(reading)
    assert "名簿|2|組合員番号|Excelが数値にしたコードです。先頭の0が消えていないか確かめてください|1" in said
    assert "名簿|2|単組コード|Excelが数値にしたコードです。先頭の0が消えていないか確かめてください|2" in said


def test_a_plain_sixty_is_no_day_that_never_was(book, read) -> None:
    reading = read(book({"名簿": with_column("内線", 60)}))
    assert reading.rows["extension"].to_list() == ["60"]
    assert "内線|Excelが数値にしたコードです" in remarks(reading)


def test_dates_are_read_from_date_cells_serials_and_texts(book, read) -> None:
    values = [
        date(2026, 3, 31),
        datetime(2026, 3, 31),
        46112,
        "R8.3.31",
        "令和8年3月31日",
        20260331,
        "2026/3/31 00:00:00",
    ]
    reading = read(book({"名簿": with_column("退職予定日", *values)}))
    assert set(reading.rows["leaving_planned_on"]) == {"2026-03-31"}
    assert reading.problems.is_empty()
    assert "|4|退職予定日|Excelの日付番号として読みました|1" in remarks(reading)


def test_none_is_none_also_when_excel_shows_it_as_a_date(book, read) -> None:
    reading = read(book({"名簿": with_column("退職予定日", 99999999, date(9999, 12, 31), "9999/12/31", "")}))
    assert set(reading.rows["leaving_planned_on"]) == {""}


@pytest.mark.parametrize("formatted", [False, True])
def test_serials_around_the_day_that_never_was(formatted: bool, book, read) -> None:
    def as_dates(workbook) -> None:
        for row in range(2, 7):
            if formatted:
                workbook["名簿"][f"H{row}"].number_format = "yyyy/m/d"

    reading = read(book({"名簿": with_column("退職予定日", 0, 1, 59, 60, 61)}, prepare=as_dates))
    assert reading.rows["leaving_planned_on"].to_list() == [None, "1900-01-01", "1900-02-28", None, "1900-03-01"]
    assert reading.problems["row"].to_list() == [2, 5]


@pytest.mark.parametrize("formatted", [False, True])
def test_the_1904_date_system_is_seen(formatted: bool, book, read) -> None:
    def mac(workbook) -> None:
        workbook.epoch = CALENDAR_MAC_1904
        if formatted:
            workbook["名簿"]["H2"].number_format = workbook["名簿"]["H3"].number_format = "yyyy/m/d"

    reading = read(book({"名簿": with_column("退職予定日", 60, 44650)}, prepare=mac))
    assert reading.rows["leaving_planned_on"].to_list() == ["1904-03-01", "2026-03-31"]


def test_errors_and_booleans_are_texts_and_an_error_is_no_empty_cell(book, read) -> None:
    reading = read(book({"名簿": with_column("住所", "#N/A", True, "#REF!", 1.5)}))
    assert reading.rows["address"].to_list() == ["#N/A", "TRUE", "#REF!", "1.5"]
    reading = read(book({"名簿": with_column("退職予定日", "#N/A")}))
    assert reasons(reading) == ["退職予定日「#N/A」は日付として読めません"]


def test_an_error_is_found_on_the_sheet_it_stands_on(book, read) -> None:
    first, second = with_column("住所", "a"), with_column("住所", "#N/A")
    reading = read(book({"一": first, "メモ": [["#REF!"]], "二": second}))
    assert reading.rows["address"].to_list() == ["a", "#N/A"]


def test_a_control_character_hidden_in_a_workbook_holds_its_row_back(book, read) -> None:
    reading = read(book({"名簿": with_column("備考", "a_x0001_b", "a_x0009_b")}))
    assert reasons(reading) == ["備考に、目に見えない制御文字が入っています"]


def test_columns_that_are_not_used_are_named(book, read) -> None:
    rows = [[*HEAD, "備考", "備考", None, None], [*ROW, "a", "b", None, "x"]]
    reading = read(book({"名簿": rows}))
    assert "名簿|1|None|使わない列があります: 備考、備考(I列)、(K列)|3" in remarks(reading)
    assert as_it_came(reading, reading.rows)[0].endswith('"在籍区分":"現職","備考":"a","備考(I列)":"b","(K列)":"x"}')
    assert reading.problems.is_empty()


def blank_rows_to(path: Path, last: int) -> None:
    """Gives the first sheet styled but empty rows down to `last`."""
    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    blank = "".join(f'<row r="{i}"><c r="A{i}" s="0"/></row>' for i in range(3, last + 1))
    sheet = "xl/worksheets/sheet1.xml"
    parts[sheet] = parts[sheet].replace(b"</sheetData>", blank.encode() + b"</sheetData>")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in parts.items():
            package.writestr(name, part)


def test_two_hundred_thousand_blank_rows_are_nothing(book, read) -> None:
    path = book({"名簿": [HEAD, ROW]})
    blank_rows_to(path, 200_000)
    reading = read(path)
    assert reading.rows.height == 1
    assert reading.remarks == ()


@pytest.mark.long
def test_a_million_blank_rows_between_two_people_are_read_in_time(book, read) -> None:
    def far_down(workbook) -> None:
        for column, value in enumerate(OTHER, 1):
            workbook["名簿"].cell(1_000_003, column, value)

    reading = read(book({"名簿": [HEAD, ROW]}, prepare=far_down))
    assert reading.rows["row"].to_list() == [2, 1_000_003]
    assert "空の行を読み飛ばしました|1000000" in remarks(reading)
