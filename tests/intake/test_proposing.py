"""What is proposed for a sheet whose headings are not understood: by heading, by content, and never surer than it may be."""

import tomllib
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kyosai_lists.intake.layouts import BY_ID
from kyosai_lists.intake.proposing.lines import can_be_named, toml_of
from kyosai_lists.intake.proposing.proposal import Confidence, State

from .proposals import CONTRACTS, OPTIONS, ROSTER, Rows, certain, meanings, of, proposed, sample_rows

NUMBERED = [f"列{number}" for number in range(1, 40)]
MEMBER = ["00000013", "17001", "総務課", "山田　花子", "1990/4/2", "2015/4/1", "正規", "現職"]


@cache
def roster(most: int = 400) -> Rows:
    return sample_rows(ROSTER, most)


def renamed(rows: Rows, headings: list[str]) -> Rows:
    return [headings[: len(rows[0])], *rows[1:]]


def bold(layout: str) -> set[str]:
    return {column.header for column in BY_ID[layout].required}


def people(headings: list[str], count: int = 12) -> Rows:
    """A small roster: number, unit, workplace, name, birth, hire, employment, status."""
    rows = []
    for n in range(count):
        day, month = n % 27 + 1, n % 12 + 1
        born, hired = f"19{70 + n}/{month}/{day}", f"20{10 + n % 10}/4/1"
        rows.append([f"{100 + n * 7:08}", "17001", "総務課", f"山田　花{'一二三四五六七八九十百千'[n]}", born, hired,
                     ("正規", "再任用")[n % 2], ("現職", "休職")[n % 2]])  # fmt: skip
    return [headings, *rows]


STANDARD = ["組合員番号", "単組コード", "職場名", "氏名", "生年月日", "採用年月日", "雇用区分", "在籍区分"]


def test_a_file_that_is_understood_is_said_to_be_and_its_other_columns_are_named() -> None:
    rows = [[*row, "持家" if n else "好きな色"] for n, row in enumerate(people(STANDARD))]
    proposal = proposed(rows)
    assert proposal.state is State.RECOGNISED
    assert {c.confidence for c in proposal.columns if c.standard} == {Confidence.KNOWN}
    assert of(proposal, "好きな色").standard is None
    assert not any(c.to_write for c in proposal.columns)


@pytest.mark.parametrize(
    "headings",
    [
        ["職番", "支部コード", "部署", "お名前", "誕生年月日", "入職日", "身分", "異動"],
        ["EMPLOYEE_NO", "Union Code", "Dept", "Full Name", "Date of Birth", "Hire Date", "Employment Type", "Status"],
        ["KUMIAIIN_NO", "TANSO_CD", "SHOZOKU", "SHIMEI", "SEINENGAPPI", "SAIYOU_BI", "KOYOU_KBN", "ZAISEKI_KBN"],
        ["会員No.", "団体CD", "配属先", "職員氏名(漢字)", "生年月日西暦", "任用年月日", "職員区分", "在職状況"],
    ],
)
def test_other_words_english_and_romaji_are_known_for_what_they_are(headings: list[str]) -> None:
    proposal = proposed(people(headings))
    assert proposal.state is State.PROPOSED
    assert meanings(proposal) == dict(zip(headings, STANDARD, strict=True))
    assert certain(proposal) == set(headings)


@pytest.mark.parametrize("name", [ROSTER, CONTRACTS])
def test_headings_that_say_nothing_are_read_from_the_content_and_must_be_checked(name: str) -> None:
    rows = sample_rows(name)
    proposal = proposed(renamed(rows, NUMBERED))
    truth = dict(zip(NUMBERED, rows[0], strict=False))
    found = meanings(proposal)
    assert proposal.state is State.PROPOSED
    assert proposal.layout is not None
    assert bold(proposal.layout.id) <= set(found.values())
    assert found.items() <= truth.items()  # what is not clear is left alone, not guessed
    by_content_of_any_number = {"組合員番号", "単組コード", "契約番号", "生年月日", "採用年月日", "発効日", "氏名"}
    for heading in certain(proposal):
        assert found[heading] not in by_content_of_any_number
    assert all(c.check for c in proposal.columns if c.standard in by_content_of_any_number)


