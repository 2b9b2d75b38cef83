"""What the stamping writer is timed against: openpyxl filling the same template, the floor. (XlsxWriter: `beside_xlsxwriter`.)"""

import zipfile
from collections.abc import Iterator
from io import BytesIO

from kyosai_lists.stamp.container import Entry, packed
from kyosai_lists.workbook.fill import fill
from kyosai_lists.workbook.model import RunBooks, RunHeader
from kyosai_lists.workbook.template import CallListTemplate


def filled(template: CallListTemplate, run: RunHeader, books: RunBooks) -> Iterator[bytes]:
    return (fill(template, book, run) for book in books.books() if not book.people.is_empty())


def parts_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def deflated(contents: list[dict[str, bytes]]) -> Iterator[bytes]:
    """The floor: every part of every workbook deflated and packed, nothing else."""
    return (packed(Entry.of(name, [data]) for name, data in parts.items()) for parts in contents)
