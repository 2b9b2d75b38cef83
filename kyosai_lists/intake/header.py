"""Finds the header row of a sheet and which layout its headings are those of.

Source: interface.md §1. A layout is recognised by its headings, with synonyms and a branch's own; every bold column must be there.
"""

from dataclasses import dataclass, replace

from kyosai_lists.errors import ConfigError
from kyosai_lists.intake import titles
from kyosai_lists.intake.layouts import LAYOUTS, Layout
from kyosai_lists.intake.reading import ReadingOptions
from kyosai_lists.intake.sheet import Merged, Sheet, letter
from kyosai_lists.text import header_key

Names = dict[str, str]  # header_key of a heading → field


@dataclass(frozen=True)
class Match:
    """One layout against one row of headings. `columns`: field → the columns that carry it; more than one is a fault.

    `rival`: the title of another layout that explains as many headings, but other ones.
    """

    layout: Layout
    columns: dict[str, list[int]]
    missing: tuple[str, ...]
    rival: str | None = None

    @property
    def complete(self) -> bool:
        return not self.missing

    @property
    def explained(self) -> set[int]:
        return {column for columns in self.columns.values() for column in columns}


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


def names_of(layout: Layout, own: dict[str, str]) -> Names:
    """Every heading that is understood for `layout`; `own` maps a branch's headings to standard ones and wins."""
    standard = {header_key(column.header): column.field for column in layout.columns}
    names = {header_key(s): column.field for column in layout.columns for s in column.synonyms} | standard
    for heading, meant in own.items():
        if header_key(meant) not in standard:
            raise ConfigError(
                f"kyosai.toml の [layouts.{layout.id}.columns] にある「{meant}」という列は、{layout.title}にありません。",
                "標準の見出しに直してください。",
            )
        names[header_key(heading)] = standard[header_key(meant)]
    return names


def match(keys: list[str], names: Names, layout: Layout, code: str | None) -> Match:
    """`keys`: the header_key of each heading; `code`: the unit's code, if a title row above gives one."""
    columns: dict[str, list[int]] = {}
    for index, key in enumerate(keys):
        if field := names.get(key):
            columns.setdefault(field, []).append(index)
    given = set(columns) | ({"union_code"} if code and takes_unit_code(layout) else set())
    return Match(layout, columns, tuple(c.header for c in layout.required if c.field not in given))


def takes_unit_code(layout: Layout) -> bool:
    """Whether a title row may stand in for the 単組コード column; never where the code is what tells rows apart."""
    return "union_code" not in layout.key and any(c.field == "union_code" for c in layout.columns)


def choose(matches: list[Match]) -> Match:
    """The complete match that explains most headings, unless an incomplete one explains the file better.

    A 案内停止 needs nothing but 組合員番号, so a roster without 氏名 would pass for one, and everybody on it would be stopped.
    """
    complete = _without_rival([m for m in matches if m.complete])
    incomplete = max((m for m in matches if not m.complete), key=_rank, default=None)
    if complete is None or incomplete is None:
        return max(matches, key=_rank)
    more = len(incomplete.explained) > len(complete.explained)
    own_headings = complete.explained - incomplete.explained
    small_part = len(complete.explained) * 2 < len(incomplete.explained)
    return incomplete if more and (not own_headings or small_part) else complete


def _without_rival(complete: list[Match]) -> Match | None:
    best = max(complete, key=_rank, default=None)
    for other in complete:
        if best and len(other.explained) == len(best.explained) and other.explained != best.explained:
            return replace(best, rival=other.layout.title)
    return best


def _rank(match: Match) -> tuple[int, int]:
    return len(match.explained), len(match.layout.required) - len(match.missing)


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
    understood = {key for names in known.values() for key in names}
    joined: list[str] = []
    for parent, child in zip(parents, children, strict=False):
        options = [parent + child, child] if child.strip() else [parent]
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
