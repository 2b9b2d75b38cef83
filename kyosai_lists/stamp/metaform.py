"""_meta, the sheet by which a returned workbook is known again, as XML. What its lines say: `workbook.meta`."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from kyosai_lists.stamp.cellxml import CellXml
from kyosai_lists.stamp.sheetform import SheetForm
from kyosai_lists.workbook.meta import Line

_LETTERS = "ABCDEF"
_SHORT = 6


@dataclass(frozen=True)
class MetaForm:
    form: SheetForm  # whose size stays open
    cell: CellXml
    _known: dict[tuple[int, tuple[Line, ...]], str] = field(default_factory=dict)
    _endings: dict[str, str] = field(default_factory=dict)

    def xml(self, stretches: Sequence[tuple[Line, ...]]) -> bytes:
        """The sheet of these lines. A stretch that is likely to come again, such as the columns of a sheet, is kept."""
        rows: list[str] = []
        last, width = 0, 0
        for lines in stretches:
            rows.append(self._stretch(last + 1, lines))
            last += len(lines)
            width = max(width, *map(len, lines)) if lines else width
        head, tail = self.form.around((), {"dimension0": f"A1:{_LETTERS[width - 1]}{last}"})
        return f"{head}{''.join(rows)}{tail}".encode()

    def _stretch(self, first: int, lines: tuple[Line, ...]) -> str:
        if not lines or lines[0][0] != "column":
            return self._written(first, lines)
        if (first, lines) not in self._known:
            self._known[first, lines] = self._written(first, lines)
        return self._known[first, lines]

    def _written(self, first: int, lines: Sequence[Line]) -> str:
        return "".join(
            f'<row r="{number}">{self._cells(number, line)}</row>' for number, line in enumerate(lines, start=first)
        )

    def _cells(self, number: int, line: Line) -> str:
        cells = zip(_LETTERS, line, strict=False)
        return "".join(f'<c r="{letter}{number}"{self._ending(text)}' for letter, text in cells if text)

    def _ending(self, text: str) -> str:
        """Small numbers and the words for what a line is come again and again."""
        if len(text) > _SHORT:
            return self.cell.text(text)
        if text not in self._endings:
            self._endings[text] = self.cell.text(text)
        return self._endings[text]
