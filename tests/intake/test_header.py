"""Fault 20: a header renamed, reordered, missing or doubled is mapped, or refused before anything is taken in."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kyosai_lists.errors import ConfigError, FileRefused
from kyosai_lists.intake.headings.header import find, told_apart
from kyosai_lists.intake.headings.matching import names_of
from kyosai_lists.intake.layouts import LAYOUTS, MEMBERS, Layout
from kyosai_lists.intake.opening.sheet import Sheet
from kyosai_lists.intake.reading import ReadingOptions
from kyosai_lists.text import header_key

from .conftest import CONTRACT, MEMBER, TODAY, remarks


def sheet(*head: list[str]) -> Sheet:
    return Sheet("", [list(row) for row in head], lambda first: pytest.fail("the body is not needed"))


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.id)
def test_no_two_columns_of_a_layout_answer_to_one_heading(layout: Layout) -> None:
    keys = [header_key(h) for c in layout.columns for h in (c.header, *c.synonyms)]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.id)
@settings(max_examples=50)
@given(data=st.data())
def test_a_layout_is_known_by_any_of_its_headings_in_any_order(layout: Layout, data: st.DataObject) -> None:
    optional = [c for c in layout.columns if not c.required]
    some = data.draw(st.lists(st.sampled_from(optional), unique_by=lambda c: c.field)) if optional else []
    columns = data.draw(st.permutations([*layout.required, *some]))
    if layout.id == "suppressions" and {c.field for c in columns} <= {"pref", "member_no", "product"}:
        return  # by nothing else can it be told from an 申込受付 without its dates
    headings = [data.draw(st.sampled_from((c.header, *c.synonyms))) for c in columns]
    header = find(sheet(["題名"], headings), ReadingOptions(TODAY))
    assert header is not None
    assert header.match.complete
    assert header.layout.id == layout.id
    assert header.match.rival is None
    assert header.fields == {c.field: i for i, c in enumerate(columns)}


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.id)
def test_a_layout_with_all_but_one_bold_column_is_never_taken_for_another(layout: Layout) -> None:
    for lost in layout.required:
        headings = [c.header for c in layout.columns if c is not lost]
        header = find(sheet(headings), ReadingOptions(TODAY))
        assert header is not None
        assert (header.layout.id, header.match.missing) == (layout.id, (lost.header,))


@pytest.mark.parametrize("lost", [c.header for c in MEMBERS.required])
def test_a_missing_bold_column_is_named(lost: str, read_rows) -> None:
    with pytest.raises(FileRefused, match=f"組合員に最も近い形ですが、必要な列「{lost}」がありません") as refusal:
        read_rows({heading: cell for heading, cell in MEMBER.items() if heading != lost})
    assert "[layouts.members.columns]" in refusal.value.todo


def test_a_roster_without_names_does_not_stop_everybody_on_it(read_rows) -> None:
    roster = {heading: cell for heading, cell in MEMBER.items() if heading != "氏名"}
    with pytest.raises(FileRefused, match="必要な列「氏名」"):
        read_rows(roster | {"理由": "異動"})


def test_a_list_of_stops_with_a_name_beside_each_is_a_list_of_stops(read_rows) -> None:
    reading = read_rows({"組合員番号": "00000013", "氏名": "山田", "職場名": "税務課", "理由": "本人申出"})
    assert reading.layout == "suppressions"
    assert "使わない列があります: 氏名、職場名" in remarks(reading)


def test_a_list_of_nothing_but_numbers_is_a_list_of_stops(read_rows) -> None:
    assert read_rows({"組合員番号": "00000013"}).layout == "suppressions"


def test_what_could_be_stops_or_applications_is_not_guessed(read_rows) -> None:
    row = {"組合員番号": "1", "共済種類": "火災", "受付日": "2026/1/1", "理由": "本人申出"}
    with pytest.raises(FileRefused, match="申込受付とも案内停止とも読めます"):
        read_rows(row)


def test_headings_may_differ_in_width_spaces_line_ends_and_remarks(read_rows) -> None:
    renamed = {"組合員番号": "組合員\nNO", "生年月日": "生年月日（西暦）", "氏名": "※ 氏　名", "雇用区分": "雇用区分※"}
    reading = read_rows({renamed.get(heading, heading): cell for heading, cell in MEMBER.items()})
    assert reading.rows["name"].to_list() == ["山田　花子"]


def test_a_branchs_own_headings_are_mapped(read_rows) -> None:
    row = {{"組合員番号": "職員ＩＤ", "氏名": "お名前"}.get(h, h): cell for h, cell in MEMBER.items()}
    columns = {"members": {"職員ID": "組合員番号", "お名前": "氏名"}}
    assert read_rows(row, columns=columns).rows["name"].to_list() == ["山田　花子"]


def test_a_branchs_own_heading_wins_over_what_it_usually_means(read_rows) -> None:
    row = {"所属" if h == "単組コード" else h: cell for h, cell in MEMBER.items()}
    assert read_rows(row, columns={"members": {"所属": "単組コード"}}).rows["union_code"].to_list() == ["17001"]


def test_mapping_to_a_column_that_does_not_exist_is_said() -> None:
    with pytest.raises(ConfigError, match=r"\[layouts.members.columns\] にある「なまえ」"):
        names_of(MEMBERS, {"お名前": "なまえ"})


@pytest.mark.parametrize("doubled", ["氏名", "名前", "氏 名"])
def test_two_headings_of_one_meaning_are_refused(doubled: str, book, read) -> None:
    rows = [[*MEMBER, doubled], [*MEMBER.values(), "別人"]]
    with pytest.raises(FileRefused, match=f"見出し「氏名」と「{doubled}」が、どちらも「氏名」の列"):
        read(book({"名簿": rows}))


def test_a_column_that_the_file_lacks_is_no_column_of_the_rows(read_rows) -> None:
    rows = read_rows(CONTRACT).rows
    assert [name for name in rows.columns if not name.startswith("cell ")] == [
        "file",
        "sheet",
        "row",
        "hold",
        "contract_no",
        "member_no",
        "product",
        "effective_on",
    ]


@given(st.lists(st.text("ab (列)BC", max_size=3), max_size=30))
def test_headings_are_told_apart_and_keep_what_was_written(row: list[str]) -> None:
    apart = told_apart(row)
    assert len(set(apart)) == len(row)
    assert all(unique.startswith(heading) and unique.strip() for unique, heading in zip(apart, row, strict=True))
