"""Names that Windows and Excel take: of a union's file in its folder, and of a sheet in its workbook.

Sources: Microsoft "Naming Files, Paths, and Namespaces"; Excel's rules for sheet names (31 characters, none of \\ / ? * [ ] :).
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

from kyosai_lists.text import safe_file_part

CODE_LIMIT = 20
PART_LIMIT = 36  # with the code and the ending a name stays near 100 characters, and its path under 200
PART_BYTES = 90  # and under the 255 bytes that Linux and servers take for a name
SHEET_LIMIT = 31
_SHEET_FORBIDDEN = re.compile(r"[\\/?*\[\]:\x00-\x1f\x7f]")


def workbook_names(unions: Sequence[tuple[str, str]], title: str) -> list[str]:
    """File names for (union code, union name) pairs of one folder, in their order: `<code>_<name>_<title>.xlsx`.

    Two names that Windows or macOS would take for one (case, composed or decomposed letters) get `_2`, `_3` … at the end.
    """
    taken: set[str] = set()
    names: list[str] = []
    for code, name in unions:
        parts = (safe_file_part(code, CODE_LIMIT), _part(name), _part(title))
        names.append(_unique("_".join(parts), taken) + ".xlsx")
    return names


def sheet_names(titles: Sequence[str], reserved: Iterable[str] = ()) -> list[str]:
    """Sheet names for list titles, in their order: legal, at most 31 characters, different from each other and from `reserved`."""
    taken = {_sheet_key(name) for name in reserved} | {_sheet_key("History")}
    return [_unique_sheet(title, taken) for title in titles]


def _part(text: str) -> str:
    short = unicodedata.normalize("NFC", text)[:PART_LIMIT]
    while len(short.encode("utf-8", "replace")) > PART_BYTES:
        short = short[:-1]
    return safe_file_part(short, PART_LIMIT)


def _unique(stem: str, taken: set[str]) -> str:
    candidate, number = stem, 1
    while _file_key(candidate) in taken:
        number += 1
        candidate = f"{stem}_{number}"
    taken.add(_file_key(candidate))
    return candidate


def _file_key(name: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def _unique_sheet(title: str, taken: set[str]) -> str:
    plain = _SHEET_FORBIDDEN.sub("_", title).strip(" '") or "リスト"
    candidate, number = _cut_sheet(plain, ""), 1
    while _sheet_key(candidate) in taken:
        number += 1
        candidate = _cut_sheet(plain, f"_{number}")
    taken.add(_sheet_key(candidate))
    return candidate


def _cut_sheet(text: str, ending: str) -> str:
    """At most 31 UTF-16 units, which is how Excel counts."""
    while len((text + ending).encode("utf-16-le", "replace")) // 2 > SHEET_LIMIT:
        text = text[:-1]
    return text.rstrip(" '") + ending


@lru_cache(maxsize=1_000)  # almost every workbook of many lists has another choice of the same names
def _sheet_key(name: str) -> str:
    """Excel takes full and half width, upper and lower case, hiragana and katakana for one."""
    folded = unicodedata.normalize("NFKC", name).casefold()
    return "".join(chr(ord(c) + 0x60) if "ぁ" <= c <= "ゖ" else c for c in folded)
