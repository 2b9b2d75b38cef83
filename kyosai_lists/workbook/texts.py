"""How a text must stand in a workbook's XML, so that every reader gives back exactly that text. Both writers use it.

Sources: ECMA-376 Part 1, 22.9.2.19 (ST_Xstring and its `_xHHHH_` escapes); Excel's specifications and limits (32,767
characters a cell, counted in UTF-16 units).
"""

import re

from kyosai_lists.errors import ExportError
from kyosai_lists.text import forbidden_control

CELL_LIMIT = 32_767
# An underscore that Excel would read as the start of an escape; one before a CR too, since the CR's own escape closes it.
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}[_\r])")
# Typed again (F2, Enter), text with one of these in front would turn into a formula or lose its first character.
_FORMULA_STARTS = frozenset("=+-@＝＋－＠'")


def fits(text: str) -> bool:
    """Whether Excel can hold the whole text in one cell."""
    return len(text) <= CELL_LIMIT // 2 or len(text.encode("utf-16-le", "surrogatepass")) // 2 <= CELL_LIMIT


def escaped(text: str) -> str:
    """The text as it must stand in the file, so that Excel and calamine read back exactly `text`."""
    return _LOOKS_ESCAPED.sub("_x005F_", text).replace("\r", "_x000D_")


def reads_as_formula(text: str) -> bool:
    """Whether Excel would take the text for something else when somebody types it again: such a cell is marked as text."""
    return text.lstrip()[:1] in _FORMULA_STARTS and bool(text.strip())


def is_writable(text: str) -> bool:
    """Whether a cell can hold the text: it `fits`, and no character in it would corrupt the file."""
    return fits(text) and not forbidden_control(text)


def refusal(text: str, sheet: str, coordinate: str) -> ExportError:
    """Why a text that is not writable cannot stand in this cell; it does not show the text."""
    if not fits(text):
        return ExportError(
            f"シート「{sheet}」の{coordinate}に入れる文字が、Excelの1つのセルの上限(32,767文字)を超えています。",
            "元の名簿で、長すぎる項目を短くして、もう一度出してください。",
        )
    return ExportError(
        f"シート「{sheet}」の{coordinate}に、Excelのファイルに書けない文字があります。",
        "元の名簿で、その文字を打ち直して、もう一度出してください。",
    )
