"""A pattern row as one expression over the frame of everyone in it: each row of the frame becomes a `<row>` of XML."""

from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree import ElementTree as ET

import polars as pl

from kyosai_lists.stamp.cellxml import NUMBER_END, SUSPECT, TEXT_END, CellXml, Unwritable
from kyosai_lists.stamp.markup import ROW, opening, written
from kyosai_lists.stamp.ranges import Range
from kyosai_lists.workbook.measure import TALLEST, Wrap
from kyosai_lists.workbook.specimen import SheetSpecimen
from kyosai_lists.workbook.template import Pattern, PatternCell
from kyosai_lists.workbook.texts import escaped, refusal
from kyosai_lists.workbook.tokens import Wording

NUMBER = "row"  # column of the frame: the row's number, as text
_LINE_ENDS = r"[\n\r\x{2028}\x{2029}]"  # of those where Python ends a line, the ones that may stand in a cell


def column_of(token: str, block: int) -> str:
    """The column of the frame that holds a token's values; a token without values has none."""
    return f"{token}.{block}"


@dataclass(frozen=True)
class _Filled:
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


@dataclass(frozen=True)
class RowForm:
    """`opened`: the row's start tag, still open. `grows`: the columns for whose text the row grows, from `height` points on."""

    sheet: str
    opened: str
    cells: tuple[str | _Filled, ...]
    grows: tuple[tuple[str, Wrap], ...]
    height: float

    @classmethod
    def of(cls, sheet: SheetSpecimen, pattern: Pattern, row: ET.Element) -> "RowForm":
        """`row`: the pattern row of the specimen."""
        tokens = {cell.column: cell for cell in pattern.cells}
        cells: list[str | _Filled] = []
        for cell in row:
            place = Range.of(cell.get("r", ""))
            cell.set("r", place.left + ROW)
            token = tokens.get(place.cell[1])
            cells.append(_Filled(place.left, token, CellXml(sheet.looks[place.cell])) if token else written(cell))
        row.set("r", ROW)
        wraps = [(c.letters, c.xml.look.wrap) for c in cells if isinstance(c, _Filled) and c.xml.look.wrap]
        grows = () if pattern.row in sheet.fixed else tuple((letters, wrap) for letters, wrap in wraps if wrap)
        return cls(sheet.name, opening(row), tuple(cells), grows, sheet.heights[pattern.row])

    def stamped(self, frame: pl.DataFrame) -> pl.Series:
        """The XML of each row, as String. `frame`: `row` and the columns that `column_of` names, of text or whole numbers.

        Raises:
            ExportError: a text is too long for a cell, or holds a character that a workbook cannot.
        """
        filled = [cell for cell in self.cells if isinstance(cell, _Filled)]
        texts = frame.select(NUMBER, *(cell.value(frame.schema).alias(cell.letters) for cell in filled))
        endings = self._endings(texts, filled, frame.schema)
        pieces: list[str | pl.Expr] = [self.opened, self._height(texts), ">"]
        for cell in self.cells:
            pieces += [cell] if isinstance(cell, str) else [f'<c r="{cell.letters}{ROW}"', *endings[cell.letters]]
        return texts.select(_joined([*pieces, "</row>"])).to_series()

    def _endings(
        self, texts: pl.DataFrame, cells: Sequence[_Filled], schema: pl.Schema
    ) -> dict[str, list[str | pl.Expr]]:
        """By column, what follows `<c r="A1"`: most texts pass as they are, the odd ones are written one by one."""
        odd = texts.select(_odd(cell, cell.is_number(schema)).unique().implode() for cell in cells).row(0)
        endings: dict[str, list[str | pl.Expr]] = {}
        for cell, values in zip(cells, odd, strict=True):
            number, xml = cell.is_number(schema), cell.xml
            start, end = (xml.number_start, NUMBER_END) if number else (xml.text_start, TEXT_END)
            usual: list[str | pl.Expr] = [start, pl.col(cell.letters), end]
            if not values:
                endings[cell.letters] = usual
                continue
            special = [self._ending(cell, value, texts, number=number) for value in values]
            found = pl.col(cell.letters).replace_strict(values, special, default=None, return_dtype=pl.String)
            endings[cell.letters] = [pl.coalesce(found, _joined(usual))]
        return endings

    def _ending(self, cell: _Filled, value: str, texts: pl.DataFrame, *, number: bool) -> str:
        if number and value:
            return cell.xml.number(value)
        try:
            return cell.xml.text(value)
        except Unwritable as error:
            row = texts.filter(pl.col(cell.letters) == value)[NUMBER][0]
            raise refusal(value, self.sheet, f"{cell.letters}{row}") from error

    def _height(self, texts: pl.DataFrame) -> str | pl.Expr:
        if not self.grows:
            return ""
        needed = texts.select(pl.max_horizontal(_needed(texts[letters], wrap) for letters, wrap in self.grows))
        points = needed.to_series()
        values = points.unique().to_list()
        return pl.lit(points.replace_strict(values, [self._height_text(v) for v in values], return_dtype=pl.String))

    def _height_text(self, needed: float) -> str:
        return f' ht="{min(needed, TALLEST):.16g}" customHeight="1"' if needed > self.height else ""


def _odd(cell: _Filled, number: bool) -> pl.Expr:
    text = pl.col(cell.letters)
    odd = (text == "") | (text.str.len_chars() > cell.xml.plain_letters)
    return text.filter(odd if number else odd | text.str.contains(SUSPECT))


def _needed(texts: pl.Series, wrap: Wrap) -> pl.Series:
    """The height that each text needs. Only texts that may take several lines are measured one by one."""
    long = (texts.str.len_chars() > wrap.surely_one_line) | texts.str.contains(_LINE_ENDS) | (texts == "")
    measured = texts.filter(long).unique()
    heights = [wrap.height(escaped(text)) for text in measured]
    return texts.replace_strict(measured, heights, default=wrap.height_of(1), return_dtype=pl.Float64)


def _joined(pieces: Sequence[str | pl.Expr]) -> pl.Expr:
    """One expression for all pieces, fixed text that stands together in one piece; `ROW` becomes the row's number."""
    merged: list[str | pl.Expr] = []
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
