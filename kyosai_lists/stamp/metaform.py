"""_meta, the sheet by which a returned workbook is known again, as XML. What its lines say: `workbook.meta`."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from kyosai_lists.stamp.cellxml import CellXml
from kyosai_lists.stamp.sheetform import SheetForm
from kyosai_lists.workbook.meta import Line

_LETTERS = "ABCDEF"


@dataclass(frozen=True)
class MetaForm:
    form: SheetForm
    cell: CellXml
    _known: dict[tuple[int, tuple[str, ...]], str] = field(default_factory=dict)

    def xml(self, lines: Sequence[Line]) -> bytes:
        rows = "".join(self._row(number, tuple(line)) for number, line in enumerate(lines, start=1))
        size = f"A1:{_LETTERS[max(map(len, lines)) - 1]}{len(lines)}"
        head, tail = self.form.around((), {}, size=size)
        return f"{head}{rows}{tail}".encode()

    def _row(self, number: int, line: tuple[str, ...]) -> str:
        if line[0] != "column":
            return self._written(number, line)
        if (number, line) not in self._known:  # the same in every union's workbook with the same sheets
            self._known[number, line] = self._written(number, line)
        return self._known[number, line]

    def _written(self, number: int, line: tuple[str, ...]) -> str:
        cells = zip(_LETTERS, line, strict=False)
        return (
            f'<row r="{number}">'
            + "".join(f'<c r="{letter}{number}"{self.cell.text(text)}' for letter, text in cells if text)
            + "</row>"
        )