@settings(max_examples=6, deadline=None)
@given(order=st.permutations(range(22)), names=st.permutations(NUMBERED[:22]))
def test_shuffled_and_renamed_columns_get_the_same_mapping(order: list[int], names: list[str]) -> None:
    rows = roster(120)
    straight = meanings(proposed(renamed(rows, NUMBERED)))
    found = meanings(proposed([names, *([row[i] for i in order] for row in rows[1:])]))
    assert found == {
        name: straight[NUMBERED[i]] for name, i in zip(names, order, strict=True) if NUMBERED[i] in straight
    }


@settings(max_examples=25, deadline=None)
@given(order=st.permutations(range(8)))
def test_no_field_is_given_to_two_columns_and_headings_decide_in_any_order(order: list[int]) -> None:
    headings = ["職番", "支部コード", "部署", "お名前", "誕生年月日", "入職日", "身分", "異動"]
    found = meanings(proposed([[row[i] for i in order] for row in people(headings)]))
    assert found == dict(zip(headings, STANDARD, strict=True))


def test_two_columns_that_look_alike_are_never_certain() -> None:
    rows = people(["列1", "列2", "列3", "列4", "列5", "列6", "列7", "列8"])
    for number, row in enumerate(rows):
        row.append(row[4] if number else "列9")  # a second column of birthdays
    proposal = proposed(rows)
    chosen = next(c for c in proposal.columns if c.standard == "生年月日")
    assert chosen.confidence is Confidence.LIKELY
    assert chosen.check
    other = "I列" if chosen.letter == "E" else "E列"
    assert other in chosen.check
    assert "必ず確かめてください" in chosen.check


def test_two_columns_of_the_same_words_are_never_certain() -> None:
    rows = people(["列1", "列2", "列3", "列4", "列5", "列6", "列7", "列8"])
    for number, row in enumerate(rows):
        row.append(row[7] if number else "列9")
    chosen = next(c for c in proposed(rows).columns if c.standard == "在籍区分")
    assert chosen.confidence is Confidence.LIKELY
    assert chosen.check


def test_the_birthday_of_somebody_else_is_not_taken_for_ones_own() -> None:
    rows = people(["職番", "支部コード", "部署", "お名前", "配偶者生年月日", "入職日", "身分", "異動"])
    proposal = proposed(rows)
    assert of(proposal, "配偶者生年月日").standard is None
    assert proposal.missing == ("生年月日",)


def test_a_fitting_heading_over_unfit_cells_is_not_certain_and_is_said_to_be_held_back() -> None:
    rows = people(["職番", "支部コード", "部署", "お名前", "誕生年月日", "入職日", "身分", "異動"])
    for row in rows[1:]:
        row[6] = "正職員"
    column = of(proposed(rows), "身分")
    assert (column.standard, column.confidence) == ("雇用区分", Confidence.LIKELY)
    assert "保留" in str(column.check)


def test_hires_and_births_are_told_apart_by_their_years() -> None:
    rows = people(["列1", "列2", "列3", "列4", "列5", "列6", "列7", "列8"])
    found = meanings(proposed(rows))
    assert (found["列5"], found["列6"]) == ("生年月日", "採用年月日")


def test_title_rows_above_are_passed_over_and_their_unit_code_stands_in_for_the_column() -> None:
    rows = [
        [row[0], *row[2:]] for row in people(["職番", "", "部署", "お名前", "誕生年月日", "入職日", "身分", "異動"])
    ]
    proposal = proposed([["○○市職員名簿"], ["単組コード: 17002　2026年10月末現在"], [], *rows])
    assert (proposal.state, proposal.heading_row, proposal.unit_code_in_title) == (State.PROPOSED, 4, True)


def test_without_the_unit_code_anywhere_the_column_and_the_title_row_are_named_as_ways_out() -> None:
    rows = [
        [row[0], *row[2:]] for row in people(["職番", "", "部署", "お名前", "誕生年月日", "入職日", "身分", "異動"])
    ]
    proposal = proposed(rows)
    assert (proposal.state, proposal.missing) == (State.LACKING, ("単組コード",))
    assert any("単組コード: 17002" in line for line in proposal.todo)


def test_without_a_heading_row_the_columns_are_guessed_and_a_heading_row_is_asked_for() -> None:
    proposal = proposed(people(STANDARD)[1:])
    assert (proposal.state, proposal.heading_row) == (State.NO_HEADING, None)
    assert [c.standard for c in proposal.columns] == STANDARD
    assert not any(c.to_write or c.heading for c in proposal.columns)
    assert "見出しの行がありません" in proposal.todo[0]


