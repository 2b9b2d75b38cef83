"""CSV and TSV: rows are never shifted, merged or lost in silence."""

import csv
from io import StringIO

import polars as pl
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kyosai_lists.errors import FileRefused
from kyosai_lists.intake.opening import delimited
from kyosai_lists.intake.opening.sheet import cell_columns

from .conftest import CONTRACT, MEMBER, reasons, remarks, trusted

HEAD = ",".join(MEMBER)
ROW = ",".join(MEMBER.values())
OTHER = ROW.replace("00000013", "00000020")


def lines(*rows: str, end: str = "\r\n") -> str:
    return "".join(row + end for row in rows)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_each_kind_of_line_end_works(end: str, text_file, read) -> None:
    reading = read(text_file(lines(HEAD, ROW, OTHER, end=end)))
    assert reading.rows["member_no"].to_list() == ["00000013", "00000020"]
    assert reading.rows["row"].to_list() == [2, 3]
    assert reading.problems.is_empty()


def test_tab_separated_text_is_known_by_its_header(text_file, read) -> None:
    text = lines(HEAD, ROW).replace(",", "\t").replace("山田　花子", "山田, 花子")
    assert read(text_file(text, "名簿.csv")).rows["name"].to_list() == ["山田, 花子"]


def test_title_lines_above_the_header_are_no_rows_but_count(text_file, read) -> None:
    text = lines("金沢市職員労働組合 組合員名簿", "", "令和8年10月31日現在,,", HEAD, ROW, "", OTHER)
    reading = read(text_file(text))
    assert reading.rows["row"].to_list() == [5, 7]
    assert reading.roster_on.isoformat() == "2026-10-31"
    assert "空の行を読み飛ばしました|1" in remarks(reading)


@pytest.mark.parametrize("at", [1, 2, 3])
def test_a_row_with_a_cell_too_many_is_held_back(at: int, text_file, read) -> None:
    rows = [ROW, OTHER, OTHER.replace("20", "30")]
    rows.insert(at, ROW.replace("山田", "山,田").replace("13", "99"))
    reading = read(text_file(lines(HEAD, *rows)))
    assert set(reading.problems["row"]) == {at + 2}
    assert "見出しより多くのセルがあります" in reasons(reading)
    assert trusted(reading).height == 3


def test_empty_cells_beyond_the_header_are_nothing(text_file, read) -> None:
    assert read(text_file(lines(HEAD, ROW + ",,", OTHER))).problems.is_empty()


@pytest.mark.parametrize("at", [0, 1, 2])
def test_a_row_with_a_cell_too_few_is_held_back(at: int, text_file, read) -> None:
    rows = [ROW, OTHER]
    rows.insert(at, "00000099,17001,氏名だけ")
    reading = read(text_file(lines(HEAD, *rows)))
    assert set(reading.problems["row"]) == {at + 2}
    assert "見出しよりセルが足りません" in reasons(reading)
    assert reading.rows["member_no"][at] == "00000099"


def test_a_short_row_is_held_back_though_only_optional_cells_are_missing(text_file, read) -> None:
    reading = read(text_file(lines(HEAD + ",住所,メール", ROW + ",金沢市,a@example.jp", OTHER + ",金沢市")))
    assert reading.problems["row"].to_list() == [3]


def test_a_file_cut_off_inside_a_row_does_not_come_in_short(text_file, read) -> None:
    whole = lines(HEAD, ROW, OTHER).encode("cp932")
    for length in range(whole.rindex(b"00000020") + 1, len(whole) - 2):
        reading = read(text_file(whole[:length]))
        assert reading.rows.height == 2
        assert set(reading.problems["row"]) == {3} or "最後の行が改行で終わっていません" in remarks(reading)


def test_a_file_cut_off_inside_quotes_is_refused(text_file, read) -> None:
    text = lines(HEAD, ROW) + '"00000020","17001","山'
    with pytest.raises(FileRefused, match="引用符"):
        read(text_file(text))


def test_a_quote_that_is_never_closed_is_refused(text_file, read) -> None:
    with pytest.raises(FileRefused, match="引用符"):
        read(text_file(lines(HEAD, ROW.replace("山田", '"山田'), OTHER, OTHER)))


