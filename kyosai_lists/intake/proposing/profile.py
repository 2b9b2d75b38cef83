"""What stands in the columns of a sheet, counted: shapes, days, lengths, how often a value comes again."""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from kyosai_lists.intake.opening.sheet import Sheet, cell, cell_columns, is_number
from kyosai_lists.intake.proposing.shapes import DAYS, NO_DAY, shape_of
from kyosai_lists.intake.rows.values import date_value
from kyosai_lists.text import match_key

_LOOKED_AT = 1500  # rows, one below the other, so that what comes again is seen to come again
_COMPARED = 300  # rows, of every two columns with days
_TELLING = 150  # different values of a column, the most frequent first: enough to see what they are
_SERIAL = re.compile(r"[1-5]\d{4}")
# No digits with dashes between them alone: that is a telephone.
_CODE = re.compile(r"(?=.*\d)(?!\d+-\d+(?:-\d+)?$)[0-9A-Za-z]+(?:[-_][0-9A-Za-z]+)*")
_TOTAL = re.compile(r"[(\[【]?(?:総合計|合計|小計|総計|累計|計)[)\]】]?")


@dataclass(frozen=True, eq=False)
class Profile:
    """One column, without its heading. `cells`: as they came, in the order of the rows."""

    cells: tuple[str, ...]
    numbers_in_excel: bool = False
    epoch_1904: bool = False

    @cached_property
    def counts(self) -> Counter[str]:
        return Counter(text for text in self.cells if text.strip())

    @cached_property
    def filled(self) -> int:
        return self.counts.total()

    @property
    def filled_share(self) -> float:
        return self.filled / len(self.cells) if self.cells else 0

    @cached_property
    def distinct_share(self) -> float:
        return len(self.counts) / self.filled if self.filled else 0

    @cached_property
    def keys(self) -> Counter[str]:
        """The match_key of the most frequent cells."""
        found: Counter[str] = Counter()
        for text, count in self.counts.most_common(_TELLING):
            found[match_key(text)] += count
        return found

    @cached_property
    def shapes(self) -> Counter[str]:
        found: Counter[str] = Counter()
        for text, count in self.counts.most_common(_TELLING):
            found[shape_of(text)] += count
        return found

    def share(self, *shapes: str) -> float:
        """Of the filled cells, how many look like one of these."""
        return sum(self.shapes[shape] for shape in shapes) / self.shapes.total() if self.filled else 0

    def share_that(self, test: Callable[[str], bool]) -> float:
        """Of the filled cells, how many pass; `test` gets their keys."""
        return sum(count for key, count in self.keys.items() if test(key)) / self.keys.total() if self.filled else 0

    @cached_property
    def code_share(self) -> float:
        """Of the filled cells, how many may be a code or a number."""
        return self.share_that(lambda key: bool(_CODE.fullmatch(key)))

    @cached_property
    def lengths(self) -> Counter[int]:
        found: Counter[int] = Counter()
        for key, count in self.keys.items():
            found[len(key)] += count
        return found

    @cached_property
    def days(self) -> tuple[str, ...]:
        """For each row the ISO day, or ""."""
        known = {text: self._day(text) for text in self.counts}
        return tuple(known.get(text, "") for text in self.cells)

    def _day(self, text: str) -> str:
        # Of bare numbers only those of five digits: 3 would be a day in 1900.
        if shape_of(text) not in DAYS and not _SERIAL.fullmatch(match_key(text)):
            return ""
        return date_value(text, epoch_1904=self.epoch_1904).text or ""

    @cached_property
    def real_days(self) -> list[str]:
        return sorted(day for day in self.days if day)

    @cached_property
    def day_share(self) -> float:
        """Of the filled cells, how many are a day or one of the marks for none."""
        none = sum(count for text, count in self.counts.items() if shape_of(text) == NO_DAY)
        return (len(self.real_days) + none) / self.filled if self.filled else 0

    @cached_property
    def years(self) -> tuple[int, ...]:
        """For each of the first rows the year of its day, or 0."""
        return tuple(int(day[:4]) if day else 0 for day in self.days[:_COMPARED])

    def lies_after(self, earlier: "Profile", years: int) -> bool:
        """Whether it lies at least so many years after `earlier` in (nearly) every row that has both days."""
        asked = (id(earlier), years)
        if asked not in self._lies_after:
            apart = [two - one for one, two in zip(earlier.years, self.years, strict=False) if one and two]
            far = sum(difference >= years for difference in apart)
            self._lies_after[asked] = len(apart) > 2 and far >= len(apart) * 0.95
        return self._lies_after[asked]

    @cached_property
    def _lies_after(self) -> dict[tuple[int, int], bool]:
        return {}

    @cached_property
    def ascending(self) -> bool:
        keys = [text.strip() for text in self.cells if text.strip()]
        return len(keys) > 2 and all(one < other for one, other in pairwise(keys))

    @property
    def first(self) -> str:
        return next((text for text in self.cells if text.strip()), "")


def profiles(sheet: Sheet, first: int, width: int, *, epoch_1904: bool) -> list[Profile]:
    """One for each of the first `width` columns, from the rows below; blank rows and totals do not count.

    Raises:
        FileRefused: the rows of a text file cannot be taken apart.
    """
    body = sheet.body(first).head(_LOOKED_AT)
    names = cell_columns(body)
    rows = [row for row in body.select(names).iter_rows() if _is_data(row)]
    cells = list(zip(*rows, strict=True)) if rows else [()] * len(names)
    found = [
        Profile(column, is_number(index) in body.columns and bool(body[is_number(index)].any()), epoch_1904)
        for index, column in enumerate(cells)
    ]
    return [found[index] if cell(index) in names else Profile(("",) * len(rows)) for index in range(width)]


def _is_data(row: tuple[str, ...]) -> bool:
    return any(text.strip() for text in row) and not any(_TOTAL.fullmatch(match_key(text)) for text in row)
