"""What a sheet says outside its pattern rows that differs by workbook: cells with tokens, rows that grow, page headers."""

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from kyosai_lists.stamp.cellxml import CellXml, Unwritable, run_text
from kyosai_lists.stamp.markup import main, plain, slot, written
from kyosai_lists.stamp.ranges import Range
from kyosai_lists.workbook.headers import filled_header
from kyosai_lists.workbook.rows import Values, value_getter
from kyosai_lists.workbook.specimen import SheetSpecimen
from kyosai_lists.workbook.texts import escaped, is_writable, refusal
from kyosai_lists.workbook.tokens import Wording, is_whole

Run = tuple[str, Wording]  # font of a piece of wording as XML, and the piece


@dataclass(frozen=True)
class LooseCell:
    """A cell with tokens outside the pattern rows. `runs`: its pieces, where they have fonts of their own."""

    sheet: str
    place: str  # "A2", also the name of its slot
    xml: CellXml
    wording: Wording
    whole: bool
    runs: tuple[Run, ...]

    @property
    def tokens(self) -> frozenset[str]:
        return frozenset(self.wording.tokens)

    @property
    def at(self) -> tuple[int, int]:
        return Range.of(self.place).cell

    def stored(self, said: Values) -> str:
        """The text as it stands in the file."""
        return escaped(self.text(said))

    def text(self, said: Values) -> str:
        return self.wording.filled(value_getter(said))

    def ending(self, said: Values) -> str:
        """What follows `<c r="A2"`.

        Raises:
            ExportError: a text is too long for a cell, or holds a character that a workbook cannot.
        """
        if self.whole and isinstance(value := said.get(self.wording.tokens[0]), int):
            return self.xml.number(value)
        text = self.text(said)
        try:
            return self._rich(said) if self.runs and is_writable(text) else self.xml.text(text)
        except Unwritable as error:
            raise refusal(text, self.sheet, self.place) from error

    def _rich(self, said: Values) -> str:
        pieces = [f"<r>{font}{run_text(escaped(run.filled(value_getter(said))))}</r>" for font, run in self.runs]
        return f'{self.xml.style()} t="inlineStr"><is>{"".join(pieces)}</is></c>'


@dataclass(frozen=True)
class GrownRow:
    """A row that is as high as its wording needs. `height`: points, the least."""

    slot: str
    height: float
    cells: tuple[LooseCell, ...]

    @property
    def tokens(self) -> frozenset[str]:
        return frozenset().union(*(cell.tokens for cell in self.cells))

    def points(self, said: Values) -> str:
        wraps = [(cell.xml.look.wrap, cell) for cell in self.cells]
        needed = [wrap.height(escaped(cell.text(said))) for wrap, cell in wraps if wrap]
        return f"{max(self.height, *needed):.16g}"


@dataclass(frozen=True)
class Slots:
    """Everything of a sheet that is filled in by workbook, by the names of its slots."""

    sheet: str
    loose: tuple[LooseCell, ...]
    grown: tuple[GrownRow, ...]
    headers: tuple[tuple[str, Wording], ...]

    def values(self, said: Values) -> dict[str, str]:
        """
        Raises:
            ExportError: as `LooseCell.ending`.
            TemplateError: a page header is too long for Excel.
        """
        filled = {cell.place: cell.ending(said) for cell in self.loose}
        filled |= {row.slot: row.points(said) for row in self.grown}
        getter = value_getter(said)
        return filled | {kind: plain(filled_header(self.sheet, coded, getter)) for kind, coded in self.headers}

    def parted(self, known: Values) -> tuple["Slots", "Slots"]:
        """The slots that `known` fills, and the others."""
        return self._where(known, inside=True), self._where(known, inside=False)

    def _where(self, known: Values, *, inside: bool) -> "Slots":
        names = known.keys()
        return Slots(
            self.sheet,
            tuple(cell for cell in self.loose if (cell.tokens <= names) == inside),
            tuple(row for row in self.grown if (row.tokens <= names) == inside),
            tuple((kind, coded) for kind, coded in self.headers if (set(coded.tokens) <= names) == inside),
        )


def take_slots(sheet: SheetSpecimen, root: ET.Element) -> Slots:
    """Finds the slots of a sheet. Row heights and page headers that differ by workbook are marked in its parsed XML."""
    loose: list[LooseCell] = []
    grown: list[GrownRow] = []
    for row in root.iter(main("row")):
        found = [
            _loose(sheet, place, cell)
            for cell in row
            if (place := Range.of(cell.get("r", ""))).cell in sheet.plan.loose
        ]
        loose += found
        if growing := tuple(cell for cell in found if cell.xml.look.wrap):
            number = int(row.get("r", "0"))
            grown.append(GrownRow(f"ht{number}", sheet.heights[number], growing))
            row.set("ht", slot(f"ht{number}"))
            row.set("customHeight", "1")
    return Slots(sheet.name, tuple(loose), tuple(grown), tuple(_headers(sheet, root)))


def _loose(sheet: SheetSpecimen, place: Range, cell: ET.Element) -> LooseCell:
    text = "".join(node.text or "" for node in cell.iter(main("t")))
    xml = CellXml(sheet.looks[place.cell])
    return LooseCell(sheet.name, str(place), xml, Wording.of(text), is_whole(text), _runs(cell, text))


def _runs(cell: ET.Element, text: str) -> tuple[Run, ...]:
    """As in `rows.fill_loose`: wording whose tokens were formatted in pieces loses the fonts of its own."""
    runs = []
    for run in cell.iter(main("r")):
        font = run.find(main("rPr"))
        piece = Wording.of(run.findtext(main("t")) or "")
        runs.append(("" if font is None else written(font), piece))
    torn = sum(len(piece.tokens) for _, piece in runs) < len(Wording.of(text).tokens)
    return () if torn else tuple(runs)


def _headers(sheet: SheetSpecimen, root: ET.Element) -> Iterator[tuple[str, Wording]]:
    for kind, coded in sheet.headers.items():
        for node in root.iter(main(kind)):
            node.text = slot(kind)
            yield kind, Wording.of(coded)
