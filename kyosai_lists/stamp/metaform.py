"""_meta, the sheet by which a returned workbook is known again, as XML. What its lines say: `workbook.meta`."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field

from kyosai_lists.stamp.cellxml import CellXml
from kyosai_lists.stamp.markup import ROW, as_format, slot
from kyosai_lists.stamp.sheetform import SheetForm
from kyosai_lists.workbook.meta import Line

_LETTERS = "ABCDEF"
_KEPT = 256  # formats: a run of many lists has a kind of workbook for almost every union
_SHORT = 6  # letters: numbers of people, which come again and again


class Open(str):
    """In a line, the name of what only a workbook can say."""

    __slots__ = ()


@dataclass(frozen=True)
class MetaForm:
    form: SheetForm
    cell: CellXml
    _formats: dict[Hashable, bytes] = field(default_factory=dict)
    _rows: dict[Line, str] = field(default_factory=dict)
    _short: dict[str, bytes] = field(default_factory=dict)

    def xml(self, kind: Hashable, lines: Callable[[], Sequence[Line]], said: Mapping[str, str]) -> bytes:
        """The sheet of these lines. Workbooks of one `kind` have the same lines, but for what is `Open` and `said` by name."""
        found = self._formats.get(kind)
        if found is None:
            if len(self._formats) >= _KEPT:
                self._formats.clear()
            found = self._formats[kind] = self._format(lines())
        return found % {name.encode(): self._ending(text) for name, text in said.items()}

    def _format(self, lines: Sequence[Line]) -> bytes:
        size = f"A1:{_LETTERS[max(map(len, lines)) - 1]}{len(lines)}"
        head, tail = (part.replace(b"%", b"%%") for part in self.form.around(self.form.grown(), {"dimension0": size}))
        rows = (self._row(line).replace(ROW, str(number)) for number, line in enumerate(lines, start=1))
        return head + "".join(rows).encode() + tail

    def _row(self, line: Line) -> str:
        """Kept: many kinds of workbooks have the same lines, in other rows."""
        if line not in self._rows:
            cells = (
                f'<c r="{letter}{ROW}"{self._cell(text)}' for letter, text in zip(_LETTERS, line, strict=False) if text
            )
            self._rows[line] = as_format(f'<row r="{ROW}">{"".join(cells)}</row>', {})
        return self._rows[line]

    def _cell(self, text: str) -> str:
        return slot(text) if isinstance(text, Open) else self.cell.text(text)

    def _ending(self, text: str) -> bytes:
        if len(text) > _SHORT:
            return self.cell.text(text).encode()
        if text not in self._short:
            self._short[text] = self.cell.text(text).encode()
        return self._short[text]
