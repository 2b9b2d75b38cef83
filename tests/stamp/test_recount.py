"""A stamped workbook is opened again before it is believed: what is damaged or short is found."""

import io
import zipfile

import pytest

from kyosai_lists.errors import ExportError
from kyosai_lists.stamp.recount import recounted
from kyosai_lists.workbook.check import count_rows
from kyosai_lists.workbook.model import FinishedBook
from kyosai_lists.workbook.template import CallListTemplate
from tests.stamp.stamping import stamped_books
from tests.workbook.workbook_samples import TEMPLATE_PATH, list_sheet, listed, person, union_book, workplaces


@pytest.fixture(scope="module")
def book() -> FinishedBook:
    people = [*workplaces(3, 30), person(34, discreet=True)]
    rows = [listed(no) for no in range(1, 13)]
    (made,) = stamped_books(CallListTemplate.load(TEMPLATE_PATH), union_book(people, list_sheet(rows, title="A&B")))
    return made


def test_counts_what_a_reader_of_excel_files_counts(book: FinishedBook) -> None:
    assert recounted(book.data, book.rows) == count_rows(book.data) == {"名簿": 33, "担当限り": 1, "A&B": 12}


def test_no_flipped_bit_in_a_part_goes_unseen(book: FinishedBook) -> None:
    with zipfile.ZipFile(io.BytesIO(book.data)) as archive:
        entries = archive.infolist()
    for entry in entries:
        damaged = bytearray(book.data)
        damaged[entry.header_offset + 30 + len(entry.filename) + entry.compress_size // 2] ^= 1
        with pytest.raises(ExportError):
            recounted(bytes(damaged), book.rows)


@pytest.mark.parametrize("length", [0, 20, 4_000, -1])
def test_a_cut_file_is_refused(book: FinishedBook, length: int) -> None:
    with pytest.raises(ExportError):
        recounted(book.data[:length], book.rows)


@pytest.mark.parametrize("row", [2, 17, 34])
def test_a_missing_row_is_missed(book: FinishedBook, row: int) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book.data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            part = source.read(name)
            if name == "xl/worksheets/sheet2.xml":
                start = part.index(b'<row r="%d"' % row)
                part = part[:start] + part[part.index(b"</row>", start) + 6 :]
            target.writestr(name, part)
    assert recounted(out.getvalue(), book.rows)["名簿"] < 33
    assert count_rows(out.getvalue())["名簿"] == 32


def test_a_sheet_that_is_not_there_is_an_error(book: FinishedBook) -> None:
    with pytest.raises(ExportError):
        recounted(book.data, {**book.rows, "別の": range(2, 3)})
