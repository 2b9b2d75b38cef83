"""A sheet of the template as a form: its fixed XML, slots for what differs by workbook, its pattern rows between."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise
from xml.etree import ElementTree as ET

from kyosai_lists.stamp.framecolumns import sources_of
from kyosai_lists.stamp.kept import Kept
from kyosai_lists.stamp.linepress import LinePress
from kyosai_lists.stamp.markup import MAIN, ROW, as_format, filled_in, local, main, opening, slot, written
from kyosai_lists.stamp.ranges import Range, grown_merges, grown_refs, grown_row, ranges_of
from kyosai_lists.stamp.rowform import RowForm
from kyosai_lists.stamp.rowpress import RowPress
from kyosai_lists.stamp.slots import LooseCell, Slots, take_slots
from kyosai_lists.workbook.meta import Line, column_lines, sheet_line
from kyosai_lists.workbook.rows import Values
from kyosai_lists.workbook.specimen import SheetSpecimen
from kyosai_lists.workbook.tokens import ROWS

_ROOT = f'<worksheet xmlns="{MAIN}">'
_BELOW_EVERYTHING = 1 << 30
FILTERED = "filtered"  # slot of a range in a defined name; others are named by the range itself
_KEPT = 1_024  # grown forms
_AFTER_ROW_BREAKS = {"colBreaks", "drawing", "legacyDrawing", "tableParts"}


@dataclass(frozen=True)
class SheetForm:
    """`head`, `between` and `tail` hold the slots of `slots` and `ranges`, and "merges", "breaks"."""

    specimen: SheetSpecimen
    known: Values
    head: str
    people: Mapping[str, RowPress]  # the pattern row of people; by group
    lines: Mapping[str, LinePress]  # the cover's; by group
    rows: tuple[int, ...]  # of the patterns, from above
    between: tuple[tuple[tuple[int, str], ...], ...]  # for each pattern, the rows below it: number and XML
    tail: str
    slots: Slots
    ranges: Mapping[str, tuple[Range, ...]]
    merges: tuple[Range, ...]
    breaks: tuple[int, ...]
    printed: tuple[Range, ...]
    texts: Mapping[int, str]  # of the row above the first pattern row, by column, as far as they are known
    _grown: Kept[Hashable, "GrownForm"] = field(default_factory=lambda: Kept(_KEPT))

    @cached_property
    def groups(self) -> list[str]:
        """The groups of the pattern rows, from above."""
        patterns = self.specimen.plan.patterns
        return sorted(patterns, key=lambda group: patterns[group].row)

    def knowing(self, more: Values) -> "SheetForm":
        """The same form with more filled in for good: リスト for one of the run's lists."""
        known = {**self.known, **more}
        settled, slots = self.slots.parted(known)
        texts = settled.values(known)
        above = {cell.at[1]: cell.stored(known) for cell in settled.loose if cell.at[0] == self.rows[0] - 1}
        return replace(
            self,
            known=known,
            head=filled_in(self.head, texts),
            between=tuple(tuple((n, filled_in(xml, texts)) for n, xml in rows) for rows in self.between),
            tail=filled_in(self.tail, texts),
            slots=slots,
            texts={**self.texts, **above},
        )

    def headings(self, said: Values) -> tuple[str, ...]:
        """What stands above the columns of people, as far as it differs by workbook."""
        return tuple([cell.stored({**self.known, **said}) for cell in self._headings])

    def meta_lines(self, name: str, rows: str, headings: Sequence[str]) -> list[Line]:
        """What _meta says of this sheet of people; `name`: of the sheet; `rows`: how many they are."""
        pattern = self.specimen.plan.patterns[ROWS]
        own = {cell.at[1]: text for cell, text in zip(self._headings, headings, strict=True)}
        return [sheet_line(name, pattern, rows), *column_lines(name, pattern, {**self.texts, **own})]

    @cached_property
    def _headings(self) -> list[LooseCell]:
        """The cells above the pattern row that say different things in different workbooks."""
        return [cell for cell in self.slots.loose if cell.at[0] == self.rows[0] - 1]

    @cached_property
    def filtered(self) -> tuple[Range, ...]:
        return self.ranges.get("autoFilter0", ())

    @cached_property
    def _ends(self) -> tuple[bytes, bytes]:
        """The formats above and below all that grows."""
        return as_format(self.head, {}).encode(), as_format(self.tail, {}).encode()

    def around(self, grown: "GrownForm", filled: Mapping[str, str], breaks: Sequence[int] = ()) -> list[bytes]:
        """The XML above, below each of the pattern rows, and at the end. `filled`: by slot; `breaks`: rows after which a page ends."""
        known = {**grown.moved, b"breaks": _breaks([*grown.breaks, *breaks])}
        known |= {name.encode(): text.encode() for name, text in filled.items()}
        head, tail = self._ends
        return [part % known for part in (head, *grown.below, tail)]

    def grown(self, times: Sequence[int] = ()) -> "GrownForm":
        """`times`: how many rows each pattern row becomes, from above. Kept: workbooks whose tables are equally long share it."""
        key = (self.between, *times)  # all lists share what is kept, and may say different things below their rows
        found = self._grown.get(key)
        return self._grown.keep(key, self._grow(times)) if found is None else found

    def _grow(self, times: Sequence[int]) -> "GrownForm":
        growth = [(row, count - 1) for row, count in zip(reversed(self.rows), reversed(times), strict=True)]
        moved = {name: grown_refs(ranges, growth) for name, ranges in self.ranges.items()}
        moved["merges"] = _merges(grown_merges(self.merges, growth))
        below = ["".join(xml.replace(ROW, str(grown_row(n, growth))) for n, xml in rows) for rows in self.between]
        ranges = [*((FILTERED, found) for found in self.filtered), *((str(found), found) for found in self.printed)]
        return GrownForm(
            moved={name.encode(): refs.encode() for name, refs in moved.items()},
            below=[as_format(part, {}).encode() for part in below],
            breaks=[grown_row(row + 1, growth) - 1 for row in self.breaks],
            named={name: found.grown(growth).absolute for name, found in ranges},
        )


