"""A pattern row as expressions over the frame of everyone in it: each row of the frame becomes a `<row>` of XML.

Four passes over a frame, however many columns it has: the text of each cell; whether a column holds a text that may not
pass as it is; those odd texts, which are written or measured one by one; all rows at once. Building an expression costs
as much as some thousand rows: what does not depend on the texts is built once.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import polars as pl

from kyosai_lists.stamp.cellxml import NUMBER_END, SUSPECT, SUSPECT_AMONG_LINES, TEXT_END, Unwritable
from kyosai_lists.stamp.framecolumns import Schema, column_of
from kyosai_lists.stamp.markup import ROW
from kyosai_lists.stamp.rowform import FilledCell, RowForm
from kyosai_lists.workbook.measure import TALLEST, Wrap, ems_of
from kyosai_lists.workbook.texts import escaped, refusal
from kyosai_lists.workbook.tokens import Wording

NUMBER = "row"  # column of the texts: the row's number
_LINE_END = "\n"  # others make a text suspect
_UNEVEN = r"[\x{80}-\x{7FF}\x{10000}-\x{10FFFF}]"  # letters of two or four bytes, whose width bytes do not tell

Piece = str | pl.Expr


@dataclass(frozen=True)
class _Column:
    """A filled cell as expressions. `usual`: what follows `<c r="A1"` where the text may pass as it is."""

    cell: FilledCell
    number: bool
    value: pl.Expr
    text: pl.Expr
    suspect: pl.Expr  # whether any text might not pass
    odd: Mapping[bool, pl.Expr]  # the different texts that may not pass, by `suspect`
    usual: Sequence[Piece]
    usual_joined: pl.Expr


@dataclass(frozen=True)
class _Growing:
    """A column for whose text the row grows. `usual`: the height that an even text needs."""

    letters: str
    wrap: Wrap
    text: pl.Expr
    ended: pl.Expr  # whether any text has a line end
    odd: Mapping[
        bool, pl.Expr
    ]  # the different texts to be measured one by one; True: some have line ends, or are suspect
    usual: pl.Expr


@dataclass(frozen=True)
class RowPress:
    """A pattern row for frames with certain columns."""

    form: RowForm
    columns: Mapping[str, _Column]
    growing: Sequence[_Growing]

    @classmethod
    def of(cls, form: RowForm, schema: Schema) -> "RowPress":
        """`schema`: as `framecolumns.schema_of`."""
        columns = {cell.letters: _column(cell, schema, grows=cell.letters in form.grows) for cell in form.filled}
        return cls(form, columns, [_growing(letters, wrap) for letters, wrap in form.grows.items()])

    def stamped(self, frame: pl.DataFrame, numbers: pl.Series) -> pl.Series:
        """The XML of each row, as String. `numbers`: of the rows, as text.

        Raises:
            ExportError: a text is too long for a cell, or holds a character that a workbook cannot.
        """
        columns = self.columns.values()
        texts = frame.select(numbers.alias(NUMBER), *(column.value for column in columns))
        suspect = texts.select(column.suspect for column in columns).row(0, named=True)
        odd = texts.select(column.odd[suspect[letters]] for letters, column in self.columns.items()).row(0, named=True)
        pieces: list[Piece] = [self.form.opened, self._height(texts, suspect), ">"]
        for cell in self.form.cells:
            if isinstance(cell, FilledCell):
                ending = self._ending_of(self.columns[cell.letters], odd[cell.letters], texts)
                pieces += [f'<c r="{cell.letters}{ROW}"', *ending]
            else:
                pieces.append(cell)
        return texts.select(_joined([*pieces, "</row>"])).to_series()

    def _ending_of(self, column: _Column, odd: Sequence[str], texts: pl.DataFrame) -> Sequence[Piece]:
        if not odd:
            return column.usual
        special = [self._ending(column, text, texts) for text in odd]
        found = column.text.replace_strict(odd, special, default=None, return_dtype=pl.String)
        return [pl.coalesce(found, column.usual_joined)]

    def _ending(self, column: _Column, text: str, texts: pl.DataFrame) -> str:
        """What follows `<c r="A1"` where the cell says this."""
        if text and column.number:
            return column.cell.xml.number(text)
        try:
            return column.cell.xml.text(text)
        except Unwritable as error:
            row = texts.filter(column.text == text)[NUMBER][0]
            raise refusal(text, self.form.sheet, f"{column.cell.letters}{row}") from error

    def _height(self, texts: pl.DataFrame, suspect: Mapping[str, bool]) -> Piece:
        """The row's height as attributes, where its text needs more than the template gives it."""
        if not self.growing:
            return ""
        ended = texts.select(grown.ended for grown in self.growing).row(0, named=True)
        odd = texts.select(grown.odd[ended[grown.letters] or suspect[grown.letters]] for grown in self.growing).row(0)
        each = (_needed(grown, found) for grown, found in zip(self.growing, odd, strict=True))
        needed = texts.select(pl.max_horizontal(each)).to_series()
        heights = needed.unique().to_list()
        return pl.lit(needed.replace_strict(heights, list(map(self._attributes, heights)), return_dtype=pl.String))

    def _attributes(self, needed: float) -> str:
        if needed <= self.form.height:
            return ""
        return f' ht="{round(min(needed, TALLEST), 2):.16g}" customHeight="1"'


