"""A pattern row written line by line: for the tables of the cover, too short for the expressions of `rowpress` to be worth their cost."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from kyosai_lists.stamp.cellxml import Unwritable
from kyosai_lists.stamp.markup import ROW
from kyosai_lists.stamp.rowform import FilledCell, RowForm
from kyosai_lists.workbook.rows import Values, cell_value
from kyosai_lists.workbook.texts import escaped, refusal
from kyosai_lists.workbook.tokens import Value, shown

_KEPT = 4_096  # lines; most are blank ones


@dataclass(frozen=True)
class LinePress:
    form: RowForm
    _lines: dict[tuple[Value, ...], str] = field(default_factory=dict)

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
            if len(self._lines) >= _KEPT:
                self._lines.clear()
            found = self._lines[values] = self._written(values, number)
        return found.replace(ROW, number)

    def _written(self, values: Sequence[Value], number: str) -> str:
        waiting = iter(values)
        cells = [
            f'<c r="{cell.letters}{ROW}"{self._ending(cell, next(waiting), number)}'
            if isinstance(cell, FilledCell)
            else cell
            for cell in self.form.cells
        ]
        return f"{self.form.opened}{self._height(values)}>{''.join(cells)}</row>"

    def _ending(self, cell: FilledCell, value: Value, number: str) -> str:
        """What follows `<c r="A1"` where the cell says this."""
        if isinstance(value, int):
            return cell.xml.number(value)
        try:
            return cell.xml.text(shown(value))
        except Unwritable as error:
            raise refusal(error.text, self.form.sheet, f"{cell.letters}{number}") from error

    def _height(self, values: Sequence[Value]) -> str:
        texts = {cell.letters: escaped(shown(value)) for cell, value in zip(self.form.filled, values, strict=True)}
        needed = [wrap.height(texts[letters]) for letters, wrap in self.form.grows.items()]
        return self.form.height_attributes(max(needed, default=0.0))
