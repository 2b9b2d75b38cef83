"""What the Excel reader does not tell of a sheet, found in passing over its XML: how far it reaches, cells that it misreads.

The reader lays out every cell between the first and the last value, so that two values in opposite corners are more than
any computer holds. An error cell (#N/A) it gives as an empty one, the day that never was (serial 60) as the 28th.
Source: ECMA-376 18.3.1.4 (c), 18.17.4.1 (serials).
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

_END_OF_ROW = b"row>"
_LONGEST_ROW = 32 << 20
# "<" never stands inside a tag: a search that cannot pass it takes time in proportion to the sheet, whatever is written there.
_PLACE = rb"\br\s*=\s*[\"']([A-Za-z]{1,9})([0-9]{1,12})[\"']"
_HOLDS = rb"[^<>]*(?<!/)>\s*<(?!/)"
_PLAIN_CELL = re.compile(rb'<c r="([A-Za-z]{1,9})([0-9]{1,12})"' + _HOLDS)
_PLACED_CELL = re.compile(rb"<(?:\w+:)?c\s[^<>]*?" + _PLACE + _HOLDS)
_CELL = re.compile(rb"<(?:\w+:)?c(?=[\s>])([^<>]*)(?<!/)>\s*<(?!/)")
_ROW = re.compile(rb"<(?:\w+:)?row(?=[\s/>])")
_ROW_PLACE = re.compile(rb"<(?:\w+:)?row\s[^<>]*?\br\s*=\s*[\"']([0-9]{1,12})[\"']")
_ROW_WITHOUT_PLACE = re.compile(rb"<(?:\w+:)?row(?=[\s/>])(?![^<>]*\br\s*=)")
_FILLED = re.compile(
    rb"<(?:\w+:)?c(?=[\s>])([^<>]*)(?<!/)>\s*(?:<(?:\w+:)?f\b[^<>]*(?:/>|>[^<]*</(?:\w+:)?f>))?\s*<(?:\w+:)?v>([^<]*)<"
)
_REFERENCE = re.compile(_PLACE)
_ERROR = re.compile(rb"\bt\s*=\s*[\"']e[\"']")


@dataclass
class SheetLook:
    """`rows`, `columns`: how far the sheet's values reach, counted from its upper left corner; rather too much than too little.

    `passed_over`: bytes of rows without a value. `shown`: (row, column) from 0 → the text of a cell that the reader gets wrong.
    """

    rows: int = 0
    columns: int = 0
    passed_over: int = 0
    shown: dict[tuple[int, int], str] = field(default_factory=dict)


def look_at(pieces: Iterable[bytes], *, epoch_1904: bool) -> SheetLook:
    look = SheetLook()
    bare_rows = bare_cells = 0
    for rows in whole_rows(pieces):
        bare_rows += _rows_without_place(rows)
        # A bordered cell without a value is nothing to the reader; a million rows of them are passed over here.
        if not holds_values(rows):
            look.passed_over += len(rows)
            continue
        plain = rows.count(b"<c") == rows.count(b'<c r="') and b":c" not in rows
        places = (_PLAIN_CELL if plain else _PLACED_CELL).findall(rows)
        look.columns = max(look.columns, *(column_number(column.upper()) for column in {c for c, _ in places}), 0)
        look.rows = max(look.rows, *(int(row) for row in {row for _, row in places}), 0)
        if not plain:
            look.rows = max(look.rows, *map(int, _ROW_PLACE.findall(rows)), 0)
            bare_cells = max(bare_cells, _most_cells_without_place(rows, len(places)))
        if b'"e"' in rows or b"'e'" in rows or (not epoch_1904 and b">60<" in rows):
            look.shown.update(_misread(rows, epoch_1904=epoch_1904))
    # Rows and cells without a place of their own follow the one before.
    look.rows += bare_rows
    look.columns += bare_cells
    return look


def holds_values(rows: bytes) -> bool:
    """False only if no cell in there has a value; True in doubt."""
    return b"v>" in rows or b"is>" in rows


def _rows_without_place(rows: bytes) -> int:
    if rows.count(b"<row") == rows.count(b'<row r="') and b":row" not in rows:
        return 0
    return len(_ROW_WITHOUT_PLACE.findall(rows))


def whole_rows(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes, cut at ends of rows; a row longer than any real one is cut anywhere."""
    waiting: list[bytes] = []
    length = 0
    for piece in pieces:
        end = piece.rfind(_END_OF_ROW)
        if end < 0 and length < _LONGEST_ROW:
            waiting.append(piece)
            length += len(piece)
            continue
        end = end + len(_END_OF_ROW) if end >= 0 else len(piece)
        yield b"".join([*waiting, piece[:end]])
        waiting, length = [piece[end:]], len(piece) - end
    yield b"".join(waiting)


def _most_cells_without_place(rows: bytes, placed: int) -> int:
    """The most cells without a place of their own that one row holds."""
    if len(_CELL.findall(rows)) == placed:
        return 0
    bare = (sum(not _REFERENCE.search(cell) for cell in _CELL.findall(row)) for row in _ROW.split(rows))
    return max(bare, default=0)


def _misread(rows: bytes, *, epoch_1904: bool) -> Iterator[tuple[tuple[int, int], str]]:
    for attributes, value in _FILLED.findall(rows):
        never_was = not epoch_1904 and value == b"60" and b't="s"' not in attributes
        place = _REFERENCE.search(attributes)
        if place and (never_was or _ERROR.search(attributes)):
            yield (int(place[2]) - 1, column_number(place[1].upper()) - 1), value.decode()


def column_number(letters: bytes) -> int:
    """A → 1, AA → 27."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number
