"""An openpyxl workbook as the bytes of a file: the same every time, in memory only, naming no person and no machine.

openpyxl's own `save` stamps the clock, keeps each sheet as a readable temporary file on disk, orders merged cells by hash and
writes a font's children in an order that strict readers refuse. Sources: ECMA-376 Part 1, 18.8.22 (font), 18.4.7 (rPr).
"""

import io
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

from openpyxl import Workbook
from openpyxl.packaging.core import DocumentProperties
from openpyxl.packaging.custom import CustomPropertyList
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.worksheet.merge import MergeCell, MergeCells
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the first moment a zip entry can have
_FONT_ORDER = ["rFont", "b", "i", "strike", "condense", "extend", "outline", "shadow", "u", "vertAlign", "sz", "color", "name", "family", "charset", "scheme"]  # fmt: skip
_STYLES = "xl/styles.xml"
_FONT = re.compile(rb"<(font|rPr)>(.*?)</\1>", re.DOTALL)
_CHILD = re.compile(rb"<(\w+)[^>]*/>")


@dataclass(frozen=True)
class RowsBetween:
    """Rows of a sheet that openpyxl does not know, as XML; they stand in front of its row `before`."""

    before: int
    xml: bytes


def save(workbook: Workbook, as_of: date, between: Mapping[str, RowsBetween] | None = None) -> bytes:
    """The workbook as .xlsx bytes. Equal contents and an equal `as_of` give equal bytes; nothing touches the disk.

    `between`: further rows, by the sheet's name.
    """
    return _zip(parts_of(workbook, as_of, between))


def parts_of(workbook: Workbook, as_of: date, between: Mapping[str, RowsBetween] | None = None) -> dict[str, bytes]:
    """The parts of the .xlsx file by name, as `save` would pack them."""
    stamp = datetime(as_of.year, as_of.month, as_of.day, tzinfo=UTC).replace(tzinfo=None)
    workbook.properties = DocumentProperties(creator=None, created=stamp, modified=stamp)
    workbook.custom_doc_props = CustomPropertyList()
    parts = _Parts()
    _MemoryWriter(workbook, parts, between or {}).write_data()
    return {name: _mended(name, data) for name, data in parts.items()}


class _Parts(dict[str, bytes]):
    """Takes the place of openpyxl's zip archive: the parts by name, in the order of writing."""

    def writestr(self, name: str, data: bytes | str) -> None:
        self[name] = data.encode() if isinstance(data, str) else data

    def namelist(self) -> list[str]:
        return list(self)


class _MemoryWriter(ExcelWriter):  # type: ignore[misc]  # openpyxl ships no types
    def __init__(self, workbook: Workbook, parts: _Parts, between: Mapping[str, RowsBetween]) -> None:
        super().__init__(workbook, parts)
        self._between = between

    def write_worksheet(self, ws: Worksheet) -> None:
        writer = _SheetWriter(ws, out=io.BytesIO())
        writer.write()
        ws._drawing = None
        ws._rels = writer._rels
        data = writer.out.getvalue()
        if rows := self._between.get(ws.title):
            place = data.index(b'<row r="%d"' % rows.before)
            data = b"".join((data[:place], rows.xml, data[place:]))
        self._archive.writestr(ws.path[1:], data)
        self.manifest.append(ws)


class _SheetWriter(WorksheetWriter):  # type: ignore[misc]  # openpyxl ships no types
    def write_merged_cells(self) -> None:
        if merged := self.ws.merged_cells:
            cells = [MergeCell(str(found)) for found in merged.sorted()]
            self.xf.send(MergeCells(mergeCell=cells).to_tree())


def _mended(name: str, data: bytes) -> bytes:
    if name.startswith("xl/worksheets/"):
        # Without this mark a cell of spaces alone, or with a line end at its edge, is read back empty or trimmed.
        data = data.replace(b"<t>", b'<t xml:space="preserve">')
    return _FONT.sub(_in_schema_order, data) if name == _STYLES or b"<rPr>" in data else data


def _in_schema_order(found: re.Match[bytes]) -> bytes:
    children = sorted(_CHILD.finditer(found[2]), key=lambda child: _FONT_ORDER.index(child[1].decode()))
    return b"<%b>%b</%b>" % (found[1], b"".join(child[0] for child in children), found[1])


def entry_order(name: str) -> tuple[bool, bool, str]:
    """The table of contents first, where every reader looks for it."""
    return name != "[Content_Types].xml", name != "_rels/.rels", name


def _zip(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in sorted(parts, key=entry_order):
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.create_system = 0  # else Windows and Linux would differ
            archive.writestr(entry, parts[name], zipfile.ZIP_DEFLATED, 6)
    return out.getvalue()
