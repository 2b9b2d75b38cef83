"""Cells become canonical values, or say what is wrong with them."""

from datetime import date

import polars as pl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kyosai_lists import vocabulary as v
from kyosai_lists.intake.layouts import LAYOUTS, Kind
from kyosai_lists.intake.rows.days import compact_days
from kyosai_lists.intake.rows.values import Value, codes_value, date_value, number_value, product_value, reader_of
from kyosai_lists.products import ID_BY_NAME

from .conftest import CONTRACT, MEMBER, reasons, remarks

APPLICATION = {"組合員番号": "00000013", "共済種類": "団体生命", "受付日": "2026/10/1"}
TARGET = {"事業年度": "2026", "共済種類": "総合", "区分": "新契約", "目標値": "12"}
CAMPAIGN = {
    "募集コード": "2026-SP2",
    "募集名": "秋",
    "種別": "スポット",
    "開始日": "2026/11/16",
    "終了日": "2026/12/18",
    "対象リスト": "fire-only",
}
ALL = [(layout, column) for layout in LAYOUTS for column in layout.columns]


@pytest.mark.parametrize(("layout", "column"), ALL, ids=lambda x: getattr(x, "id", getattr(x, "field", "")))
@settings(max_examples=20)
@given(text=st.text())
def test_any_text_at_all_gives_a_value_or_a_problem_with_its_remedy(layout, column, text: str) -> None:
    reader = reader_of(column, layout)
    if not reader:
        assert column.kind in (Kind.TEXT, Kind.CODE)
        return
    value = reader(text)
    assert (value.text is None) == (value.problem is not None) == (value.remedy is not None)
    if value.text and not value.remark:
        assert reader(value.text).text == value.text or column.kind in (Kind.CHOICE, Kind.CHOICES)


@given(st.dates())
def test_a_day_reads_back_as_itself(day: date) -> None:
    assert date_value(day.isoformat()).text == ("" if day == date(9999, 12, 31) else day.isoformat())


@pytest.mark.parametrize("year", [1900, 1904, 1999, 2000, 2024, 2999])
def test_days_in_eight_digits_are_read_at_once_as_one_by_one(year: int) -> None:
    texts = pl.Series([f"{year}{month:02d}{day:02d}" for month in range(14) for day in range(33)])
    assert compact_days(texts).to_list() == [date_value(text).text for text in texts]
    assert compact_days(texts).null_count() > 60


@given(st.text(st.sampled_from(list("0129０ -/\n.年T:")), max_size=12))
@example("99999999")
@example("99991231")
@example("09990101")
@example("20010401\n")
@example("２００１0401")
def test_what_is_read_at_once_is_read_the_same_one_by_one_and_nothing_is_to_be_said_of_it(text: str) -> None:
    day = compact_days(pl.Series([text], dtype=pl.String)).item()
    assert day is None or date_value(text) == Value(day)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("１，２３４円", "1234"),
        ("10口", "10"),
        (" 3 人", "3"),
        ("3.0", "3"),
        ("007", "7"),
        ("2026年度", "2026"),
        ("", ""),
        ("1,234,567", "1234567"),
        ("-0", "0"),
        ("+5", "5"),
        ("　", ""),
    ],
)
def test_numbers_lose_width_commas_and_units(text: str, number: str) -> None:
    assert number_value(text, strict=True).text == number


@pytest.mark.parametrize("text", ["約10", "2.5", "1,23", "10口口", "口", "一", "1e3", "▲5", "#N/A"])
def test_what_is_no_whole_number_is_held_back_where_it_matters_and_else_left_empty(text: str) -> None:
    assert number_value(text, strict=True).problem == "数として読めません"
    assert number_value(text, strict=False).text == ""
    assert number_value(text, strict=False).remark


@given(st.integers(-(10**9), 10**9))
def test_a_number_reads_back_as_itself_with_or_without_commas(number: int) -> None:
    assert number_value(f"{number:,}", strict=True).text == str(number)


@pytest.mark.parametrize("name", ID_BY_NAME)
def test_a_product_is_known_by_id_name_and_short_form_in_any_width(name: str) -> None:
    assert product_value(f" {name}　").text == ID_BY_NAME[name]
    assert product_value(name.upper()).text == ID_BY_NAME[name]


def test_codes_are_split_at_any_separator() -> None:
    assert codes_value("17001；17002、 １７００３,17004，\n17005;").text == "17001;17002;17003;17004;17005"


def test_an_unknown_product_is_held_back(read_rows) -> None:
    reading = read_rows(CONTRACT | {"共済種類": "生命保険"})
    assert reasons(reading) == ["共済種類「生命保険」は共済種類の名前として分かりません"]
    assert reading.rows["product"].to_list() == [None]


