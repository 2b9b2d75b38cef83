"""What is kept for the next workbooks stays small, and never changes what is written."""

from collections import Counter
from collections.abc import Mapping

import pytest
from openpyxl import Workbook

from kyosai_lists.stamp import metaform
from kyosai_lists.stamp.kept import Kept
from kyosai_lists.workbook.template import CallListTemplate
from tests.stamp.stamping import stamped_books
from tests.workbook.workbook_samples import TEMPLATE_PATH, edited, list_sheet, listed, union_book, workplaces


def test_no_more_is_kept_than_was_said() -> None:
    kept: Kept[int, str] = Kept(3)
    for number in range(10):
        assert kept.keep(number, str(number)) == str(number)
        assert len(kept) <= 3
    assert kept == {9: "9"}


def test_workbooks_are_the_same_when_hardly_anything_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    template = CallListTemplate.load(TEMPLATE_PATH)
    books = [
        union_book(workplaces(n, 2, n + 1), list_sheet([listed(no) for no in range(1, n)]), union_code=f"1700{n}")
        for n in range(1, 6)
    ]
    whole = [book.data for book in stamped_books(template, *books)]
    monkeypatch.setattr(Kept, "__init__", lambda self, most: setattr(self, "_most", 1))
    assert [book.data for book in stamped_books(template, *books)] == whole


def test_of_sheets_whose_headings_name_the_union_meta_writes_no_line_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    written: Counter[str] = Counter()
    plain = metaform.as_format

    def counted(markup: str, known: Mapping[str, str]) -> str:
        written[markup] += 1
        return plain(markup, known)

    def naming_the_union(workbook: Workbook) -> None:
        workbook["リスト"]["H5"] = "{{単組名}}での理由"

    monkeypatch.setattr(metaform, "as_format", counted)
    books = [
        union_book(workplaces(2), list_sheet([listed(1)]), union_code=f"1700{n}", union_name=f"{n}の組合")
        for n in (1, 2)
    ]
    stamped_books(edited(naming_the_union), *books)
    assert written
    assert max(written.values()) == 1
