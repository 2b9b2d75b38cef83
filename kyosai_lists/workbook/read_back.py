"""Reading one of our own workbooks back: `_meta` says what it is and where everything stands, so nothing is guessed."""

import io
from collections.abc import Iterator
from dataclasses import dataclass, field

import polars as pl
from python_calamine import CalamineError, CalamineWorkbook

from kyosai_lists.errors import FileRefused
from kyosai_lists.workbook.tokens import META

NUMBER = "No."
LISTED_SCHEMA: dict[str, pl.DataType] = {"member_no": pl.String(), "name": pl.String()}
_LISTED_TOKENS = {"member_no": "組合員番号", "name": "氏名"}
_OURS = {"run", "pref", "union"}


@dataclass(frozen=True)
class SheetPlace:
    """`header_row`: how many rows stand above the people. `columns`: a token's column, from 1."""

    header_row: int
    rows: int
    columns: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Meta:
    """`facts`: run, pref, union, as_of … `lists`: the sheet of each list of the run, "" where nobody is on it."""

    facts: dict[str, str]
    lists: dict[str, str]
    sheets: dict[str, SheetPlace]


@dataclass(frozen=True)
class ReadBook:
    """A workbook opened again."""

    meta: Meta
    workbook: CalamineWorkbook

    def listed(self, list_id: str) -> pl.DataFrame:
        """LISTED_SCHEMA: the people on a list's sheet; none where the list has no sheet."""
        sheet = self.meta.lists.get(list_id, "")
        rows = self._rows(sheet, tuple(_LISTED_TOKENS.values())) if sheet else ()
        return pl.DataFrame(list(rows), schema=LISTED_SCHEMA, orient="row")

    def numbered(self) -> dict[str, int]:
        """How many rows of each sheet have a No."""
        return {
            sheet: sum(isinstance(number, int | float) for (number,) in self._rows(sheet, (NUMBER,)))
            for sheet in self.meta.sheets
        }

    def _rows(self, sheet: str, tokens: tuple[str, ...]) -> Iterator[tuple[object, ...]]:
        place = self.meta.sheets[sheet]
        columns = [place.columns[token] - 1 for token in tokens]
        for row in self.workbook.get_sheet_by_name(sheet).to_python(skip_empty_area=False)[place.header_row :]:
            yield tuple(row[column] for column in columns)


def read_book(data: bytes) -> ReadBook:
    """Opens a workbook that is not sealed.

    Raises:
        FileRefused: it is no workbook of ours.
    """
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        meta = _meta([[str(cell) for cell in row] for row in workbook.get_sheet_by_name(META).to_python()])
    except (CalamineError, OSError, ValueError, IndexError) as error:
        raise _foreign() from error
    if not meta.facts.keys() >= _OURS:
        raise _foreign()
    return ReadBook(meta, workbook)


def _meta(lines: list[list[str]]) -> Meta:
    sheets = {line[1]: SheetPlace(int(line[2]), int(line[3])) for line in lines if line[0] == "sheet"}
    for _, sheet, tokens, _, column, *_ in (line for line in lines if line[0] == "column"):
        sheets[sheet].columns.update(dict.fromkeys(tokens.split(), int(column)))
    facts = {line[0]: line[1] for line in lines if line[0] not in ("sheet", "column", "list")}
    return Meta(facts, {line[1]: line[4] for line in lines if line[0] == "list"}, sheets)


def _foreign() -> FileRefused:
    return FileRefused(
        "このプログラムが作った名簿ではないか、壊れています。", "名簿を出したときのファイルを指定してください。"
    )
