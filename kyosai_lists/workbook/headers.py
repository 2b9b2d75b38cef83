"""Page headers and footers, kept as they were typed: openpyxl alone would keep one font and size for each third.

Source: ECMA-376 Part 1, 18.3.1.46 (headerFooter and its codes; `&&` is one ampersand; Excel takes 255 characters).
"""

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from openpyxl.worksheet.header_footer import HeaderFooterItem
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.xml.constants import SHEET_MAIN_NS

from kyosai_lists.errors import TemplateError
from kyosai_lists.workbook.sheetxml import SheetXml
from kyosai_lists.workbook.tokens import Wording

Headers = Mapping[str, str]  # oddHeader, evenFooter … -> Excel's coded text, which may hold tokens

KINDS = ("oddHeader", "oddFooter", "evenHeader", "evenFooter", "firstHeader", "firstFooter")
_LIMIT = 255


def read_headers(sheets: SheetXml) -> dict[str, Headers]:
    """The coded headers and footers of each sheet, by the sheet's name."""
    return {name: _coded(sheet) for name, sheet in sheets.items()}


def _coded(sheet: Any) -> Headers:
    found = {kind: sheet.find(f"{{{SHEET_MAIN_NS}}}headerFooter/{{{SHEET_MAIN_NS}}}{kind}") for kind in KINDS}
    return {kind: node.text for kind, node in found.items() if node is not None and node.text}


def write_headers(sheet: Worksheet, headers: Headers, value_of: Callable[[str], str]) -> None:
    """Puts the headers on the sheet with their tokens filled in; long values are shortened until Excel takes the line."""
    for kind, coded in headers.items():
        setattr(sheet.HeaderFooter, kind, _Verbatim(filled_header(sheet.title, Wording.of(coded), value_of)))


def filled_header(sheet: str, coded: Wording, value_of: Callable[[str], str]) -> str:
    """
    Raises:
        TemplateError: the header of this sheet is longer than Excel takes, however short its values are made.
    """
    for limit in (80, 40, 20, 10):
        line = coded.filled(lambda token, limit=limit: _one_line(value_of(token), limit))  # type: ignore[misc]
        if len(line) <= _LIMIT // 2 or len(line.encode("utf-16-le", "replace")) // 2 <= _LIMIT:
            return line
    raise TemplateError(
        f"シート「{sheet}」のヘッダーかフッターが、Excelの上限(255文字)を超えます。",
        "テンプレートのヘッダーとフッターの文を短くしてください。",
    )


@lru_cache(maxsize=1_000)  # every sheet of a workbook says the same of its union
def _one_line(value: str, limit: int) -> str:
    plain = " ".join(value.split())
    short = plain if len(plain) <= limit else plain[: limit - 1] + "…"
    return short.replace("&", "&&")


class _Verbatim(HeaderFooterItem):  # type: ignore[misc]  # openpyxl ships no types
    def __init__(self, coded: str) -> None:
        super().__init__()
        self.coded = coded

    def __str__(self) -> str:
        return self.coded

    def __bool__(self) -> bool:
        return bool(self.coded)
