"""Finds the header row of a sheet, below its title rows: one line, or two where headings are merged."""

from dataclasses import dataclass
from itertools import zip_longest

from kyosai_lists.intake.headings import titles
from kyosai_lists.intake.headings.matching import Match, Names, choose, match, names_of, takes_unit_code
from kyosai_lists.intake.layouts import LAYOUTS, Layout
from kyosai_lists.intake.opening.sheet import Merged, Sheet, letter
from kyosai_lists.intake.reading import ReadingOptions
from kyosai_lists.text import header_key
from kyosai_lists.vocabulary import HOLD_COLUMNS, HOLD_NUMBER


@dataclass(frozen=True)
class Header:
    """`index`: the header's row from 0, `lines`: 1, or 2 under merged headings. `headings`: as written, told apart.

    `match` is complete when the sheet can be read. `unit_code`: from a title row, where the layout's column is missing.
    """

    match: Match
    index: int
    lines: int
    headings: tuple[str, ...]
    written: tuple[str, ...]
    unit_code: str | None = None

    @property
    def layout(self) -> Layout:
        return self.match.layout

    @property
    def aside(self) -> frozenset[int]:
        """The columns of a 保留 workbook that are not of the original row; none in any other file."""
        if HOLD_NUMBER not in self.headings:
            return frozenset()
        return frozenset(index for index, heading in enumerate(self.headings) if heading in HOLD_COLUMNS)

    @property
    def fields(self) -> dict[str, int]:
        return {name: columns[0] for name, columns in self.match.columns.items()}


def find(sheet: Sheet, options: ReadingOptions) -> Header | None:
    """The header, the closest thing to one (its match is incomplete), or None where no heading is known."""
    known = {layout.id: names_of(layout, options.columns.get(layout.id, {})) for layout in LAYOUTS}
    closest: Header | None = None
    for index, row in enumerate(sheet.head):
        code = next((found for title in sheet.head[:index] if (found := titles.unit_code(title))), None)
        best = better([_header(row, index, 1, known, code), _two_lines(sheet, index, known, code)])
        if best and best.match.complete:
            return best
        closest = better([closest, best])
    return closest


def better(headers: list[Header | None]) -> Header | None:
    """The complete one, else the one that explains most headings; the earlier of equals."""
    found = [header for header in headers if header]
    return max(found, key=lambda header: (header.match.complete, len(header.match.explained)), default=None)


def _header(row: list[str], index: int, lines: int, known: dict[str, Names], code: str | None) -> Header | None:
    keys = [header_key(heading) for heading in row]
    chosen = choose([match(keys, known[layout.id], layout, code) for layout in LAYOUTS])
    if not chosen.columns:
        return None
    lacks_code = "union_code" not in chosen.columns and takes_unit_code(chosen.layout)
    return Header(chosen, index, lines, told_apart(row), tuple(row), code if lacks_code else None)


def told_apart(row: list[str]) -> tuple[str, ...]:
    """Headings as they came; one that is empty or stands twice gets its column's letter."""
    seen: set[str] = set()
    out: list[str] = []
    for index, heading in enumerate(row):
        unique = heading
        while not unique.strip() or unique in seen:
            unique = f"{unique}({letter(index)}列)"
        seen.add(unique)
        out.append(unique)
    return tuple(out)


def _two_lines(sheet: Sheet, index: int, known: dict[str, Names], code: str | None) -> Header | None:
    """A parent heading merged above its children: 「末子」 over 「生年月日」 is 末子生年月日, 「連絡先」 over 「携帯」 is 携帯."""
    if index + 1 >= len(sheet.head):
        return None
    parents, children = _spread(sheet.head[index], index, sheet.merged), sheet.head[index + 1]
    pairs = list(zip_longest(parents, children, fillvalue=""))
    understood = {key for names in known.values() for key in names}
    # 「末子」 over 「氏名」 is not the 氏名 that stands beside it by itself.
    taken = {header_key(parent) for parent, child in pairs if not child.strip()}
    joined: list[str] = []
    for parent, child in pairs:
        options = [parent + child] + ([child] if child.strip() and header_key(child) not in taken else [])
        joined.append(next((h for h in options if header_key(h) in understood), parent + child))
    both, lower = _header(joined, index, 2, known, code), _header(children, index + 1, 1, known, code)
    adds_nothing = both and lower and len(both.match.explained) <= len(lower.match.explained)
    return None if adds_nothing else both


def _spread(row: list[str], index: int, merged: tuple[Merged, ...]) -> list[str]:
    spread = list(row)
    for (top, left), (_, right) in merged:
        if top == index and left < len(row):
            spread[left : right + 1] = [row[left]] * (min(right + 1, len(row)) - left)
    return spread
