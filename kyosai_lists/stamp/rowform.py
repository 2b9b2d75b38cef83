"""A pattern row as one expression over the frame of everyone in it: each row of the frame becomes a `<row>` of XML.

Three passes over a frame, however many columns it has: the text of each cell; the few odd texts, which are written or
measured one by one; all rows at once.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree import ElementTree as ET

import polars as pl

from kyosai_lists.stamp.cellxml import (
    NUMBER_END,
    SUSPECT,
    SUSPECT_AMONG_LINES,
    TEXT_END,
    CellXml,
    Unwritable,
)
from kyosai_lists.stamp.markup import ROW, opening, written
from kyosai_lists.stamp.ranges import Range
from kyosai_lists.workbook.measure import TALLEST, Wrap, ems_of
from kyosai_lists.workbook.specimen import SheetSpecimen
from kyosai_lists.workbook.template import Pattern, PatternCell
from kyosai_lists.workbook.texts import escaped, refusal
from kyosai_lists.workbook.tokens import Wording

NUMBER = "row"  # column of the frame: the row's number, as text
# Letters whose width `_height` cannot tell from their bytes: line ends, escapes, all that is not of one or three bytes.
_UNEVEN = r"[\n\r\x{2028}\x{2029}\x{80}-\x{7FF}\x{10000}-\x{10FFFF}]|_x"
_MEASURED = "measured "

Piece = str | pl.Expr


def column_of(token: str, block: int) -> str:
    """The column of the frame that holds a token's values; a token without values has none."""
    return f"{token}.{block}"


@dataclass(frozen=True)
class FilledCell:
    """A cell with tokens."""

    letters: str
    cell: PatternCell
    xml: CellXml

    def is_number(self, schema: pl.Schema) -> bool:
        return self.cell.whole and schema.get(column_of(*self.cell.tokens[0]), pl.String()).is_integer()

    def value(self, schema: pl.Schema) -> pl.Expr:
        """What the cell says, as text; "" is an empty cell."""
        parts = [
            pl.col(name).cast(pl.String).fill_null("") if (name := column_of(*token)) in schema else pl.lit("")
            for token in self.cell.tokens
        ]
        if self.cell.whole:
            return parts[0]
        between = Wording.of(self.cell.text).between
        pieces = [pl.lit(between[0])]
        for part, piece in zip(parts, between[1:], strict=True):
            pieces += (part, pl.lit(piece))
        said = pl.any_horizontal(part != "" for part in parts)
        return pl.when(said).then(pl.concat_str(pieces)).otherwise(pl.lit(""))  # no wording without a value

    def odd(self, *, suspect: bool) -> pl.Expr:
        """The different texts that may not pass as they are."""
        text = pl.col(self.letters)
        odd = (text == "") | (text.str.len_chars() > self.xml.plain_letters)
        return text.filter(odd | text.str.contains(SUSPECT) if suspect else odd).unique().implode()


@dataclass(frozen=True)
class RowForm:
    """`opened`: the row's start tag, still open. `grows`: the columns for whose text the row grows, from `height` points on."""

    sheet: str
    opened: str
    cells: tuple[str | FilledCell, ...]
    grows: tuple[tuple[str, Wrap], ...]
    height: float

    @classmethod
    def of(cls, sheet: SheetSpecimen, pattern: Pattern, row: ET.Element) -> "RowForm":
        """`row`: the pattern row of the specimen."""
        tokens = {cell.column: cell for cell in pattern.cells}
        cells: list[str | FilledCell] = []
        for cell in row:
            place = Range.of(cell.get("r", ""))
            cell.set("r", place.left + ROW)
            token = tokens.get(place.cell[1])
            cells.append(FilledCell(place.left, token, CellXml(sheet.looks[place.cell])) if token else written(cell))
        row.set("r", ROW)
        wraps = [(c.letters, c.xml.look.wrap) for c in cells if isinstance(c, FilledCell) and c.xml.look.wrap]
        grows = () if pattern.row in sheet.fixed else tuple((letters, wrap) for letters, wrap in wraps if wrap)
        return cls(sheet.name, opening(row), tuple(cells), grows, sheet.heights[pattern.row])

    def stamped(self, frame: pl.DataFrame) -> pl.Series:
        """The XML of each row, as String. `frame`: `row` and the columns that `column_of` names, of text or whole numbers.

        Raises:
            ExportError: a text is too long for a cell, or holds a character that a workbook cannot.
        """
        filled = [cell for cell in self.cells if isinstance(cell, FilledCell)]
        numbers = {cell.letters for cell in filled if cell.is_number(frame.schema)}
        texts = frame.select(NUMBER, *(cell.value(frame.schema).alias(cell.letters) for cell in filled))
        suspect, uneven = _looked_through(
            texts, [cell.letters for cell in filled], [letters for letters, _ in self.grows]
        )
        odd = texts.select(
            *(cell.odd(suspect=cell.letters in suspect - numbers).alias(cell.letters) for cell in filled),
            *(_measured(letters, uneven=letters in uneven) for letters, _ in self.grows),
        ).row(0, named=True)
        pieces: list[Piece] = [self.opened, self._height(odd), ">"]
        for cell in self.cells:
            if isinstance(cell, FilledCell):
                special = {text: self._ending(cell, text, texts, numbers) for text in odd[cell.letters]}
                pieces += [f'<c r="{cell.letters}{ROW}"', *_endings(cell, special, number=cell.letters in numbers)]
            else:
                pieces.append(cell)
        return texts.select(_joined([*pieces, "</row>"])).to_series()

    def _ending(self, cell: FilledCell, text: str, texts: pl.DataFrame, numbers: set[str]) -> str:
        """What follows `<c r="A1"` where the cell says this."""
        if text and cell.letters in numbers:
            return cell.xml.number(text)
        try:
            return cell.xml.text(text)
        except Unwritable as error:
            row = texts.filter(pl.col(cell.letters) == text)[NUMBER][0]
            raise refusal(text, self.sheet, f"{cell.letters}{row}") from error

    def _height(self, odd: dict[str, list[str]]) -> Piece:
        if not self.grows:
            return ""
        needed = pl.max_horizontal(_needed(letters, wrap, odd[_MEASURED + letters]) for letters, wrap in self.grows)
        attributes = pl.format(' ht="{}" customHeight="1"', pl.min_horizontal(needed, TALLEST).round(2))
        return pl.when(needed > self.height).then(attributes).otherwise(pl.lit(""))


