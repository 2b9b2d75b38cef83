"""What the stamping writer is timed against: openpyxl filling the same template, XlsxWriter writing the same rows, the floor."""

import zipfile
from collections.abc import Iterator
from io import BytesIO

import polars as pl

from kyosai_lists.stamp.container import Entry, packed
from kyosai_lists.workbook.fill import fill
from kyosai_lists.workbook.model import RunBooks
from kyosai_lists.workbook.template import CallListTemplate
from tests.benchmarks.made_unions import RUN


def filled(template: CallListTemplate, books: RunBooks) -> Iterator[bytes]:
    return (fill(template, book, RUN) for book in books.books() if not book.people.is_empty())


def written_by_xlsxwriter(books: RunBooks) -> Iterator[bytes]:
    """The rows of each union's sheets, each column with a look of its own; no cover, no template, no print set-up."""
    import xlsxwriter  # no dependency: this comparison alone needs it

    for book in books.books():
        out = BytesIO()
        with xlsxwriter.Workbook(
            out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        ) as file:
            looks = [file.add_format({"border": 1, "font_size": size}) for size in range(8, 24)]
            for name, rows in [("名簿", book.people), *((found.title, found.rows) for found in book.lists)]:
                if not rows.is_empty():
                    _write(file.add_worksheet(name), rows, looks)
        yield out.getvalue()


def _write(sheet, rows: pl.DataFrame, looks) -> None:  # type: ignore[no-untyped-def]  # XlsxWriter ships no types
    sheet.write_row(0, 0, rows.columns)
    for number, row in enumerate(rows.iter_rows(), start=1):
        for column, value in enumerate(row):
            sheet.write(number, column, value, looks[column])


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def deflated(contents: list[dict[str, bytes]]) -> Iterator[bytes]:
    """The floor: every part of every workbook deflated and packed, nothing else."""
    return (packed(Entry.of(name, data) for name, data in parts.items()) for parts in contents)
