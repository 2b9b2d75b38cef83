"""The one place that writes text into a cell's XML. Whatever the text looks like, it comes out as that text.

`SUSPECT` and `CellXml.plain_letters` say which texts may pass as they are; every other text goes through `CellXml.text`.
Sources: ECMA-376 Part 1, 18.3.1.4 (c), 18.3.1.53 (is), 18.4.12 (t); XML 1.0, 2.2 (Char) and 2.10 (xml:space).
"""

from dataclasses import dataclass

from kyosai_lists.stamp.markup import plain
from kyosai_lists.workbook.specimen import CellLook
from kyosai_lists.workbook.texts import CELL_LIMIT, escaped, is_writable, reads_as_formula

_NONCHARACTERS = "".join(f"\\x{{{plane:X}FFFE}}\\x{{{plane:X}FFFF}}" for plane in range(1, 17))
_ANYWHERE = rf"[&<>\x00-\x08\x0B-\x1F\x7F-\x{{9F}}\x{{2028}}\x{{2029}}\x{{FFFE}}\x{{FFFF}}{_NONCHARACTERS}]|_x"
_FIRST, _LAST = r"[\s=+\-@＝＋－＠']", r"\s"
# Wide on purpose: what it finds needlessly is only looked at twice.
SUSPECT = rf"{_ANYWHERE}|^{_FIRST}|{_LAST}$"
SEPARATOR = "|"  # neither white space nor a formula's start
# The same for texts joined by SEPARATOR: finds whatever SUSPECT finds in one of them, and more.
SUSPECT_AMONG_JOINED = rf"{_ANYWHERE}|(?:^|\|){_FIRST}|{_LAST}(?:\||$)"
TEXT_END = "</t></is></c>"
NUMBER_END = "</v></c>"


class Unwritable(Exception):
    """A text that no cell can hold; whoever knows the cell says so in words."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text


@dataclass(frozen=True)
class CellXml:
    """What follows `<c r="A1"` of a cell with this look."""

    look: CellLook

    @property
    def plain_letters(self) -> int:
        """A text of so many letters or fewer is neither broken over lines nor too long for a cell."""
        return min(self.look.fit.surely_fits, CELL_LIMIT // 2)

    @property
    def plain_digits(self) -> int:
        """The same for a whole number."""
        return self.look.fit.surely_fits_narrow

    @property
    def text_start(self) -> str:
        return f'{self.style()} t="inlineStr"><is><t>'

    @property
    def number_start(self) -> str:
        return f"{self.style()}><v>"

    @property
    def empty(self) -> str:
        return f"{self.style()}/>"

    def number(self, value: int | str) -> str:
        return f"{self.style(self.look.fit.broken_size(str(value)))}><v>{value}{NUMBER_END}"

    def text(self, text: str) -> str:
        """
        Raises:
            Unwritable: no cell can hold the text.
        """
        if not is_writable(text):
            raise Unwritable(text)
        stored = escaped(text)
        if not stored:
            return self.empty
        style = self.style(self.look.fit.broken_size(text), marked=reads_as_formula(stored))
        return f'{style} t="inlineStr"><is>{run_text(stored)}</is></c>'

    def style(self, size: float | None = None, *, marked: bool = False) -> str:
        return f' s="{self.look.styles[size, marked]}"'


def run_text(stored: str) -> str:
    """Without the mark a reader may take away spaces at the ends."""
    return f'<t xml:space="preserve">{plain(stored)}</t>' if stored != stored.strip() else f"<t>{plain(stored)}</t>"