@dataclass(frozen=True)
class GrownForm:
    """What is known of a form once its tables have their length.

    `moved`: ranges and merged cells, by slot; `below`: formats of the rows below each pattern row; `breaks`: the template's own;
    `named`: the ranges that defined names speak of, by slot.
    """

    moved: Mapping[bytes, bytes]
    below: Sequence[bytes]
    breaks: Sequence[int]
    named: Mapping[str, str]


def sheet_form(sheet: SheetSpecimen, known: Values, *, runs_on: bool = False) -> SheetForm:
    """The form of a sheet; what is `known` of its tokens is filled in for good. `runs_on`: it prints on several pages."""
    root = ET.fromstring(sheet.xml)
    settled, slots = take_slots(sheet, root).parted(known)
    if runs_on and (setup := root.find(main("pageSetup"))) is not None:
        setup.set("fitToHeight", "0")
    ranges, merges, breaks = _mark_ranges(root)
    texts = settled.values(known)
    rows = {int(row.get("r", "0")): row for row in root.iter(main("row"))}
    by_group = {group: pattern.row for group, pattern in sheet.plan.patterns.items()}
    headings = _texts(rows.get(min(by_group.values(), default=0) - 1), settled, known)
    patterns = {g: RowForm.of(sheet, pattern, rows[pattern.row]) for g, pattern in sheet.plan.patterns.items()}
    fixed = {n: filled_in(_row(row, sheet), texts) for n, row in rows.items() if n not in by_group.values()}
    above, below = (filled_in(part, texts) for part in _around_rows(root))
    edges = [*sorted(by_group.values()), _BELOW_EVERYTHING]
    first = "".join(xml.replace(ROW, str(n)) for n, xml in fixed.items() if n < edges[0])
    between = tuple(tuple((n, xml) for n, xml in fixed.items() if low < n < high) for low, high in pairwise(edges))
    printed = tuple(map(Range.of, sheet.print_areas))
    return SheetForm(
        specimen=sheet,
        known=known,
        head=above + first,
        people={g: RowPress.of(form, sources_of(sheet.name)) for g, form in patterns.items() if g == ROWS},
        lines={g: LinePress(form) for g, form in patterns.items() if g != ROWS},
        rows=tuple(edges[:-1]),
        between=between,
        tail=below,
        slots=slots,
        ranges=ranges,
        merges=merges,
        breaks=breaks,
        printed=printed,
        texts=headings,
    )


