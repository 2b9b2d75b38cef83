"""The XML of a template's sheets as it came: what openpyxl reads otherwise than Excel means it is looked up there.

Source: ECMA-376 Part 1, 18.3.1.73 (row: `ht` is the height as last shown; it is somebody's wish only with `customHeight`).
"""

import io
import posixpath
import zipfile
from collections.abc import Mapping
from typing import Any

from openpyxl.xml.constants import PKG_REL_NS, REL_NS, SHEET_MAIN_NS
from openpyxl.xml.functions import fromstring

SheetXml = Mapping[str, Any]  # parsed sheets by name


def read_sheet_xml(data: bytes) -> SheetXml:
    """Every sheet's element, by the sheet's name."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        links = fromstring(archive.read("xl/_rels/workbook.xml.rels"))
        targets = {link.get("Id"): link.get("Target") for link in links.iter(f"{{{PKG_REL_NS}}}Relationship")}
        sheets = fromstring(archive.read("xl/workbook.xml")).iter(f"{{{SHEET_MAIN_NS}}}sheet")
        paths = {sheet.get("name"): targets[sheet.get(f"{{{REL_NS}}}id")] for sheet in sheets}
        return {name: fromstring(archive.read(posixpath.join("/xl", path)[1:])) for name, path in paths.items()}


def height_is_wished(sheet: Any, row: int) -> bool:
    """Whether somebody set the height of this row; what Excel alone worked out changes with the text."""
    wished = [
        found.get("customHeight") in {"1", "true"}
        for found in sheet.iter(f"{{{SHEET_MAIN_NS}}}row")
        if found.get("r") == str(row) and found.get("ht")
    ]
    return any(wished)
