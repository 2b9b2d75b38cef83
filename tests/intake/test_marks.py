"""Rows of one line each are known by what is left of the text without its letters."""

import csv
from io import StringIO

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kyosai_lists.intake.opening.marks import Regular, regular
from kyosai_lists.intake.rows.check import _ANY

ROWS = [["7", "山﨑　ﾊﾅ", ""], ["8", "", "金沢市"], ["9", "山田", "x"]]


def written(rows: list[list[str]], delimiter: str, end: str, quoting: int) -> str:
    out = StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator=end, quoting=quoting).writerows(rows)  # type: ignore[arg-type]
    return out.getvalue()


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("delimiter", [",", "\t"])
@pytest.mark.parametrize("quoting", [csv.QUOTE_ALL, csv.QUOTE_NONE])
@pytest.mark.parametrize("ended", [True, False])
def test_rows_as_computers_write_them_are_regular(end: str, delimiter: str, quoting: int, ended: bool) -> None:
    text = written(ROWS, delimiter, end, quoting)
    text = text if ended else text.removesuffix(end)
    found = regular(text.encode(), delimiter, 3)
    assert found
    assert found.rows == 3
    assert found.plain or (delimiter == "\t" and '"' in text)
    assert regular(text.encode(), delimiter, 4) is None


def test_cells_in_quotes_may_hold_the_delimiter() -> None:
    assert regular(b'"a","b,c"\nd,e\n"",\n', ",", 2) == Regular(3, plain=True)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a,b\nc",
        "a,b\nc,d,e\n",
        "a,b\n\nc,,d",
        "a,b\rc,d\n",
        "a,b\r\r\nc,d\r\r\n",
        "a,b\rc\nd,e\r\n",
        '"a","b""c"\n"d","e"\n',
        '"a","b\nc"\n"d","e"\n',
        '"a","b\n"c","d"\n',
        '"a" "b","c"\n',
        '""a"",b\n',
        'a,b"\nc","d"\n',
    ],
)
def test_other_rows_are_not(text: str) -> None:
    assert regular(text.encode(), ",", 2) is None


def test_no_character_that_must_be_looked_at_is_plain() -> None:
    ends = (0x1FFFE, 0x1FFFF, 0xF0000, 0xFFFFD, 0x100000, 0x10FFFD, 0x10FFFE, 0x10FFFF)
    texts = pl.Series([chr(point) for point in (*range(0xD800), *range(0xE000, 0x10000), *ends)])
    found = [regular(f"a{text},b\n".encode(), ",", 2) for text in texts]
    plain = pl.Series([bool(one and one.plain) for one in found])
    assert not (plain & texts.str.contains(_ANY)).any()
    assert plain.sum() > 50_000  # nearly all that people write


@pytest.mark.parametrize(
    ("text", "delimiter", "plain"), [("a\tb\n", "\t", True), ('"a\t"\tb\n', "\t", False), ("a\tb,c\n", ",", False)]
)
def test_a_tab_is_plain_only_between_cells(text: str, delimiter: str, plain: bool) -> None:
    assert regular(text.encode(), delimiter, 2) == Regular(1, plain=plain)


@given(st.lists(st.lists(st.text(st.sampled_from(list('a," \n\r山'))), min_size=2, max_size=2), min_size=1, max_size=4))
def test_quoted_cells_are_regular_only_without_quotes_and_line_ends(rows: list[list[str]]) -> None:
    simple = not any(mark in text for row in rows for text in row for mark in '"\n\r')
    found = regular(written(rows, ",", "\n", csv.QUOTE_ALL).encode(), ",", 2)
    assert found == (Regular(len(rows), plain=True) if simple else None)