def _texts(row: ET.Element | None, settled: Slots, known: Values) -> dict[int, str]:
    """The texts of a row, tokens filled in as far as they are known."""
    filled = {cell.at: cell.stored(known) for cell in settled.loose}
    texts: dict[int, str] = {}
    for cell in row if row is not None else ():
        place = Range.of(cell.get("r", "")).cell
        parts = [node.text or "" for tag in ("t", "v") for node in cell.iter(main(tag))]
        texts[place[1]] = filled.get(place, "".join(parts))
    return texts


def _row(row: ET.Element, sheet: SheetSpecimen) -> str:
    row.set("r", ROW)
    cells = [_cell(cell, Range.of(cell.get("r", "")), sheet) for cell in row]
    return f"{opening(row)}>{''.join(cells)}</row>"


def _cell(cell: ET.Element, place: Range, sheet: SheetSpecimen) -> str:
    if place.cell in sheet.plan.loose:
        return f'<c r="{place.left}{ROW}"{slot(str(place))}'
    cell.set("r", place.left + ROW)
    return written(cell)


def _mark_ranges(root: ET.Element) -> tuple[dict[str, tuple[Range, ...]], tuple[Range, ...], tuple[int, ...]]:
    """Takes ranges, merged cells and page breaks out of the parsed XML and leaves slots in their places."""
    ranges: dict[str, tuple[Range, ...]] = {}
    for tag, attribute in (("dimension", "ref"), ("autoFilter", "ref"), ("conditionalFormatting", "sqref"), ("dataValidation", "sqref")):  # fmt: skip
        for number, element in enumerate(root.iter(main(tag))):
            name = f"{tag}{number}"
            ranges[name] = ranges_of(element.get(attribute, ""))
            element.set(attribute, slot(name))
    merges = [Range.of(cell.get("ref", "")) for cell in root.iter(main("mergeCell"))]
    breaks = [int(found.get("id", "0")) for found in root.findall(f"{main('rowBreaks')}/{main('brk')}")]
    return ranges, tuple(merges), tuple(breaks)


def _around_rows(root: ET.Element) -> tuple[str, str]:
    """Everything above and below the rows, with slots for merged cells and page breaks."""
    parts = {False: [_ROOT], True: ["</sheetData>"]}
    below, waiting = False, True
    for element in root:
        name = local(element.tag)
        if name == "sheetData":
            parts[False].append("<sheetData>")
            below = True
        elif name == "mergeCells":
            parts[below].append(slot("merges"))
        elif name != "rowBreaks":
            if name in _AFTER_ROW_BREAKS and waiting:
                parts[below].append(slot("breaks"))
                waiting = False
            parts[below].append(written(element))
    if waiting:
        parts[True].append(slot("breaks"))
    return "".join(parts[False]), "".join([*parts[True], "</worksheet>"])


def _merges(refs: Sequence[str]) -> str:
    cells = "".join(f'<mergeCell ref="{ref}"/>' for ref in refs)
    return f'<mergeCells count="{len(refs)}">{cells}</mergeCells>' if refs else ""


def _breaks(rows: Sequence[int]) -> bytes:
    ends = b"".join(b'<brk id="%d" min="0" max="16383" man="1"/>' % row for row in rows)
    count = len(rows)
    return b'<rowBreaks count="%d" manualBreakCount="%d">%b</rowBreaks>' % (count, count, ends) if rows else b""
