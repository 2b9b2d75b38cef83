"""What the Excel reader does not tell of a workbook: whether every part is whole, the 1904 date system, error cells.

The reader gives an error cell (#N/A) as an empty one, and the day that never was (serial 60, 29 February 1900) as the 28th.
Source: ECMA-376 18.2.28 (workbookPr), 18.3.1.4 (c), 18.17.4.1 (serials).
"""

import re
import zlib
from dataclasses import dataclass
from io import BytesIO
from posixpath import join, normpath
from zipfile import BadZipFile, ZipFile

from kyosai_lists.intake.refusal import DAMAGED, refused

_CHUNK = 1 << 20
_WORKBOOK = "xl/workbook.xml"
_RELATIONS = "xl/_rels/workbook.xml.rels"
_EPOCH_1904 = re.compile(rb"<(?:\w+:)?workbookPr\b[^>]*\bdate1904\s*=\s*[\"'](?:1|true|on)[\"']")
_SHEET = re.compile(rb"<(?:\w+:)?sheet\b[^>]*?\b\w+:id\s*=\s*[\"']([^\"']+)[\"']")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>")
_ATTRIBUTE = re.compile(rb"\b(Id|Target)\s*=\s*[\"']([^\"']+)[\"']")
_CELL = re.compile(rb"<(?:\w+:)?c\b([^>]*[^/>])>(.*?)</(?:\w+:)?c>", re.DOTALL)
_VALUE = re.compile(rb"<(?:\w+:)?v>([^<]*)</(?:\w+:)?v>")
_REFERENCE = re.compile(rb"\br\s*=\s*[\"']([A-Z]{1,3})([0-9]{1,7})[\"']")
_ERROR = re.compile(rb"\bt\s*=\s*[\"']e[\"']")


@dataclass(frozen=True)
class Package:
    """`shown`: for each sheet in the workbook's order, (row, column) from 0 → the text of a cell that the reader gets wrong."""

    epoch_1904: bool
    shown: tuple[dict[tuple[int, int], str], ...]


def package_of(data: bytes, file: str) -> Package:
    """
    Raises:
        FileRefused: a part of the zip is damaged.
    """
    try:
        with ZipFile(BytesIO(data)) as package:
            _check_whole(package)
            workbook = package.read(_WORKBOOK)
            epoch_1904 = bool(_EPOCH_1904.search(workbook))
            sheets = _sheet_parts(package, workbook)
            return Package(epoch_1904, tuple(_misread(package, part, epoch_1904) for part in sheets))
    except (
        BadZipFile,
        zlib.error,
        OSError,
        EOFError,
        KeyError,
        ValueError,
        NotImplementedError,
        RuntimeError,
    ) as error:
        raise refused(file, DAMAGED) from error


def _check_whole(package: ZipFile) -> None:
    """Reads every part to its end, where the zip's checksum is compared; the Excel reader stops before it."""
    for part in package.infolist():
        with package.open(part) as stream:
            while stream.read(_CHUNK):
                pass


def _sheet_parts(package: ZipFile, workbook: bytes) -> list[str]:
    if _RELATIONS not in package.namelist():
        return []
    targets: dict[bytes, str] = {}
    for relation in _RELATION.findall(package.read(_RELATIONS)):
        attributes = dict(_ATTRIBUTE.findall(relation))
        target = attributes.get(b"Target", b"").decode()
        targets[attributes.get(b"Id", b"")] = (
            target.lstrip("/") if target.startswith("/") else normpath(join("xl", target))
        )
    return [targets.get(sheet, "") for sheet in _SHEET.findall(workbook)]


def _misread(package: ZipFile, part: str, epoch_1904: bool) -> dict[tuple[int, int], str]:
    if part not in package.namelist():
        return {}
    xml = package.read(part)
    no_such_day = not epoch_1904 and b"<v>60</v>" in xml
    if not (_ERROR.search(xml) or no_such_day):
        return {}
    shown: dict[tuple[int, int], str] = {}
    for attributes, inner in _CELL.findall(xml):
        value, reference = _VALUE.search(inner), _REFERENCE.search(attributes)
        if not value or not reference:
            continue
        if _ERROR.search(attributes) or (no_such_day and value[1] == b"60" and b't="s"' not in attributes):
            shown[int(reference[2]) - 1, _column(reference[1])] = value[1].decode()
    return shown


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number - 1
