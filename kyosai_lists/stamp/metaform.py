"""_meta, the sheet by which a returned workbook is known again, as XML. What its lines say: `workbook.meta`."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from kyosai_lists.stamp.cellxml import CellXml
from kyosai_lists.stamp.kept import Kept
from kyosai_lists.stamp.markup import ROW, as_format, slot
from kyosai_lists.stamp.sheetform import SheetForm
from kyosai_lists.workbook.meta import Line

_LETTERS = "ABCDEF"
_FORMATS = 256  # kept: a run of many lists has a kind of workbook for almost every union
_BLOCKS = 1_024  # kept
_ROWS = 4_096  # kept: of a sheet whose headings name the union, most lines are still the same
_SHORT = 6  # letters: numbers of people, which come again and again


class Open(str):
    """In a line, the name of what only a workbook can say."""

    __slots__ = ()


@dataclass(frozen=True)
class Block:
    """Lines that stand together, as formats; the number of its row stays open in each. `width`: columns."""

    rows: tuple[str, ...]
    width: int
    _placed: dict[int, bytes] = field(default_factory=dict)

    def placed(self, first: int) -> bytes:
        """From row `first` on. Kept: in many kinds of workbooks a sheet is told of in the same place."""
        if first not in self._placed:
            rows = (row.replace(ROW, str(number)) for number, row in enumerate(self.rows, start=first))
            self._placed[first] = "".join(rows).encode()
        return self._placed[first]


@dataclass(frozen=True)
class MetaForm:
    form: SheetForm
    cell: CellXml
    _formats: Kept[Hashable, list[bytes]] = field(default_factory=lambda: Kept(_FORMATS))
    _blocks: Kept[Hashable, Block] = field(default_factory=lambda: Kept(_BLOCKS))
    _rows: Kept[Line, str] = field(default_factory=lambda: Kept(_ROWS))
    _short: dict[str, bytes] = field(default_factory=dict)

    def xml(self, kind: Hashable, blocks: Callable[[], Sequence[Block]], said: Mapping[str, str]) -> list[bytes]:
        """The sheet of these blocks. Workbooks of one `kind` have the same ones, but for what is `Open` and `said` by name."""
        found = self._formats.get(kind)
        if found is None:
            found = self._formats.keep(kind, self._formats_of(blocks()))
        filled = {name.encode(): self._ending(text) for name, text in said.items()}
        return [part % filled for part in found]

    def block(self, name: Hashable, lines: Callable[[], Sequence[Line]]) -> Block:
        """`name`: says what the lines say; then they are asked for once."""
        found = self._blocks.get(name)
        if found is None:
            own = lines()
            found = self._blocks.keep(name, Block(tuple(map(self._row, own)), max(map(len, own))))
        return found

    def _formats_of(self, blocks: Sequence[Block]) -> list[bytes]:
        firsts = list(accumulate((len(block.rows) for block in blocks), initial=1))
        width = max(block.width for block in blocks)
        size = {"dimension0": f"A1:{_LETTERS[width - 1]}{firsts[-1] - 1}"}
        head, tail = (part.replace(b"%", b"%%") for part in self.form.around(self.form.grown(), size))
        return [head, *(block.placed(first) for block, first in zip(blocks, firsts, strict=False)), tail]

    def _row(self, line: Line) -> str:
        found = self._rows.get(line)
        return self._rows.keep(line, self._written(line)) if found is None else found

    def _written(self, line: Line) -> str:
        cells = (
            f'<c r="{letter}{ROW}"{self._cell(text)}' for letter, text in zip(_LETTERS, line, strict=False) if text
        )
        return as_format(f'<row r="{ROW}">{"".join(cells)}</row>', {})

    def _cell(self, text: str) -> str:
        return slot(text) if isinstance(text, Open) else self.cell.text(text)

    def _ending(self, text: str) -> bytes:
        if len(text) > _SHORT:
            return self.cell.text(text).encode()
        if text not in self._short:
            self._short[text] = self.cell.text(text).encode()
        return self._short[text]