def test_an_empty_heading_cannot_be_mapped_and_is_asked_for() -> None:
    for nothing in ("", "　", "※"):
        rows = people(["職番", "支部コード", "部署", nothing, "誕生年月日", "入職日", "身分", "異動"])
        proposal = proposed(rows)
        column = proposal.columns[3]
        assert (proposal.state, column.standard, column.to_write) == (State.LACKING, "氏名", False)
        assert any("D列" in line and "「氏名」と書いて" in line for line in proposal.todo)


def test_a_heading_that_stands_twice_cannot_be_mapped() -> None:
    rows = people(["職番", "支部コード", "部署", "お名前", "日付", "日付", "身分", "異動"])
    proposal = proposed(rows)
    assert proposal.state is State.LACKING
    assert not any(c.to_write for c in proposal.columns if c.heading == "日付")
    assert sum("同じ見出し" in line for line in proposal.todo) == 2


def test_two_understood_headings_of_one_meaning_are_said_to_collide() -> None:
    rows = [[*row, "0" if n else "職員番号"] for n, row in enumerate(people(STANDARD))]
    proposal = proposed(rows)
    assert proposal.state is State.LACKING
    assert any("「組合員番号」と「職員番号」" in line for line in proposal.todo)


def test_no_rows_leave_the_headings_alone_to_decide_and_nothing_is_certain() -> None:
    proposal = proposed(people(["職番", "支部コード", "部署", "お名前", "誕生年月日", "入職日", "身分", "異動"], 0))
    assert proposal.state is State.PROPOSED
    assert not certain(proposal)


@pytest.mark.parametrize("rows", [[["メモ"]], [["メモ"], ["あ"], ["い"]], [[]], [["12"], ["13"]]])
def test_what_is_no_table_is_said_to_be_none(rows: Rows) -> None:
    assert proposed(rows).state in (State.NO_TABLE, State.LACKING, State.NO_HEADING)


def test_one_column_of_numbers_is_no_roster() -> None:
    proposal = proposed([["職番"], ["00000013"], ["00000020"], ["00000034"]])
    assert proposal.layout is None or proposal.layout.id != "members" or proposal.missing


def test_two_hundred_columns_are_looked_at() -> None:
    rows = people(["職番", "支部コード", "部署", "お名前", "誕生年月日", "入職日", "身分", "異動"])
    wide = [[*row, *(f"ほか{i}" if n == 0 else f"{i}-{n}" for i in range(192))] for n, row in enumerate(rows)]
    proposal = proposed(wide)
    assert len(proposal.columns) == 200
    assert proposal.state is State.PROPOSED


def test_a_proposal_repeats_no_cell() -> None:
    rows = people(["列1", "列2", "列3", "列4", "列5", "列6", "列7", "列8"])
    said = repr(proposed(rows))
    for row in rows[1:]:
        assert not any(cell in said for cell in (row[0], row[3], row[4]))


@pytest.mark.parametrize("first", ["0001", "なし"])
def test_people_without_headings_are_never_taken_for_headings(first: str) -> None:
    rows = [[first, "山田　花子", "総務課"], ["0002", "鈴木　一郎", "税務課"], ["0003", "佐藤　実", "総務課"]]
    assert "山田" not in repr(proposed(rows))


@pytest.mark.parametrize("heading", ['名前"と\\記号', "生年\n月日", "😀番号", "a\tb", "\x7f終", "#見出し", "x = 1"])
def test_any_heading_is_written_as_toml_that_means_it(heading: str) -> None:
    from kyosai_lists.intake.proposing.lines import as_key
    from kyosai_lists.text import header_key

    text = toml_of({"members": {as_key(heading): ("氏名", True)}})
    (key,) = tomllib.loads(text)["layouts"]["members"]["columns"]
    assert header_key(key) == header_key(heading)


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12).filter(can_be_named))
def test_every_heading_survives_toml(heading: str) -> None:
    text = toml_of({"members": {heading: ("氏名", False)}})
    assert tomllib.loads(text) == {"layouts": {"members": {"columns": {heading: "氏名"}}}}


def test_a_branchs_own_mapping_counts_as_understood() -> None:
    own = OPTIONS.__class__(today=OPTIONS.today, columns={"members": {"職番": "組合員番号"}})
    proposal = proposed(people(["職番", *STANDARD[1:]]), own)
    assert (proposal.state, of(proposal, "職番").confidence) == (State.RECOGNISED, Confidence.KNOWN)
