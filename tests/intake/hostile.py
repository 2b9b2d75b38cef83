"""Workbooks that no spreadsheet program writes, made byte by byte."""

import zipfile
from collections.abc import Iterable
from pathlib import Path

from .conftest import MEMBER

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
SHEET = "xl/worksheets/sheet1.xml"
TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
PARTS = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{TYPES}.sheet.main+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1" Type="{OFFICE}/officeDocument" '
    'Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets><sheet name="名簿" sheetId="1" r:id="rId1"/>'
    "</sheets></workbook>",
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}"><Relationship Id="rId1" Type="{OFFICE}/worksheet" '
    'Target="worksheets/sheet1.xml"/></Relationships>',
}


def column(index: int) -> str:
    return chr(ord("A") + index) if index < 26 else f"A{chr(ord('A') + index - 26)}"


def row(number: int, values: Iterable[str]) -> str:
    cells = (f'<c r="{column(i)}{number}" t="inlineStr"><is><t>{v}</t></is></c>' for i, v in enumerate(values))
    return f'<row r="{number}">{"".join(cells)}</row>'


ONE_PERSON = row(1, MEMBER) + row(2, MEMBER.values())


def workbook(path: Path, rows: Iterable[str], parts: dict[str, str | bytes] | None = None) -> Path:
    """A workbook whose one sheet has `rows` (XML); `parts` come besides, or instead."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        with package.open(SHEET, "w", force_zip64=True) as sheet:
            sheet.write(f'<worksheet xmlns="{MAIN}"><sheetData>'.encode())
            for piece in rows:
                sheet.write(piece.encode())
            sheet.write(b"</sheetData></worksheet>")
        for name, content in {**PARTS, **(parts or {})}.items():
            package.writestr(name, content)
    return path


def bordered(last: int, columns: int) -> Iterable[str]:
    """One person, then rows of borders without a value down to `last`."""
    yield ONE_PERSON
    for start in range(3, last + 1, 1000):
        numbers = range(start, min(start + 1000, last + 1))
        yield "".join(
            f'<row r="{n}" s="1">{"".join(f"<c r={chr(34)}{column(i)}{n}{chr(34)} s={chr(34)}0{chr(34)}/>" for i in range(columns))}</row>'
            for n in numbers
        )


def patched(path: Path, part: str, at: int, value: int, size: int = 4) -> None:
    """Writes `value` over a field of the part's entry in the zip's directory."""
    data = bytearray(path.read_bytes())
    entry = data.rindex(part.encode()) - 46
    assert data[entry : entry + 4] == b"PK\x01\x02"
    data[entry + at : entry + at + size] = value.to_bytes(size, "little")
    path.write_bytes(data)


def bomb(path: Path, size: int) -> Path:
    """A workbook whose sheet unpacks to `size` bytes of blanks."""
    blank = " " * (1 << 20)
    return workbook(path, (blank for _ in range(size >> 20)))
