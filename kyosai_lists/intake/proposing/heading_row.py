"""Finds the row that holds the headings where none of them is understood: words, above rows that are something else."""

from collections import Counter
from dataclasses import dataclass
from statistics import median

from kyosai_lists.intake.opening.sheet import Sheet
from kyosai_lists.intake.proposing.likeness import is_some_heading, says_nothing
from kyosai_lists.intake.proposing.shapes import EMPTY, NEVER_A_HEADING, TEXT, shape_of
from kyosai_lists.text import header_key

_LONGEST = 25


@dataclass(frozen=True)
class HeadingRow:
    """`index` from 0, `lines` 1 or 2, `written`: the headings as kyosai.toml must name them."""

    index: int
    lines: int
    written: tuple[str, ...]


def guess(sheet: Sheet) -> HeadingRow | None:
    """The row that is most likely that of the headings; None where every row looks like data."""
    usual = _usual_width(sheet)
    best: tuple[float, HeadingRow] | None = None
    for index in range(len(sheet.head)):
        for row in _candidates(sheet, index):
            worth = _worth(row, sheet, usual)
            if worth > 0 and (best is None or worth > best[0]):
                best = worth, row
    return best[1] if best else None


def _usual_width(sheet: Sheet) -> float:
    widths = [width for row in sheet.head if (width := sum(bool(text.strip()) for text in row))]
    return median(widths) if widths else 0


def _candidates(sheet: Sheet, index: int) -> list[HeadingRow]:
    row = sheet.head[index]
    found = [HeadingRow(index, 1, tuple(row))]
    merged = [(left, right) for (top, left), (bottom, right) in sheet.merged if top == bottom == index and left < right]
    # A title merged over the whole width is no parent heading.
    parents = [(left, right) for left, right in merged if left < len(row) and right - left + 1 < len(row)]
    if parents and index + 1 < len(sheet.head):
        spread = list(row)
        for left, right in parents:
            spread[left : right + 1] = [row[left]] * (min(right + 1, len(row)) - left)
        found.append(HeadingRow(index, 2, tuple(_joined(spread, sheet.head[index + 1]))))
    return found


def _joined(parents: list[str], children: list[str]) -> list[str]:
    pairs = zip(parents, [*children, *[""] * (len(parents) - len(children))], strict=False)
    return [parent + child for parent, child in pairs]


def _worth(row: HeadingRow, sheet: Sheet, usual: float) -> float:
    """How much speaks for the row; 0 where it is none."""
    given = [(index, text) for index, text in enumerate(row.written) if text.strip()]
    below = sheet.head[row.index + row.lines :]
    if not given or len(given) < usual * 0.5 or (len(given) < 2 and usual > 1):
        return 0
    votes = [
        _vote(text, Counter(shape_of(other[index]) for other in below if index < len(other))) for index, text in given
    ]
    against = sum(vote < 0 for vote in votes)
    repeated = len(given) - len({header_key(text) for _, text in given})
    if against * 5 > len(given) or max(votes) < 2:
        return 0
    return sum(votes) - repeated * 0.5


def _vote(text: str, below: Counter[str]) -> int:
    """2: surely a heading here. 1: perhaps. Below 0: looks like a cell."""
    if says_nothing(text) or is_some_heading(text):
        return 2
    shape = shape_of(text)
    del below[EMPTY]
    usual = below.most_common(1)[0][0] if below else EMPTY
    if shape in NEVER_A_HEADING or len(text.strip()) > _LONGEST:
        return -2
    if shape == usual and shape != TEXT:
        return -2
    return 2 if usual in NEVER_A_HEADING else 1
