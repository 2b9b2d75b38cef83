"""One layout against the columns of a sheet: which column is which field, as a whole, and how much speaks for it."""

from dataclasses import dataclass

from kyosai_lists.intake.headings.matching import Names, takes_unit_code
from kyosai_lists.intake.layouts import Column, Layout
from kyosai_lists.intake.proposing.assignment import best_assignment
from kyosai_lists.intake.proposing.contents import evidence
from kyosai_lists.intake.proposing.evidence import NOTHING, Evidence, Surroundings
from kyosai_lists.intake.proposing.likeness import Likeness, is_somebody_elses, likeness
from kyosai_lists.intake.proposing.profile import Profile
from kyosai_lists.text import header_key

CONTENT_WEIGHT = 0.7
ALIKE = 0.15  # two scores this near to each other say nothing about which is right
_KNOWN = 10.0
_KNOWN_IS_WORTH = 1.7
_MISSING_COSTS = 0.9
_UNUSED_COSTS = 0.1
_LEAST = 0.2
_BY_CONTENT, _BY_CONTENT_UNASKED = 0.3, 0.6  # what a bold column needs, what another one needs


@dataclass(frozen=True)
class Pair:
    """A column of the file as a field: `total` weighs heading and content; below 0 it is out of the question."""

    likeness: Likeness
    evidence: Evidence
    total: float
    known: bool = False


@dataclass(frozen=True)
class Weighed:
    """`pairs[f][c]`; `given`: field → column; `doubled`: columns whose heading is understood as a field that another one has.

    `missing`: bold columns that nothing was found for.
    """

    layout: Layout
    profiles: list[Profile]
    pairs: list[list[Pair]]
    given: dict[int, int]
    doubled: dict[int, int]
    missing: tuple[Column, ...]

    @property
    def known(self) -> int:
        return sum(self.pairs[field][column].known for field, column in self.given.items())

    @property
    def worth(self) -> float:
        found = sum(min(self.pairs[field][column].total, _KNOWN_IS_WORTH) for field, column in self.given.items())
        unused = sum(profile.filled > 0 for profile in self.profiles) - len(self.given)
        return found - _MISSING_COSTS * len(self.missing) - _UNUSED_COSTS * unused

    def look_alikes(self, field: int, column: int) -> list[int]:
        """Other columns that might as well be this field."""
        least = self.pairs[field][column].total - ALIKE
        holds = {c: f for f, c in self.given.items()}
        return [
            other
            for other, pair in enumerate(self.pairs[field])
            if other != column and pair.total >= max(least, _LEAST) and not self._better_placed(other, field, holds)
        ]

    def _better_placed(self, column: int, field: int, holds: dict[int, int]) -> bool:
        own = holds.get(column)
        return own is not None and self.pairs[own][column].total > self.pairs[field][column].total + ALIKE

    def other_fields(self, field: int, column: int) -> list[int]:
        """Other fields that the column might as well be."""
        least = max(self.pairs[field][column].total - ALIKE, _LEAST)
        return [
            other
            for other in range(len(self.pairs))
            if other != field and self.pairs[other][column].total >= least and not self._taken(other, column)
        ]

    def _taken(self, field: int, column: int) -> bool:
        holder = self.given.get(field)
        return holder is not None and self.pairs[field][holder].total > self.pairs[field][column].total + ALIKE


def weigh(headings: tuple[str, ...], names: Names, around: Surroundings, *, unit_code: bool) -> Weighed:
    """`names`: what is understood by itself for the layout; `unit_code`: a title row gives it."""
    layout = around.layout
    understood = [names.get(header_key(heading)) if header_key(heading) else None for heading in headings]
    pairs = [
        [_pair(headings[i], field, profile, understood[i], around) for i, profile in enumerate(around.profiles)]
        for field in layout.columns
    ]
    taken = best_assignment([[pair.total for pair in row] for row in pairs])
    given = {field: column for field, column in enumerate(taken) if column is not None}
    weighed = Weighed(layout, around.profiles, pairs, given, _doubled(layout, understood, given), ())
    given = {f: c for f, c in given.items() if not _a_mere_guess(weighed, f, c)}
    have = {layout.columns[field].field for field in given}
    if unit_code and takes_unit_code(layout):
        have.add("union_code")
    missing = tuple(column for column in layout.required if column.field not in have)
    return Weighed(layout, around.profiles, pairs, given, weighed.doubled, missing)


def _pair(heading: str, field: Column, profile: Profile, understood: str | None, around: Surroundings) -> Pair:
    if understood:
        same = understood == field.field
        return Pair(Likeness(1.0, field.header) if same else Likeness(0), NOTHING, _KNOWN if same else -1, known=same)
    found = evidence(profile, field, around)
    alike = likeness(heading, around.layout.id, field.field)
    total = alike.score + CONTENT_WEIGHT * found.score
    enough = _BY_CONTENT if field.required else _BY_CONTENT_UNASKED
    if not alike.score and (found.score < enough or is_somebody_elses(heading, field.header)):
        total = -1
    if alike.score and not alike.same_word and found.score < 0:
        total = -1
    return Pair(alike, found, total if total >= _LEAST else -1)


def _a_mere_guess(weighed: Weighed, field: int, column: int) -> bool:
    """Not bold, chosen by its content alone, and something else would do as well."""
    pair = weighed.pairs[field][column]
    if weighed.layout.columns[field].required or pair.likeness.score:
        return False
    return bool(weighed.look_alikes(field, column) or weighed.other_fields(field, column))


def _doubled(layout: Layout, understood: list[str | None], given: dict[int, int]) -> dict[int, int]:
    fields = {column.field: index for index, column in enumerate(layout.columns)}
    return {
        column: fields[name]
        for column, name in enumerate(understood)
        if name is not None and given.get(fields[name]) != column
    }