def test_a_quote_that_is_never_closed_in_a_long_file_is_refused(text_file, read) -> None:
    with pytest.raises(FileRefused, match="引用符"):
        read(text_file(lines(HEAD, ROW.replace("山田", '"山田'), *[OTHER] * 5_000)))


def test_a_quote_closed_some_rows_later_does_not_swallow_them(text_file, read) -> None:
    first, last = ROW.replace("山田　花子", '"山田'), OTHER.replace("山田　花子", '山田"')
    reading = read(text_file(lines(HEAD, first, OTHER, OTHER, last)))
    assert reasons(reading) == ["一つのセルの中に、ほかの行が入り込んでいるようです"]


@pytest.mark.parametrize("cell", ['"山田" "花子"', '""山田""'])
def test_a_cell_that_goes_on_behind_its_quotes_is_refused(text_file, read, cell: str) -> None:
    with pytest.raises(FileRefused, match="引用符"):
        read(text_file(lines(HEAD, ROW.replace("山田　花子", cell), OTHER)))


def test_quotes_line_ends_and_tabs_inside_a_cell_are_kept_and_flagged(read_rows) -> None:
    reading = read_rows(MEMBER | {"氏名": '山田 "ハナ"\r\n\t花子'}, MEMBER | {"組合員番号": "00000020"})
    assert reading.rows["name"].to_list() == ['山田 "ハナ"\r\n\t花子', "山田　花子"]
    assert reading.rows["row"].to_list() == [2, 3]
    assert reading.problems.is_empty()
    assert "|2|氏名|セルの中に改行かタブがあります。そのまま取り込みました|1" in remarks(reading)


def test_a_file_without_rows_is_read_as_none(text_file, read) -> None:
    assert read(text_file(HEAD)).rows.height == 0
    assert read(text_file(HEAD + "\r\n")).rows.height == 0


def test_leading_zeros_stay(read_rows) -> None:
    assert read_rows(CONTRACT | {"契約番号": "0007"}).rows["contract_no"].to_list() == ["0007"]


cells = st.text(st.sampled_from(list('a,"\t\n\r 山')), max_size=4)


@given(st.lists(st.lists(cells, min_size=1, max_size=4), min_size=1, max_size=6), st.sampled_from(["\n", "\r\n"]))
def test_the_parts_read_what_a_correct_writer_wrote(rows: list[list[str]], end: str) -> None:
    written = StringIO()
    writer = csv.writer(written, lineterminator=end, quoting=csv.QUOTE_ALL)
    writer.writerow(["h1", "h2", "h3"])
    writer.writerows(rows)
    body = delimited.sheet_of(written.getvalue(), ",", "x").body(1)
    names = cell_columns(body)
    read = [list(row) for row in body.select(names).iter_rows()]
    assert read == [row + [""] * (len(names) - len(row)) for row in rows]


@pytest.mark.parametrize("width", [1, 3])
@given(text=st.text(st.sampled_from(list('ab,"\n\r')), max_size=30))
@example(text='"""')
@example(text='"" ""\n')
@example(text='" "a","\n')
@example(text="a,b,\n\na,b,,")
def test_the_fast_part_gives_what_the_exact_part_gives_or_nothing(width: int, text: str) -> None:
    fast = delimited._regular(text, ",", width)
    if fast is None:
        return
    exact = delimited._irregular(text, ",", width, "x", 0)
    assert fast.select(cell_columns(fast)).rows() == exact.select(cell_columns(exact)).rows()
    blank = (width == 1) & (exact["c0"] == "")  # of a single column, a blank line is an empty cell
    assert ((exact["cells"] == width) | blank).all()


def test_sixty_thousand_contracts_are_read_whole(text_file, read) -> None:
    row = '"{:010d}","{:08d}","火災共済","住宅","本人","10","1200","20200401","","99999999"\r\n'
    head = "契約番号,組合員番号,共済種類,タイプ,被共済者,口数,月額掛金,発効日,満期日,終了日\r\n"
    path = text_file((head + "".join(row.format(i, i // 3) for i in range(60_000))).encode("cp932"))
    reading = read(path)
    assert reading.rows.height == 60_000
    assert reading.rows.select(pl.col("ended_on").eq("").all()).item()
