"""A workbook read back through `_meta`."""

import io

import polars as pl
import pytest
from openpyxl import load_workbook
from workbook_samples import RUN, list_sheet, listed, person, union_book, workplaces

from kyosai_lists.errors import FileRefused
from kyosai_lists.workbook.fill import fill
from kyosai_lists.workbook.read_back import read_book


@pytest.fixture(scope="module")
def data(template):
    people = [*workplaces(2, 3, 1), person(7, discreet=True)]
    return fill(template, union_book(people, list_sheet([listed(1), listed(7)])), RUN)


def test_it_says_whose_workbook_it_is_and_who_is_on_a_list(data):
    book = read_book(data)
    (list_id,) = book.meta.lists
    rows = book.listed(list_id)
    assert rows.schema == {"member_no": pl.String, "name": pl.String}
    assert rows["member_no"].to_list() == [listed(1)["member_no"], listed(7)["member_no"]]
    assert rows["name"].to_list() == [listed(1)["name"], listed(7)["name"]]
    assert book.meta.facts["run"] == RUN.run_id


def test_a_list_that_the_run_did_not_have_has_nobody(data):
    assert read_book(data).listed("no-such-list").is_empty()


def without_meta(data):
    workbook = load_workbook(io.BytesIO(data))
    del workbook["_meta"]
    saved = io.BytesIO()
    workbook.save(saved)
    return saved.getvalue()


@pytest.mark.parametrize(
    "spoil", [lambda _: b"", lambda d: d[: len(d) // 2], without_meta], ids=["empty", "cut", "no meta"]
)
def test_what_is_no_workbook_of_ours_is_refused(data, spoil):
    with pytest.raises(FileRefused, match="名簿ではないか、壊れています"):
        read_book(spoil(data))
