"""A pattern row as expressions over the frame of everyone in it: each row of the frame becomes a `<row>` of XML.

A few passes over a frame, however many columns it has: the text of each cell; whether any text may not pass as it is; only
then in which columns, and the odd texts themselves, which are written or measured one by one; how high the rows must be; all
rows at once. A pass costs as much as some hundred rows, building an expression too: what does not depend on the texts is built once.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import polars as pl

from kyosai_lists.stamp.cellxml import NUMBER_END, SEPARATOR, SUSPECT, SUSPECT_AMONG_JOINED, TEXT_END, Unwritable
from kyosai_lists.stamp.framecolumns import Source, Sources
from kyosai_lists.stamp.markup import ROW
from kyosai_lists.stamp.rowform import FilledCell, RowForm
from kyosai_lists.workbook.measure import Wrap, ems_of
from kyosai_lists.workbook.texts import escaped, refusal
from kyosai_lists.workbook.tokens import Wording

NUMBER = "row"  # column of the texts: the row's number
_SUSPECT = "suspect"  # name of a fact
# Line ends, and letters of two or four bytes, whose width bytes do not tell. (Other line ends make a text suspect.)
_UNEVEN = r"[\n\x{80}-\x{7FF}\x{10000}-\x{10FFFF}]"

Piece = str | pl.Expr
Facts = Mapping[str, Any]
Odd = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class _Column:
    """A filled cell as expressions. `usual`: what follows `<c r="A1"` where the text may pass as it is.

    `blank`, `longest`: names of facts, whether any cell is empty and how many letters the longest text has; up to `plain` letters it
    may pass. `odd`: the different texts that may not pass, though not the empty one; True: where some are suspect.
    """

    cell: FilledCell
    number: bool
    value: pl.Expr
    text: pl.Expr
    blank: str
    longest: str
    plain: int
    odd: Mapping[bool, pl.Expr]
    usual: Sequence[Piece]
    usual_joined: pl.Expr
    or_empty: pl.Expr  # the same where some cells are empty

    @property
    def facts(self) -> list[pl.Expr]:
        return [(self.text == "").any().alias(self.blank), self.text.str.len_chars().max().alias(self.longest)]


@dataclass(frozen=True)
class _Growing:
    """A column for whose text the row grows. `suspect`: whether any text might not pass, or is not even; by letters.

    `odd`: the different texts that are measured one by one, where some are suspect; `measured`: its name; `usual`: the height that
    an even text needs.
    """

    letters: str
    wrap: Wrap
    text: pl.Expr
    suspect: pl.Expr
    measured: str
    odd: pl.Expr
    usual: pl.Expr


@dataclass(frozen=True)
class RowPress:
    """The pattern row of a sheet of people. `columns`: by letters, of the cells that may have a text, or a height.

    `facts`: what is asked of all texts; `suspects`: by letters, of the columns that do not grow, whether any text might not pass.
    """

    form: RowForm
    columns: Mapping[str, _Column]
    growing: Sequence[_Growing]
    facts: Sequence[pl.Expr]
    suspects: Sequence[pl.Expr]

    @classmethod
    def of(cls, form: RowForm, sources: Sources) -> "RowPress":
        columns = {
            cell.letters: _column(cell, sources)
            for cell in form.filled
            if cell.letters in form.grows or any(token in sources for token in cell.cell.tokens)
        }
        growing = [_growing(letters, wrap) for letters, wrap in form.grows.items()]
        texts = {c.cell.letters: c.text for c in columns.values() if not c.number and c.cell.letters not in form.grows}
        facts = [_any_suspect(list(texts.values())).alias(_SUSPECT), *(grown.suspect for grown in growing)]
        facts += (fact for column in columns.values() for fact in column.facts)
        return cls(form, columns, growing, facts, [_any_suspect([text]).alias(name) for name, text in texts.items()])

    def stamped(self, frame: pl.DataFrame, numbers: pl.Series) -> pl.Series:
        """The XML of each row, as String. `numbers`: of the rows, as text.

        Raises:
            ExportError: a text is too long for a cell, or holds a character that a workbook cannot.
        """
        texts = frame.select(numbers.alias(NUMBER), *(column.value for column in self.columns.values()))
        facts = texts.select(self.facts).row(0, named=True)
        odd = self._odd(texts, facts)
        pieces: list[Piece] = [self.form.opened, self._height(texts, odd), ">"]
        for cell in self.form.cells:
            if isinstance(cell, FilledCell):
                pieces += [f'<c r="{cell.letters}{ROW}"', *self._ending_of(cell, facts, odd, texts)]
            else:
                pieces.append(cell)
        return texts.select(_joined([*pieces, "</row>"])).to_series()

    def _odd(self, texts: pl.DataFrame, facts: Facts) -> Odd:
        """The odd texts of each column that has some, by letters, and those to be measured."""
        closer = texts.select(self.suspects).row(0, named=True) if facts[_SUSPECT] else {}
        suspects = {letters for letters in self.columns if facts.get(letters) or closer.get(letters)}
        asked = [
            column.odd[letters in suspects]
            for letters, column in self.columns.items()
            if letters in suspects or facts[column.longest] > column.plain
        ]
        asked += (grown.odd for grown in self.growing if grown.letters in suspects)
        return texts.select(asked).row(0, named=True) if asked else {}

    def _ending_of(self, cell: FilledCell, facts: Facts, odd: Odd, texts: pl.DataFrame) -> Sequence[Piece]:
        column = self.columns.get(cell.letters)
        if column is None:
            return [cell.xml.empty]
        special = {text: self._ending(column, text, texts) for text in odd.get(cell.letters, ())}
        blank = facts[column.blank]
        if not special:
            return [column.or_empty] if blank else column.usual
        found = column.text.replace_strict(special, default=None, return_dtype=pl.String)
        return [pl.coalesce(found, column.or_empty if blank else column.usual_joined)]

    def _ending(self, column: _Column, text: str, texts: pl.DataFrame) -> str:
        """What follows `<c r="A1"` where the cell says this."""
        if column.number:
            return column.cell.xml.number(text)
        try:
            return column.cell.xml.text(text)
        except Unwritable as error:
            row = texts.filter(column.text == text)[NUMBER][0]
            raise refusal(text, self.form.sheet, f"{column.cell.letters}{row}") from error

    def _height(self, texts: pl.DataFrame, odd: Odd) -> Piece:
        """The row's height as attributes, where its text needs more than the template gives it."""
        if not self.growing:
            return ""
        each = (_needed(grown, odd.get(grown.measured, ())) for grown in self.growing)
        needed = texts.select(pl.max_horizontal(each)).to_series()
        said = {height: self.form.height_attributes(height) for height in needed.unique().to_list()}
        return pl.lit(needed).replace_strict(said, return_dtype=pl.String)


