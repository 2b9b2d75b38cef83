"""Faults 13, 17, 19: for exactly these reasons a row is held back; every value that can be read is still there."""

import json

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kyosai_lists.intake.as_it_came import as_it_came
from kyosai_lists.intake.layouts import CAMPAIGNS, LAYOUTS
from kyosai_lists.intake.rows.check import _FORBIDDEN
from kyosai_lists.text import forbidden_control

from .conftest import CONTRACT, MEMBER, reasons, remarks


@pytest.mark.parametrize("cell", ["", " ", "　"])
@pytest.mark.parametrize("column", [h for h in MEMBER if h != "生年月日"])
def test_an_empty_cell_where_one_must_not_be_is_held_back(column: str, cell: str, read_rows) -> None:
    reading = read_rows(MEMBER | {column: cell})
    assert reasons(reading) == [f"{column}が空欄です"]
    assert reading.problems["remedy"].to_list() == [f"{column}を入れて、もう一度入れてください"]


def test_every_bold_column_must_be_filled_but_a_campaigns_first_day() -> None:
    lax = [(layout.id, c.field) for layout in LAYOUTS for c in layout.required if not c.filled]
    assert lax == [(CAMPAIGNS.id, "starts_on")]


def test_a_problem_names_file_sheet_row_column_value_reason_and_remedy(read_rows) -> None:
    assert read_rows(MEMBER, MEMBER | {"生年月日": "1990/2/30"}).problems.to_dicts() == [
        {
            "file": "名簿.csv",
            "sheet": "",
            "row": 3,
            "column": "生年月日",
            "value": "1990/2/30",
            "reason": "生年月日「1990/2/30」は存在しない日です",
            "remedy": "正しい日付に直して、もう一度入れてください",
        }
    ]


@pytest.mark.parametrize("column", ["生年月日", "採用年月日", "退職予定日", "末子生年月日"])
@pytest.mark.parametrize("day", ["2023/2/29", "1990/13/1", "昭和0年1月1日", "不明", "00000000", "19900431"])
def test_a_date_that_cannot_be_or_cannot_be_read_is_held_back_in_any_column(column, day, read_rows) -> None:
    reading = read_rows(MEMBER | {column: day})
    assert len(reasons(reading)) == 1
    assert reasons(reading)[0].startswith(f"{column}「{day}」は")


@pytest.mark.parametrize("column", ["生年月日", "末子生年月日"])
@pytest.mark.parametrize(("day", "held"), [("2026/11/1", False), ("2026/11/2", True)])
def test_a_birth_after_today_is_held_back(column: str, day: str, held: bool, read_rows) -> None:
    expected = [f"{column}「{day}」はまだ来ていない日です"] if held else []
    assert reasons(read_rows(MEMBER | {column: day})) == expected


@pytest.mark.parametrize(("day", "held"), [("1905/11/2", False), ("1905/11/1", True), ("1850/1/1", True)])
def test_an_age_over_120_is_held_back(day: str, held: bool, read_rows) -> None:
    expected = [f"生年月日「{day}」では120歳を超えます"] if held else []
    assert reasons(read_rows(MEMBER | {"生年月日": day})) == expected


@pytest.mark.parametrize(("end", "held"), [("20200331", True), ("20200401", False), ("", False), ("99999999", False)])
def test_an_end_before_its_beginning_is_held_back(end: str, held: bool, read_rows) -> None:
    reading = read_rows(CONTRACT | {"終了日": end})
    assert reasons(reading) == ([f"終了日「{end}」が発効日より前です"] if held else [])


def test_a_stop_that_ends_before_it_begins_is_held_back(read_rows) -> None:
    row = {"組合員番号": "1", "開始日": "2026/10/2", "終了日": "2026/10/1"}
    assert reasons(read_rows(row)) == ["終了日「2026/10/1」が開始日より前です"]
    assert reasons(read_rows(row | {"開始日": ""})) == []


@pytest.mark.parametrize(
    "character", ["\x00", "\x01", "\x0b", "\x0c", "\x1b", "\x7f", "\x85", "\ufffe", "\uffff", "\U0001fffe"]
)
@pytest.mark.parametrize("column", ["氏名", "備考"])
def test_a_control_character_anywhere_holds_the_row_back(character: str, column: str, read_rows) -> None:
    reading = read_rows(MEMBER | {"備考": ""}, MEMBER | {"備考": "", column: f"山{character}田"})
    assert reasons(reading) == [f"{column}に、目に見えない制御文字が入っています"]
    assert reading.problems["row"].to_list() == [3]
    assert reading.rows["member_no"].to_list() == ["00000013", "00000013"]


def test_a_number_that_cannot_be_trusted_for_its_characters_is_no_number(read_rows) -> None:
    reading = read_rows(MEMBER | {"組合員番号": "0000\x0113"})
    assert reading.rows["member_no"].to_list() == [None]


@given(character=st.characters(exclude_categories=["Cs"]))
def test_the_characters_that_hold_back_are_those_of_the_text_module(character: str) -> None:
    assert pl.Series([character]).str.contains(_FORBIDDEN).item() == forbidden_control(character)


def test_each_thing_that_is_wrong_with_a_row_is_told(read_rows) -> None:
    reading = read_rows(MEMBER | {"生年月日": "不明", "在籍区分": "？", "氏名": ""})
    assert reading.problems["column"].to_list() == ["氏名", "生年月日", "在籍区分"]
    row = reading.rows.row(0, named=True)
    assert (row["born_on"], row["status"], row["member_no"]) == (None, None, "00000013")


def test_the_whole_original_row_goes_with_it(read_rows) -> None:
    row = MEMBER | {"備考": 'a"b\\\n\t髙', "生年月日": "不明", "住所": " "}
    reading = read_rows(row)
    (raw,) = as_it_came(reading, reading.rows)
    assert json.loads(raw) == row
    assert list(json.loads(raw)) == list(row)


def test_remarks_hold_no_persons_data(read_rows) -> None:
    odd = MEMBER | {
        "氏名": "ひみつ\ue000\n",
        "子の人数": "ひみつ",
        "配偶者": "ひみつ",
        "採用年月日": "S70.1.1",
        "職場順": "-3",
    }
    said = remarks(read_rows(odd))
    assert len(said.splitlines()) == 6
    assert "ひみつ" not in said
