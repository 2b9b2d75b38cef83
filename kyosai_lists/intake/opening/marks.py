"""A text without its letters: what is left of it tells at once whether each row is one line of so many cells, and all characters plain."""

import re
from dataclasses import dataclass

_QUOTE = b'"'
# Bytes of UTF-8 that may be of a character that `rows.check` has to say something of: controls, private use, beyond 16 bits.
_ODD = bytes([*range(0x20), 0x7F, 0xC2, 0xEE, *range(0xF0, 0x100)])
_ODD_AFTER_EF = re.compile(rb"\xef(?:[\x80-\xa3]|\xbf[\xbd-\xbf])")  # private use, what was not decoded, no characters


@dataclass(frozen=True)
class Regular:
    """`plain`: surely no character in any cell is a tab, a control, private, undecodable, or none at all."""

    rows: int
    plain: bool


def regular(text: bytes, delimiter: str, width: int) -> Regular | None:
    """Of a UTF-8 `text` whose rows are one line each, of `width` cells, in quotes or not, none of them with a quote in it; else None.

    Letters outside a cell's quotes are not seen here, and a blank line is one empty cell.
    """
    between = delimiter.encode()
    structure = _QUOTE + b"\r\n" + between
    odd = _ODD.translate(None, structure)
    marks = text.translate(None, bytes(range(0x100)).translate(None, structure + odd))
    seen = marks.translate(None, structure)
    marks = marks.translate(None, odd) if seen else marks
    marks += b"" if text.endswith(b"\n") else b"\n"
    rows, first = marks.count(b"\n"), marks[: marks.index(b"\n") + 1]
    lines = {first} if marks == first * rows else {line + b"\n" for line in marks[:-1].split(b"\n")}
    cell = rb'(?:"%b*")?' % re.escape(between)
    row = re.compile(rb"%b(?:%b%b){%d}\r?\n" % (cell, re.escape(between), cell, width - 1))
    if not text or not all(row.fullmatch(line) for line in lines):
        return None
    if any(not line.endswith(b'"\r\n') for line in lines) and text.count(b"\r") != text.count(b"\r\n"):
        return None
    in_cells = delimiter == "\t" and _QUOTE in text
    return Regular(rows, plain=not seen and not in_cells and not _ODD_AFTER_EF.search(text))