def _needed(grown: _Growing, odd: Sequence[str]) -> pl.Expr:
    if not odd:
        return grown.usual
    heights = [grown.wrap.height(escaped(text)) for text in odd]
    found = grown.text.replace_strict(odd, heights, default=None, return_dtype=pl.Float64)
    return pl.coalesce(found, grown.usual)


def _column(cell: FilledCell, schema: Schema, *, grows: bool) -> _Column:
    text, xml = pl.col(cell.letters), cell.xml
    number = cell.cell.whole and schema.get(column_of(*cell.cell.tokens[0]), pl.String()).is_integer()
    lines = text.filter(text != "").str.join("\n")
    among = f"{SUSPECT_AMONG_LINES}|{_UNEVEN}" if grows else SUSPECT_AMONG_LINES
    odd = (text == "") | (text.str.len_chars() > (xml.plain_digits if number else xml.plain_letters))
    start, end = (xml.number_start, NUMBER_END) if number else (xml.text_start, TEXT_END)
    usual: list[Piece] = [start, text, end]
    return _Column(
        cell=cell,
        number=number,
        value=_value(cell, schema).alias(cell.letters),
        text=text,
        suspect=pl.lit(False).alias(cell.letters) if number else lines.str.contains(among),
        odd={
            False: text.filter(odd).unique().implode(),
            True: text.filter(odd | text.str.contains(SUSPECT)).unique().implode(),
        },
        usual=usual,
        usual_joined=_joined(usual),
    )


def _value(cell: FilledCell, schema: Schema) -> pl.Expr:
    """What the cell says, as text; "" is an empty cell."""
    parts = [
        pl.col(name).cast(pl.String).fill_null("") if (name := column_of(*token)) in schema else _lit("")
        for token in cell.cell.tokens
    ]
    if cell.cell.whole:
        return parts[0]
    between = Wording.of(cell.cell.text).between
    pieces = [_lit(between[0])]
    for part, piece in zip(parts, between[1:], strict=True):
        pieces += (part, _lit(piece))
    said = pl.any_horizontal(part != "" for part in parts)
    return pl.when(said).then(pl.concat_str(pieces)).otherwise(_lit(""))  # no wording without a value


def _growing(letters: str, wrap: Wrap) -> _Growing:
    text = pl.col(letters)
    # In UTF-8 a wide letter takes three bytes, or the text is measured by itself.
    wide = (text.str.len_bytes() - text.str.len_chars()) // 2
    ended = text.str.contains(_LINE_END, literal=True)
    return _Growing(
        letters=letters,
        wrap=wrap,
        text=text,
        ended=text.str.join("").str.contains(_LINE_END, literal=True),
        odd={
            False: text.filter(text == "").unique().implode(),
            True: text.filter((text == "") | ended | text.str.contains(f"{_UNEVEN}|{SUSPECT}")).unique().implode(),
        },
        usual=wrap.height_of(wrap.lines_of(ems_of(text.str.len_chars() - wide, wide))),
    )


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
        parts += _split(piece) if isinstance(piece, str) else [piece]
    return pl.concat_str(parts)


@cache
def _split(markup: str) -> list[pl.Expr]:
    first, *others = markup.split(ROW)
    return [_lit(first), *(part for text in others for part in (pl.col(NUMBER), _lit(text)))]


@cache
def _lit(value: str | bool) -> pl.Expr:
    return pl.lit(value)
