"""A pattern row written line by line: for the tables of the cover, too short for the expressions of `rowpress` to be worth their cost."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from kyosai_lists.stamp.cellxml import Unwritable
from kyosai_lists.stamp.kept import Kept
from kyosai_lists.stamp.markup import ROW
from kyosai_lists.stamp.rowform import FilledCell, RowForm
from kyosai_lists.workbook.rows import Values, cell_value
from kyosai_lists.workbook.texts import escaped, refusal
from kyosai_lists.workbook.tokens import Value, shown

_LINES, _CELLS = 4_096, 16_384  # kept


@dataclass(frozen=True)
class LinePress:
    form: RowForm
    _lines: Kept[tuple[Value, ...], str] = field(default_factory=lambda: Kept(_LINES))
    _endings: Kept[tuple[str, Value], str] = field(default_factory=lambda: Kept(_CELLS))

    def stamped(self, lines: Sequence[Sequence[Values]], first: int) -> list[bytes]:
        """The XML of each line (one mapping of token to value per block), numbered from `first` on.

        Raises:
            ExportError: a text is too long for a cell, or holds a character that a workbook cannot.
        """
        return [self._line(blocks, str(number)).encode() for number, blocks in enumerate(lines, start=first)]

    def _line(self, blocks: Sequence[Values], number: str) -> str:
        values = tuple([cell_value(cell.cell, blocks) for cell in self.form.filled])
        found = self._lines.get(values)
        if found is None:
            found = self._lines.keep(values, self._written(values, number))
        return found.replace(ROW, number)

    def _written(self, values: Sequence[Value], number: str) -> str:
        cells = list(zip(self.form.filled, values, strict=True))
        return self._format % (self._height(cells), *[self._ending(cell, value, number) for cell, value in cells])

    @cached_property
    def _format(self) -> str:
        """A line, its height and its filled cells open."""
        cells = (
            f'<c r="{cell.letters}{ROW}"%s' if isinstance(cell, FilledCell) else cell.replace("%", "%%")
            for cell in self.form.cells
        )
        return f"{self.form.opened.replace('%', '%%')}%s>{''.join(cells)}</row>"

    def _ending(self, cell: FilledCell, value: Value, number: str) -> str:
        """What follows `<c r="A1"` where the cell says this. Kept: lines differ, their numbers, pages and documents come again."""
        key = (cell.letters, value)
        found = self._endings.get(key)
        if found is None:
            found = self._endings.keep(key, self._ending_of(cell, value, number))
        return found

    def _ending_of(self, cell: FilledCell, value: Value, number: str) -> str:
        if isinstance(value, int):
            return cell.xml.number(value)
        try:
            return cell.xml.text(shown(value))
        except Unwritable as error:
            raise refusal(error.text, self.form.sheet, f"{cell.letters}{number}") from error

    def _height(self, cells: Sequence[tuple[FilledCell, Value]]) -> str:
        grows = self.form.grows
        needed = [grows[c.letters].height(escaped(shown(value))) for c, value in cells if c.letters in grows]
        return self.form.height_attributes(max(needed, default=0.0))
