"""The rows of a long plain table as openpyxl would write them, letter for letter, without its objects: a nation's まとめ has
tens of thousands of cells, and each would pass through three of them.

Source: ECMA-376 Part 1, 18.3.1.73 (row), 18.3.1.4 (c); `openpyxl.cell._writer`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from openpyxl.compat import safe_string
from openpyxl.styles.cell_style import StyleArray
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import to_excel
from openpyxl.worksheet.worksheet import Worksheet

from kyosai_lists.workbook.cells import quoted
from kyosai_lists.workbook.measure import TALLEST, Wrap, row_height
from kyosai_lists.workbook.texts import escaped, is_writable, reads_as_formula, refusal

Value = str | int | float | date | None
Row = tuple[Value, ...]  # a float is a share of 1, shown as a percentage


@dataclass(frozen=True)
class PlainRows:
    """Makes rows of a sheet. `kinds`: the style of each kind of value, `words`: of all others; `wraps`: columns whose text wraps."""

    sheet: Worksheet
    kinds: Mapping[type, StyleArray]
    words: StyleArray
    wraps: Mapping[int, Wrap]
    _texts: dict[str, str] = field(default_factory=dict)
    _heights: dict[tuple[int, str], float] = field(default_factory=dict)

    def xml(self, first: int, rows: Sequence[Row]) -> bytes:
        """`rows` as they stand from row `first` on.

        Raises:
            ExportError: a text is longer than a cell can be, or holds a character that would corrupt the file.
        """
        letters = [get_column_letter(number) for number in range(1, max(map(len, rows), default=0) + 1)]
        made = (self._row(number, letters, row) for number, row in enumerate(rows, start=first))
        return "".join(made).encode()

    def _row(self, number: int, letters: Sequence[str], values: Row) -> str:
        cells = (self._cell(f"{column}{number}", value) for column, value in zip(letters, values, strict=True))
        return f'<row r="{number}"{self._height(number, values)}>{"".join(cells)}</row>'

    def _height(self, number: int, values: Row) -> str:
        needed = max((self._needed(column, values[column - 1]) for column in self.wraps), default=0.0)
        if needed <= row_height(self.sheet, number):
            return ""
        return f' ht="{safe_string(round(min(needed, TALLEST), 2))}" customHeight="1"'

    def _needed(self, column: int, value: Value) -> float:
        text = "" if value is None else str(value)
        if (column, text) not in self._heights:
            self._heights[column, text] = self.wraps[column].height(escaped(text))
        return self._heights[column, text]

    def _cell(self, place: str, value: Value) -> str:
        if isinstance(value, str):
            return f'<c r="{place}"{self._text(place, value)}'
        style = self._styled(self.kinds.get(type(value), self.words))
        if value is None:
            return f'<c r="{place}"{style} t="n" />'
        number = to_excel(value) if isinstance(value, date) else value
        return f'<c r="{place}"{style} t="n"><v>{safe_string(number)}</v></c>'

    def _text(self, place: str, text: str) -> str:
        if text not in self._texts:
            if not is_writable(text):
                raise refusal(text, self.sheet.title, place)
            self._texts[text] = "".join(self._written(escaped(text)))
        return self._texts[text]

    def _written(self, stored: str) -> Iterator[str]:
        yield self._styled(quoted(self.words) if reads_as_formula(stored) else self.words)
        if stored:
            plain = stored.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
            yield f' t="inlineStr"><is><t{_space(stored)}>{plain}</t></is></c>'
        else:
            yield ' t="n" />'

    def _styled(self, style: StyleArray) -> str:
        return f' s="{self.sheet.parent._cell_styles.add(style)}"'


def _space(stored: str) -> str:
    return ' xml:space="preserve"' if stored.strip() not in ("", stored) else ""
