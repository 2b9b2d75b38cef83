"""Opens a stamped workbook again, before it is believed, and counts the people on each sheet, in a third of the time of writing it.

What is looked at: the directory of the zip file; every part, inflated, its checksum against the one in the directory; on
each sheet of people the rows that stand from the first one on. A reader of Excel files has more to say about the
XML itself (`workbook.check`), and takes longer than stamping does; it reads one of each sheet.
"""

import io
import re
import zipfile
from collections.abc import Iterable, Mapping

import deflate

from kyosai_lists.errors import ExportError
from kyosai_lists.stamp.bookparts import WORKBOOK, sheet_part
from kyosai_lists.stamp.container import HEADER_SIZE
from kyosai_lists.stamp.markup import quoted

_SHEET = re.compile(rb'<sheet name="([^"]*)"')
_ROW = b'<row r="'
_BORDER = b"</row>" + _ROW  # rows stand close together, and a longer text is found faster


def recounted(data: bytes, rows: Mapping[str, range]) -> dict[str, int]:
    """How many rows there are between the first and the last that people should stand in, `rows`, by the sheet's name.

    Raises:
        ExportError: the file is damaged.
    """
    try:
        parts = dict(_parts(data))
        names = _SHEET.findall(bytes(parts[WORKBOOK]))
        sheets = {name: parts[sheet_part(number)] for number, name in enumerate(names, start=1)}
        return {name: _rows(sheets[quoted(name).encode()], span) for name, span in rows.items()}
    except (zipfile.BadZipFile, deflate.DeflateError, KeyError, ValueError) as error:
        raise ExportError(
            "作ったファイルを読み直せませんでした。",
            "もう一度出してください。続くときは県支部の担当者に知らせてください。",
        ) from error


def _parts(data: bytes) -> Iterable[tuple[str, bytearray]]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for entry in archive.infolist():
            start = entry.header_offset + HEADER_SIZE + len(entry.filename.encode())
            part = deflate.deflate_decompress(data[start : start + entry.compress_size], entry.file_size)
            if len(part) != entry.file_size or deflate.crc32(part) != entry.CRC:
                raise ValueError(entry.filename)
            yield entry.filename, part


def _rows(sheet: bytearray, span: range) -> int:
    """Rows from the first of `span` to its last; 0 when either is not there."""
    start = sheet.find(b'%b%d"' % (_ROW, span.start))
    if start < 0:
        return 0
    last = sheet.rfind(b'%b%d"' % (_ROW, span.stop - 1), start)  # near the end
    return sheet.count(_BORDER, start, last + len(_ROW)) + 1 if last >= 0 else 0
