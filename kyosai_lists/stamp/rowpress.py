"""A pattern row as expressions over the frame of everyone in it: each row of the frame becomes a `<row>` of XML.

Five passes over a frame, however many columns it has: the text of each cell; whether a column holds a text that may not
pass as it is; those odd texts, which are written or measured one by one; how high the rows must be; all rows at once. A pass
costs as much as some hundred rows, building an expression too: what does not depend on the texts is built once.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import polars as pl

from kyosai_lists.stamp.cellxml import NUMBER_END, SUSPECT, SUSPECT_AMONG_LINES, TEXT_END, Unwritable
from kyosai_lists.stamp.framecolumns import Source, Sources
from kyosai_lists.stamp.markup import ROW
from kyosai_lists.stamp.rowform import FilledCell, RowForm
from kyosai_lists.workbook.measure import Wrap, ems_of
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
    or_empty: pl.Expr  # the same where some cells are empty


@dataclass(frozen=True)
class _Growing:
    """A column for whose text the row grows. `ended`, `measured`: names of what `any_ended` and `odd` bring.

    `odd`: the different texts to be measured one by one; True: some have line ends, or are suspect. `usual`: the height that an
    even text needs.
    """

    letters: str
    wrap: Wrap
    text: pl.Expr
    ended: str
    any_ended: pl.Expr  # whether any text has a line end
    measured: str
    odd: Mapping[bool, pl.Expr]
    usual: pl.Expr


@dataclass(frozen=True)
class RowPress:
    """The pattern row of a sheet of people. `columns`: by letters, of the cells that may have a text, or a height."""

    form: RowForm
    columns: Mapping[str, _Column]
    growing: Sequence[_Growing]

    @classmethod
    def of(cls, form: RowForm, sources: Sources) -> "RowPress":
        columns = {
            cell.letters: _column(cell, sources, grows=cell.letters in form.grows)
            for cell in form.filled
            if cell.letters in form.grows or any(token in sources for token in cell.cell.tokens)
        }
        return cls(form, columns, [_growing(letters, wrap) for letters, wrap in form.grows.items()])

    def stamped(self, frame: pl.DataFrame, numbers: pl.Series) -> pl.Series:
        """The XML of each row, as String. `numbers`: of the rows, as text.

        Raises:
            ExportError: a text is too long for a cell, or holds a character that a workbook cannot.
        """
        columns, growing = self.columns, self.growing
        texts = frame.select(numbers.alias(NUMBER), *(column.value for column in columns.values()))
        asked = [*(column.suspect for column in columns.values()), *(grown.any_ended for grown in growing)]
        found = texts.select(asked).row(0, named=True)
        looked_at = [column.odd[found[letters]] for letters, column in columns.items()]
        looked_at += (grown.odd[found[grown.ended] or found[grown.letters]] for grown in growing)
        odd = texts.select(looked_at).row(0, named=True)
        pieces: list[Piece] = [self.form.opened, self._height(texts, odd), ">"]
        for cell in self.form.cells:
            if isinstance(cell, FilledCell):
                pieces += [f'<c r="{cell.letters}{ROW}"', *self._ending_of(cell, odd, texts)]
            else:
                pieces.append(cell)
        return texts.select(_joined([*pieces, "</row>"])).to_series()

    def _ending_of(self, cell: FilledCell, odd: Mapping[str, Sequence[str]], texts: pl.DataFrame) -> Sequence[Piece]:
        column = self.columns.get(cell.letters)
        if column is None:
            return [cell.xml.empty]
        special = {text: self._ending(column, text, texts) for text in odd[cell.letters]}
        if not special:
            return column.usual
        usual = column.or_empty if special.pop("", None) else column.usual_joined
        if not special:
            return [usual]
        return [pl.coalesce(column.text.replace_strict(special, default=None, return_dtype=pl.String), usual)]

    def _ending(self, column: _Column, text: str, texts: pl.DataFrame) -> str:
        """What follows `<c r="A1"` where the cell says this."""
        if text and column.number:
            return column.cell.xml.number(text)
        try:
            return column.cell.xml.text(text)
        except Unwritable as error:
            row = texts.filter(column.text == text)[NUMBER][0]
            raise refusal(text, self.form.sheet, f"{column.cell.letters}{row}") from error

    def _height(self, texts: pl.DataFrame, odd: Mapping[str, Sequence[str]]) -> Piece:
        """The row's height as attributes, where its text needs more than the template gives it."""
        if not self.growing:
            return ""
        each = (_needed(grown, odd[grown.measured]) for grown in self.growing)
        needed = texts.select(pl.max_horizontal(each)).to_series()
        said = {height: self.form.height_attributes(height) for height in needed.unique().to_list()}
        return pl.lit(needed).replace_strict(said, return_dtype=pl.String)


def _needed(grown: _Growing, odd: Sequence[str]) -> pl.Expr:
    if not odd:
        return grown.usual
    heights = [grown.wrap.height(escaped(text)) for text in odd]
    found = grown.text.replace_strict(odd, heights, default=None, return_dtype=pl.Float64)
    return pl.coalesce(found, grown.usual)


def _column(cell: FilledCell, sources: Sources, *, grows: bool) -> _Column:
    text, xml = pl.col(cell.letters), cell.xml
    number = cell.cell.whole and _is_integer(sources.get(cell.cell.tokens[0]))
    lines = text.filter(text != "").str.join("\n")
    among = f"{SUSPECT_AMONG_LINES}|{_UNEVEN}" if grows else SUSPECT_AMONG_LINES
    odd = (text == "") | (text.str.len_chars() > (xml.plain_digits if number else xml.plain_letters))
    start, end = (xml.number_start, NUMBER_END) if number else (xml.text_start, TEXT_END)
    usual: list[Piece] = [start, text, end]
    joined = _joined(usual)
    return _Column(
        cell=cell,
        number=number,
        value=_value(cell, sources).alias(cell.letters),
        text=text,
        suspect=pl.lit(False).alias(cell.letters) if number else lines.str.contains(among),
        odd={
            False: text.filter(odd).unique().implode(),
            True: text.filter(odd | text.str.contains(SUSPECT)).unique().implode(),
        },
        usual=usual,
        usual_joined=joined,
        or_empty=pl.when(text == "").then(_lit(xml.empty)).otherwise(joined),
    )


def _is_integer(source: Source | None) -> bool:
    return source is not None and source[1].is_integer()


def _value(cell: FilledCell, sources: Sources) -> pl.Expr:
    """What the cell says, as text; "" is an empty cell."""
    found = [sources.get(token) for token in cell.cell.tokens]
    parts = [pl.col(source[0]).cast(pl.String).fill_null("") if source else _lit("") for source in found]
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
    ended, blank = text.str.contains(_LINE_END, literal=True), text == ""
    odd = {False: blank, True: blank | ended | text.str.contains(f"{_UNEVEN}|{SUSPECT}")}
    return _Growing(
        letters=letters,
        wrap=wrap,
        text=text,
        ended=f"{letters} ended",
        any_ended=text.str.join("").str.contains(_LINE_END, literal=True).alias(f"{letters} ended"),
        measured=f"{letters} measured",
        odd={suspect: text.filter(odd).unique().implode().alias(f"{letters} measured") for suspect, odd in odd.items()},
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
