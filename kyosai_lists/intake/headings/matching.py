"""Which layout a row of headings is that of.

Source: interface.md §1. A layout is recognised by its headings, with synonyms and a branch's own; every bold column must be there.
"""

from dataclasses import dataclass, replace

from kyosai_lists.errors import ConfigError
from kyosai_lists.intake.layouts import Layout
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
