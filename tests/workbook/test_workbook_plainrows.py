"""Rows that pass openpyxl by stand in the file as openpyxl's own do."""

import io
import re
import zipfile
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from kyosai_lists.errors import ExportError
from kyosai_lists.workbook.package import save
from kyosai_lists.workbook.plainrows import Row
from kyosai_lists.workbook.plainsheet import Column, write_sheet

COLUMNS = (Column("項目", 9), Column("内容", 30), Column("日", 14))
TEXTS = st.one_of(
    st.text(alphabet="山田 　\t\n\r<>&\"'=+-_x005F1a\u2028𠮷", max_size=40), st.just("長" * 90), st.just("")
)
VALUES = st.one_of(TEXTS, st.none(), st.integers(-9, 10**9), st.floats(0, 1), st.dates(date(1901, 1, 1)))


def sheet_of(rows: list[Row], *, total: bool = False) -> str:
    """The sheet's XML, in which each cell's style stands itself instead of its number."""
    workbook = Workbook()
    workbook.remove(workbook.active)
    rows_between = write_sheet(workbook, "表", "表", "", COLUMNS, rows, total)
    data = save(workbook, date(2026, 11, 1), {"表": rows_between} if rows_between else {})
    file = zipfile.ZipFile(io.BytesIO(data))
    looks = re.findall(r"<xf .*?(?:/>|</xf>)", file.read("xl/styles.xml").decode().partition("<cellXfs")[2])
    sheet = file.read("xl/worksheets/sheet1.xml").decode()
    return re.sub(r' s="(\d+)"', lambda found: f" s='{looks[int(found[1])]}'", sheet)


def rows_of(sheet: str) -> dict[int, str]:
    """By number, each row without its number."""
    found = re.findall(r'<row r="(\d+)"(.*?</row>)', sheet, re.DOTALL)
    return {int(number): re.sub(rf'(<c r="[A-Z]+){number}"', r'\1"', row) for number, row in found}


@given(st.tuples(VALUES, VALUES, VALUES))
def test_a_row_in_between_is_written_as_the_first_and_the_last_are(row: Row) -> None:
    rows = rows_of(sheet_of([row] * 4))
    assert list(rows) == [1, 2, 3, 4, 5, 6, 7]
    assert rows[4] == rows[5] == rows[6] == rows[7]


@settings(max_examples=25)
@given(st.lists(st.tuples(TEXTS, TEXTS, TEXTS), min_size=3, max_size=5))
def test_each_row_is_the_one_that_openpyxl_writes_of_it(rows: list[Row]) -> None:
    """A table of one row passes through openpyxl alone."""
    alone = [rows_of(sheet_of([rows[0], row]))[5] for row in rows]
    assert [row for number, row in rows_of(sheet_of(rows)).items() if number > 3] == alone


def test_the_sheet_knows_how_far_it_goes_and_what_it_sums() -> None:
    rows: list[Row] = [("a", 1, 2)] * 5
    sheet = sheet_of(rows, total=True)
    assert '<dimension ref="A1:C9" />' in sheet
    assert "<v>10</v>" in rows_of(sheet)[9]


def test_a_text_that_no_cell_can_hold_is_refused_with_its_place_and_without_its_words() -> None:
    with pytest.raises(ExportError, match="B5") as refused:
        sheet_of([("a", "b", "c"), ("a", "秘密\x01", "c"), ("a", "b", "c")])
    assert "秘密" not in str(refused.value)
