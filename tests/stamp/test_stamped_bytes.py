"""The same bytes every time; nothing on disk; what all workbooks share is written once."""

import hashlib
import io
import os
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import NoReturn

import pytest

from kyosai_lists.stamp.batches import batches
from kyosai_lists.stamp.compiled import compiled
from kyosai_lists.stamp.container import Entry
from kyosai_lists.stamp.stamp import stamped
from kyosai_lists.workbook.package import entry_order
from kyosai_lists.workbook.template import CallListTemplate
from tests.stamp.stamping import run_of, stamped_book, stamped_books
from tests.workbook.workbook_samples import RUN, TEMPLATE_PATH, list_sheet, listed, person, union_book, workplaces

BOOK = union_book([*workplaces(3, 20, 1), person(25, name="= 一", discreet=True)], list_sheet([listed(1), listed(2)]))

PRINTS_ITS_HASH = """
import hashlib
from kyosai_lists.workbook.template import CallListTemplate
from tests.stamp.stamping import stamped_book
from tests.stamp.test_stamped_bytes import BOOK, TEMPLATE_PATH
print(hashlib.sha256(stamped_book(CallListTemplate.load(TEMPLATE_PATH), BOOK)).hexdigest())
"""


@pytest.fixture(scope="module")
def template() -> CallListTemplate:
    return CallListTemplate.load(TEMPLATE_PATH)


def test_two_processes_with_different_hash_seeds_make_the_same_bytes() -> None:
    hashes = {
        subprocess.run(
            [sys.executable, "-c", PRINTS_ITS_HASH],
            env=os.environ | {"PYTHONHASHSEED": seed},
            cwd=Path(__file__).parents[2],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(hashes) == 1


def test_a_part_is_deflated_to_the_same_bytes_on_every_processor() -> None:
    """A reprint, perhaps on another computer, is the file that was handed out. (ISA-L chose by the processor, once in hundreds of
    starts otherwise than the next time.) Another version of libdeflate may write other bytes: then reprints will say so.
    """
    link = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"
    part = "".join(
        f'<Relationship Type="{link}" Target="/xl/worksheets/sheet{n}.xml" Id="rId{n}"/>' for n in range(1, 5)
    )
    made = hashlib.sha256(Entry.of("a", [part.encode()]).data).hexdigest()
    assert made == "fe1aac94c203898efc65c7f1f6d733e5382b178a09c30ab6204296218f661fc7"


def test_entries_carry_no_clock_and_no_system_and_stand_in_the_usual_order(template: CallListTemplate) -> None:
    with zipfile.ZipFile(io.BytesIO(stamped_book(template, BOOK))) as archive:
        entries = archive.infolist()
    assert {entry.date_time for entry in entries} == {(1980, 1, 1, 0, 0, 0)}
    assert {entry.create_system for entry in entries} == {0}
    assert {entry.compress_type for entry in entries} == {zipfile.ZIP_DEFLATED}
    names = [entry.filename for entry in entries]
    assert names == sorted(names, key=entry_order)
    assert names[0] == "[Content_Types].xml"


def test_shared_parts_are_the_very_same_bytes_in_every_workbook(template: CallListTemplate) -> None:
    other = union_book([person(1)], list_sheet([]), union_code="17002")
    one, two = (book.data for book in stamped_books(template, BOOK, other))
    for name in ("xl/styles.xml", "xl/theme/theme1.xml"):
        with zipfile.ZipFile(io.BytesIO(one)) as archive:
            entry = archive.getinfo(name)
        start = entry.header_offset + 30 + len(name)
        assert one[start : start + entry.compress_size] in two


def test_nothing_is_ever_a_temporary_file(template: CallListTemplate, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: object, **_kwargs: object) -> NoReturn:
        raise AssertionError("a readable file on disk")

    for name in ("NamedTemporaryFile", "TemporaryFile", "mkstemp", "SpooledTemporaryFile"):
        monkeypatch.setattr(tempfile, name, refuse)
    assert stamped_book(template, BOOK)


def test_one_compiled_run_stamps_many_times_alike(template: CallListTemplate) -> None:
    books = run_of(BOOK)
    run = compiled(template, RUN, books.lists)
    first, second = (next(stamped(run, books)).data for _ in range(2))
    assert first == second


def test_unions_whose_rows_do_not_stand_together_are_refused() -> None:
    books = run_of(
        union_book([person(1)], union_code="17001"),
        union_book([person(1)], union_code="17002"),
        union_book([person(2)], union_code="17001"),
    )
    with pytest.raises(ValueError, match="together"):
        list(batches(books))


def test_unions_are_taken_in_the_order_asked_for_wherever_their_rows_stand(template: CallListTemplate) -> None:
    one = union_book([person(1, name="甲")], list_sheet([listed(1)]), union_code="17001")
    two = union_book([person(1, name="乙")], list_sheet([listed(1)]), union_code="17002")
    books = run_of(one, two)
    turned = run_of(two, one)
    mixed = type(books)(books.unions, turned.people, turned.lists)
    run = compiled(template, RUN, books.lists)
    assert [book.data for book in stamped(run, mixed)] == [book.data for book in stamped(run, books)]


def test_batches_hold_whole_unions(template: CallListTemplate, monkeypatch: pytest.MonkeyPatch) -> None:
    import kyosai_lists.stamp.batches as module

    many = [union_book(workplaces(4, 3), union_code=f"17{n:03}") for n in range(9)]
    books = run_of(*many)
    run = compiled(template, RUN, books.lists)
    whole = [book.data for book in stamped(run, books)]
    monkeypatch.setattr(module, "ROWS", 15)
    assert [len(batch.unions) for batch in batches(books)] == [3, 3, 3]
    assert [book.data for book in stamped(run, books)] == whole