def _needed(grown: _Growing, odd: Sequence[str]) -> pl.Expr:
    if not odd:
        return grown.usual
    heights = [grown.wrap.height(escaped(text)) for text in odd]
    found = grown.text.replace_strict(odd, heights, default=None, return_dtype=pl.Float64)
    return pl.coalesce(found, grown.usual)


def _any_suspect(texts: Sequence[pl.Expr], or_else: str = "") -> pl.Expr:
    """Whether any text of these columns might not pass. `or_else`: more that is looked for, "|…"."""
    if not texts:
        return _lit(False)
    joined = pl.concat_str([text.str.join(SEPARATOR) for text in texts], separator=SEPARATOR)
    return joined.str.contains(f"{SUSPECT_AMONG_JOINED}{or_else}")


def _column(cell: FilledCell, sources: Sources) -> _Column:
    text, xml = pl.col(cell.letters), cell.xml
    number = cell.cell.whole and _is_integer(sources.get(cell.cell.tokens[0]))
    plain = xml.plain_digits if number else xml.plain_letters
    long = text.str.len_chars() > plain
    start, end = (xml.number_start, NUMBER_END) if number else (xml.text_start, TEXT_END)
    usual: list[Piece] = [start, text, end]
    joined = _joined(usual)
    return _Column(
        cell=cell,
        number=number,
        value=_value(cell, sources).alias(cell.letters),
        text=text,
        blank=f"{cell.letters} blank",
        longest=f"{cell.letters} longest",
        plain=plain,
        odd={
            False: text.filter(long).unique().implode(),
            True: text.filter(long | text.str.contains(SUSPECT)).unique().implode(),
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
    measured = f"{letters} measured"
    return _Growing(
        letters=letters,
        wrap=wrap,
        text=text,
        # What a row grows for are sentences and lists of products: thousands of rows say the same few hundred things.
        suspect=_any_suspect([text.unique()], f"|{_UNEVEN}").alias(letters),
        measured=measured,
        odd=text.filter(text.str.contains(f"{_UNEVEN}|{SUSPECT}")).unique().implode().alias(measured),
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