def _looked_through(texts: pl.DataFrame, columns: Sequence[str], grows: Sequence[str]) -> tuple[set[str], set[str]]:
    """The columns that hold a text which might not pass, and those of `grows` with letters of uneven width.

    All texts of a column are looked through at once; nearly always there is none.
    """
    lines = (pl.col(name).filter(pl.col(name) != "").str.join("\n").alias(name) for name in columns)
    every = (pl.col(name).str.join("").alias(_MEASURED + name) for name in grows)
    found = texts.select(*lines, *every).select(
        *(pl.col(name).str.contains(SUSPECT_AMONG_LINES) for name in columns),
        *(pl.col(_MEASURED + name).str.contains(_UNEVEN) for name in grows),
    )
    row = found.row(0, named=True)
    return {name for name in columns if row[name]}, {name for name in grows if row[_MEASURED + name]}


def _measured(letters: str, *, uneven: bool) -> pl.Expr:
    """The different texts of a column that have to be measured one by one."""
    text = pl.col(letters)
    measured = (text == "") | text.str.contains(_UNEVEN) if uneven else text == ""
    return text.filter(measured).unique().implode().alias(_MEASURED + letters)


def _needed(letters: str, wrap: Wrap, measured: Sequence[str]) -> pl.Expr:
    """The height that each text of a column needs. In UTF-8 a wide letter takes three bytes, or it was measured."""
    text = pl.col(letters)
    wide = (text.str.len_bytes() - text.str.len_chars()) // 2
    usual: pl.Expr = wrap.height_of(wrap.lines_of(ems_of(text.str.len_chars() - wide, wide)))
    if not measured:
        return usual
    heights = [wrap.height(escaped(text)) for text in measured]
    found = text.replace_strict(list(measured), heights, default=None, return_dtype=pl.Float64)
    return pl.coalesce(found, usual)


def _endings(cell: FilledCell, special: dict[str, str], *, number: bool) -> list[Piece]:
    start, end = (cell.xml.number_start, NUMBER_END) if number else (cell.xml.text_start, TEXT_END)
    usual: list[Piece] = [start, pl.col(cell.letters), end]
    if not special:
        return usual
    found = pl.col(cell.letters).replace_strict(
        list(special), list(special.values()), default=None, return_dtype=pl.String
    )
    return [pl.coalesce(found, _joined(usual))]


def _joined(pieces: Sequence[Piece]) -> pl.Expr:
    """One expression for all pieces, fixed text that stands together in one piece; `ROW` becomes the row's number."""
    merged: list[Piece] = []
    for piece in pieces:
        if isinstance(piece, str) and merged and isinstance(merged[-1], str):
            merged[-1] += piece
        else:
            merged.append(piece)
    parts: list[pl.Expr] = []
    for piece in merged:
        if isinstance(piece, str):
            for place, text in enumerate(piece.split(ROW)):
                parts += [pl.col(NUMBER), pl.lit(text)] if place else [pl.lit(text)]
        else:
            parts.append(piece)
    return pl.concat_str(parts)
