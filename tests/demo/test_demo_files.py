"""The files that the invented branch sends."""

import hashlib
from datetime import date
from functools import cache
from pathlib import Path

import openpyxl
import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from kyosai_lists.dates import UnreadableDate, read_date
from kyosai_lists.demo.branch.files import make_branch_files
from kyosai_lists.demo.branch.union_workbooks import STYLE_OF_UNION
from kyosai_lists.intake import layouts
from kyosai_lists.products import ID_BY_NAME
from kyosai_lists.text import full_width_kana, header_key, match_key

AS_OF = date(2026, 11, 1)

LAYOUT_OF_FILE = {
    "単組一覧": layouts.UNIONS,
    "組合員名簿": layouts.MEMBERS,
    "契約": layouts.CONTRACTS,
    "申込受付簿": layouts.APPLICATIONS,
    "案内停止": layouts.SUPPRESSIONS,
    "募集計画": layouts.CAMPAIGNS,
    "目標": layouts.TARGETS,
    "保障額のめやす": layouts.GUIDES,
}
Tables = dict[str, list[dict[str, str]]]


def layout_of(path: Path) -> layouts.Layout:
    return LAYOUT_OF_FILE[path.stem.split("_")[0]]


def known_headings(layout: layouts.Layout) -> set[str]:
    return {header_key(name) for column in layout.columns for name in (column.header, *column.synonyms)}


@cache
def workbook(path: Path) -> Workbook:
    return openpyxl.load_workbook(path)


def roster_sheet(path: Path) -> Worksheet:
    return workbook(path).worksheets[0]


def cells(path: Path) -> list[list[object]]:
    return [list(row) for sheet in workbook(path) for row in sheet.iter_rows(values_only=True)]


def test_the_same_seed_and_day_give_the_same_files_in_another_folder(paths: list[Path], tmp_path: Path) -> None:
    again = make_branch_files(tmp_path / "new" / "folder", AS_OF)
    assert [path.name for path in again] == [path.name for path in paths]
    for first, second in zip(paths, again, strict=True):
        if first.suffix == ".csv":
            assert hashlib.sha256(first.read_bytes()).digest() == hashlib.sha256(second.read_bytes()).digest()
    books = [(a, b) for a, b in zip(paths, again, strict=True) if a.suffix == ".xlsx"]
    smallest = min(books, key=lambda pair: pair[0].stat().st_size)
    assert cells(smallest[0]) == cells(smallest[1])


def test_every_layout_has_a_file(paths: list[Path]) -> None:
    assert {layout_of(path).id for path in paths} == set(layouts.BY_ID)


def test_every_heading_is_known_and_no_needed_one_is_missing(paths: list[Path], tables: Tables) -> None:
    for path in paths:
        layout = layout_of(path)
        headings = list(tables[path.name][0]) if path.suffix == ".csv" else [c.value for c in roster_sheet(path)[4]]
        keys = {header_key(str(heading)) for heading in headings}
        assert keys <= known_headings(layout), path.name
        for column in layout.required:
            in_title_row = column.field == "union_code" and path.suffix == ".xlsx"
            spellings = {header_key(name) for name in (column.header, *column.synonyms)}
            assert keys & spellings or in_title_row, (path.name, column.header)


def test_core_system_files_are_cp932_with_crlf_and_quoted_cells(paths: list[Path]) -> None:
    raw = next(path for path in paths if path.name.startswith("契約")).read_bytes()
    assert raw.decode("cp932").encode("cp932") == raw
    assert raw.count(b"\n") == raw.count(b"\r\n")
    assert b'"99999999"' in raw


def test_the_branchs_roster_is_utf8_with_a_mark_and_dates_in_every_style(paths: list[Path], tables: Tables) -> None:
    assert paths[1].read_bytes().startswith(b"\xef\xbb\xbf")
    born = " ".join(row["生年月日"] for row in tables[paths[1].name][:400])
    assert all(sign in born for sign in ("/", "-", "昭和", "S", "年", "１", "."))


def test_nearly_every_date_can_be_read(tables: Tables, paths: list[Path]) -> None:
    unreadable = []
    for path in paths:
        for row in tables.get(path.name, []):
            for column in layout_of(path).columns:
                if column.kind is layouts.Kind.DATE:
                    try:
                        read_date(row.get(column.header, ""))
                    except UnreadableDate:
                        unreadable.append((path.name, column.header))
    assert len(unreadable) == 5  # 2 members, 1 contract, 1 application, 1 stop


def test_a_handful_of_mistakes_is_there_to_be_held_back(tables: Tables) -> None:
    contracts = tables["契約_基幹システム_20261031.csv"]
    members = tables["組合員名簿_県支部.csv"]
    assert [row["共済種類"] for row in contracts if match_key(row["共済種類"]) not in ID_BY_NAME] == ["ペット共済"]
    assert sum(row["終了日"] < row["発効日"] for row in contracts) == 1
    assert sum(row["組合員番号"] == "09999999" for row in contracts) == 1
    assert sum(row["在籍区分"] == "死亡？" for row in members) == 1
    assert sum(row["単組コード"] == "17099" for row in members) == 1


def test_keys_are_not_repeated(paths: list[Path], tables: Tables) -> None:
    for path in paths:
        layout = layout_of(path)
        headers = [layout.column(name).header for name in layout.key]
        keys = [
            tuple(ID_BY_NAME.get(row.get(h, ""), row.get(h, "")) for h in headers) for row in tables.get(path.name, [])
        ]
        assert len(set(keys)) == len(keys), path.name


def test_stops_lie_around_the_day_and_some_are_for_everything(tables: Tables) -> None:
    stops = tables["案内停止.csv"]
    assert sum(row["共済種類"] == "" for row in stops) > 30
    assert {"2026/10/31", "2026/11/1", "2026/11/2"} <= {row["開始日"] for row in stops}
    assert {"団体生命", "自然災害"} <= {row["共済種類"] for row in stops}


@pytest.mark.parametrize("own_words", [False, True])
def test_a_unions_workbook_has_title_rows_a_memo_and_a_hidden_old_sheet(paths: list[Path], own_words: bool) -> None:
    """In one of the two styles the union's code stands in the title row alone."""
    code = "17007" if own_words else "17002"
    path = next(p for p in paths if p.suffix == ".xlsx" and code in str(roster_sheet(p)["A2"].value))
    book = workbook(path)
    assert [(sheet.title, sheet.sheet_state) for sheet in book] == [
        ("名簿", "visible"), ("メモ", "visible"), ("旧名簿", "hidden"),
    ]  # fmt: skip
    sheet = book["名簿"]
    assert sheet["A2"].value == f"2026年10月末現在　　単組コード：{code}"
    assert [str(merged) for merged in sheet.merged_cells.ranges] == ["A1:H1"]
    headings = [cell.value for cell in sheet[4]]
    assert ("単組コード" in headings) is not own_words
    assert sheet.cell(sheet.max_row, 1).value == "合計"
    kana = str(sheet.cell(5, headings.index("ﾌﾘｶﾞﾅ" if own_words else "氏名カナ") + 1).value)
    assert full_width_kana(kana) != kana
    hired = sheet.cell(5, headings.index("採用日" if own_words else "採用年月日") + 1)
    assert hired.is_date is not own_words


def test_every_union_is_in_exactly_one_roster(paths: list[Path], tables: Tables) -> None:
    typed = {row["単組コード"] for row in tables["組合員名簿_県支部.csv"]} - {"17099"}
    assert typed.isdisjoint(STYLE_OF_UNION)
    assert len(typed) + len(STYLE_OF_UNION) == len(tables["単組一覧.csv"]) == 19
