"""The one place that writes text into a cell. Whatever the text looks like, it comes out as that text.

Source: ECMA-376 Part 1, 18.8.45 (quotePrefix).
"""

import re
from copy import copy
from datetime import date

from openpyxl.cell.cell import Cell
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.styles.cell_style import StyleArray

from kyosai_lists.workbook.texts import escaped, is_writable, reads_as_formula, refusal

_NOT_IN_XML = re.compile("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\ufffe\uffff]")


def write_text(cell: Cell, text: str, style: StyleArray | None = None) -> None:
    """Puts `text` into the cell as plain text: never a formula, a link, an error or a number. `style` is shared, not copied.

    Raises:
        ExportError: the text is longer than a cell can be, or holds a character that would corrupt the file.
    """
    _refuse_unwritable(cell, text)
    _put(cell, escaped(text), style)


def write_as_it_came(cell: Cell, text: str, style: StyleArray) -> None:
    """As `write_text`, for text that is not trusted yet (and `fits`): a control character stands as its escape, which Excel keeps."""
    _put(cell, _NOT_IN_XML.sub(lambda found: f"_x{ord(found[0]):04X}_", escaped(text)), style)


def _put(cell: Cell, stored: str, style: StyleArray | None) -> None:
    if style is not None:
        cell._style = style
    cell._value = stored or None
    cell.data_type = "s" if stored else "n"
    if reads_as_formula(stored):
        cell._style = quoted(cell._style)


def write_rich(cell: Cell, runs: CellRichText) -> None:
    """As `write_text`, for wording of the template whose parts have fonts of their own."""
    _refuse_unwritable(cell, str(runs))
    cell._value = CellRichText(
        [TextBlock(run.font, escaped(run.text)) if isinstance(run, TextBlock) else escaped(run) for run in runs]
    )
    cell.data_type = "s"


def write_value(cell: Cell, value: str | int | float | date | None, style: StyleArray | None = None) -> None:
    """Text as text, a number as a number, a day as an Excel date, nothing as an empty cell."""
    if isinstance(value, str):
        write_text(cell, value, style)
        return
    if style is not None:
        cell._style = style
    cell._value = value
    cell.data_type = "d" if isinstance(value, date) else "n"


def quoted(style: StyleArray | None) -> StyleArray:
    """The same style, marked so that Excel treats the cell as text even when it is typed again."""
    twin = StyleArray() if style is None else copy(style)
    twin.quotePrefix = 1
    return twin


def _refuse_unwritable(cell: Cell, text: str) -> None:
    if not is_writable(text):
        raise refusal(text, cell.parent.title, cell.coordinate)