def test_a_stop_for_everything_has_no_product(read_rows) -> None:
    reading = read_rows({"組合員番号": "00000013", "共済種類": "", "理由": "本人申出"})
    assert reading.rows["product"].to_list() == [""]
    assert reading.problems.is_empty()


def test_a_stop_with_an_unreadable_day_still_says_whose_it_is(read_rows) -> None:
    reading = read_rows({"組合員番号": "00000013", "開始日": "来月から", "理由": "本人申出"})
    assert reading.rows.select("member_no", "starts_on").row(0) == ("00000013", None)
    assert reasons(reading) == ["開始日「来月から」は日付として読めません"]


@pytest.mark.parametrize("status", ["死亡？", "在職", "#N/A"])
def test_a_word_outside_a_bold_columns_choices_is_held_back(status: str, read_rows) -> None:
    reading = read_rows(MEMBER | {"在籍区分": status})
    assert reasons(reading) == [f"在籍区分「{status}」はこの列で使えることばではありません"]
    assert "現職、休職、退職、脱退、死亡" in reading.problems["remedy"][0]
    assert reading.rows["status"].to_list() == [None]
    assert reading.rows["member_no"].to_list() == ["00000013"]


def test_a_word_outside_another_columns_choices_is_kept_and_flagged(read_rows) -> None:
    reading = read_rows(MEMBER | {"配偶者": "内縁"})
    assert reading.problems.is_empty()
    assert reading.rows["spouse"].to_list() == ["内縁"]
    assert "|2|配偶者|決められたことばではありませんが" in remarks(reading)


def test_choices_are_matched_by_key_not_by_width(read_rows) -> None:
    reading = read_rows(MEMBER | {"雇用区分": " 臨時･非常勤", "世帯主": "あり"})
    assert reading.rows.select("employment", "householder").row(0) == ("temporary", "yes")


def test_several_choices_are_taken(read_rows) -> None:
    union = {"単組コード": "17001", "単組名": "金沢市", "団体生命メニュー": "通常、小口型；特別"}
    reading = read_rows(union)
    assert reading.rows["group_life_menu"].to_list() == ["standard;small;特別"]
    assert "団体生命メニュー|決められたことばではありませんが" in remarks(reading)


def test_defaults_fill_an_empty_cell_but_a_missing_column_stays_missing(read_rows) -> None:
    assert "state" not in read_rows(APPLICATION).rows.columns
    assert read_rows(APPLICATION | {"状態": ""}).rows["state"].to_list() == ["received"]
    assert read_rows(APPLICATION | {"状態": "取下"}).rows["state"].to_list() == ["withdrawn"]
    assert read_rows(TARGET | {"指標": "", "次": ""}).rows.select("measure", "round").row(0) == ("contracts", "first")


def test_an_unreadable_number_is_empty_with_a_remark_or_held_back_where_bold(read_rows) -> None:
    reading = read_rows(CONTRACT | {"口数": "十口"})
    assert reading.rows["units"].to_list() == [""]
    assert "|2|口数|数として読めないので" in remarks(reading)
    assert reasons(read_rows(TARGET | {"目標値": "十件"})) == ["目標値「十件」は数として読めません"]


def test_a_code_of_nothing_but_spaces_is_empty(read_rows) -> None:
    reading = read_rows(CONTRACT | {"主契約番号": "          "})
    assert reading.rows["main_contract_no"].to_list() == [""]


@pytest.mark.parametrize(
    ("text", "day", "flagged"),
    [
        ("S64.1.7", "1989-01-07", False),
        ("S64.1.8", "1989-01-08", True),
        ("H元.1.8", "1989-01-08", False),
        ("H31.4.30", "2019-04-30", False),
        ("R1.5.1", "2019-05-01", False),
        ("令和元年５月１日", "2019-05-01", False),
        ("H36.3.31", "2024-03-31", True),
    ],
)
def test_the_edges_of_the_eras(text: str, day: str, flagged: bool, read_rows) -> None:
    reading = read_rows(MEMBER | {"採用年月日": text})
    assert reading.rows["hired_on"].to_list() == [day]
    assert ("の期間の外の日付です" in remarks(reading)) == flagged
    assert reading.problems.is_empty()


def test_a_continuous_campaign_may_lack_its_first_day_and_no_other(read_rows) -> None:
    assert read_rows(CAMPAIGN | {"種別": "継続", "開始日": ""}).problems.is_empty()
    assert reasons(read_rows(CAMPAIGN | {"開始日": ""})) == ["開始日が空欄です"]


def test_every_choice_word_of_the_vocabulary_is_read() -> None:
    for layout, column in ALL:
        if column.kind is Kind.CHOICE and column.choices:
            reader = reader_of(column, layout)
            assert reader
            assert {reader(word).text for word in column.choices.accepted()} == set(column.choices.words)
    assert v.YES_NO.accepted()["有り"] == "yes"
