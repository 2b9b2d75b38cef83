"""A workbook's package, looked at before the Excel reader opens it: whether every part is whole and harmless, the 1904 date
system, and of each sheet how far it reaches and which cells the reader gets wrong.

Source: ECMA-376 18.2.28 (workbookPr).
"""

import re
import zlib
from dataclasses import dataclass
from posixpath import join, normpath

from kyosai_lists.intake.opening.sheet_look import SheetLook, look_at
from kyosai_lists.intake.opening.trim import WORTH_TRIMMING, without_empty_rows
from kyosai_lists.intake.opening.zip_look import Lies, Part, parts_of, unpacked, whole, without_declarations
from kyosai_lists.intake.refusal import DAMAGED, refused

_WORKBOOK = "xl/workbook.xml"
_RELATIONS = "xl/_rels/workbook.xml.rels"
_SMALL = 64 << 20  # what lists the sheets
_EPOCH_1904 = re.compile(rb"<(?:\w+:)?workbookPr\b[^>]*\bdate1904\s*=\s*[\"'](?:1|true|on)[\"']")
_SHEET = re.compile(rb"<(?:\w+:)?sheet\b[^>]*?\b\w+:id\s*=\s*[\"']([^\"']+)[\"']")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>")
_ATTRIBUTE = re.compile(rb"\b(Id|Target)\s*=\s*[\"']([^\"']+)[\"']")


@dataclass(frozen=True)
class Package:
    """`data`: the workbook for the Excel reader. `sheets`: in the workbook's order."""

    data: bytes
    epoch_1904: bool
    sheets: tuple[SheetLook, ...]

    def sheet(self, index: int) -> SheetLook:
        return self.sheets[index] if index < len(self.sheets) else SheetLook()


def package_of(data: bytes, file: str) -> Package:
    """
    Raises:
        FileRefused: the zip or a part of it is damaged, or such as no spreadsheet program writes.
    """
    parts = parts_of(data, file)
    try:
        workbook = whole(data, parts, _WORKBOOK, _SMALL)
        epoch_1904 = bool(_EPOCH_1904.search(workbook))
        sheets = _sheet_parts(data, parts, workbook)
        looks = {part.name: _look(data, part, part.name in sheets, epoch_1904) for part in parts.values()}
    except (Lies, zlib.error, ValueError) as error:
        raise refused(file, DAMAGED) from error
    if sum(look.passed_over for look in looks.values()) > WORTH_TRIMMING:
        data = without_empty_rows(data, parts.values(), sheets)
    return Package(data, epoch_1904, tuple(looks.get(sheet, SheetLook()) for sheet in sheets))


def _look(data: bytes, part: Part, is_sheet: bool, epoch_1904: bool) -> SheetLook:
    """Unpacks the part to its end, where its size and checksum are compared; the Excel reader stops before that."""
    pieces = without_declarations(unpacked(data, part), "" if is_sheet else part.name)
    if is_sheet:
        return look_at(pieces, epoch_1904=epoch_1904)
    for _ in pieces:
        pass
    return SheetLook()


def _sheet_parts(data: bytes, parts: dict[str, Part], workbook: bytes) -> list[str]:
    if _RELATIONS not in parts:
        return []
    targets: dict[bytes, str] = {}
    for relation in _RELATION.findall(whole(data, parts, _RELATIONS, _SMALL)):
        attributes = dict(_ATTRIBUTE.findall(relation))
        target = attributes.get(b"Target", b"").decode()
        targets[attributes.get(b"Id", b"")] = (
            target.lstrip("/") if target.startswith("/") else normpath(join("xl", target))
        )
    return [targets.get(sheet, "") for sheet in _SHEET.findall(workbook)]
