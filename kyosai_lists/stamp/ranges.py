"""Where ranges of cells lie once the pattern rows of a sheet have become many."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kyosai_lists.workbook.grow import stretched

_RANGE = re.compile(r"\$?([A-Z]+)\$?(\d+)(?::\$?([A-Z]+)\$?(\d+))?")

Growth = Sequence[tuple[int, int]]  # (pattern row, rows more than one), from below


@dataclass(frozen=True)
class Range:
    left: str
    first: int
    right: str
    last: int

    @classmethod
    def of(cls, ref: str) -> "Range":
        found = _RANGE.fullmatch(ref)
        if not found:
            raise ValueError(ref)
        return cls(found[1], int(found[2]), found[3] or found[1], int(found[4] or found[2]))

    @property
    def cell(self) -> tuple[int, int]:
        """Row and column of the first cell, counted from 1."""
        column = 0
        for letter in self.left:
            column = column * 26 + ord(letter) - ord("A") + 1
        return self.first, column

    def grown(self, growth: Growth) -> "Range":
        first, last = self.first, self.last
        for row, more in growth:
            first, last = stretched(first, last, row, more)
        return Range(self.left, first, self.right, last)

    def __str__(self) -> str:
        start, end = f"{self.left}{self.first}", f"{self.right}{self.last}"
        return start if start == end else f"{start}:{end}"

    @property
    def absolute(self) -> str:
        return f"${self.left}${self.first}:${self.right}${self.last}"


def ranges_of(refs: str) -> tuple[Range, ...]:
    return tuple(Range.of(ref) for ref in refs.split())


def grown_refs(ranges: Iterable[Range], growth: Growth) -> str:
    return " ".join(str(found.grown(growth)) for found in ranges)


def grown_merges(ranges: Iterable[Range], growth: Growth) -> list[str]:
    """As `grow.repeat_row` does it: what is merged within a pattern row is merged in each of its rows."""
    merged = list(ranges)
    for row, more in growth:
        merged = [twin for found in merged for twin in _merged(found, row, more)]
    return [str(found) for found in merged]


def _merged(found: Range, row: int, more: int) -> list[Range]:
    if found.first == found.last == row:
        return [Range(found.left, r, found.right, r) for r in range(row, row + more + 1)]
    return [found.grown([(row, more)])]


def grown_row(row: int, growth: Growth) -> int:
    """Where a row that is no pattern row comes to stand."""
    return row + sum(more for pattern, more in growth if row > pattern)
