"""Opens a finished workbook again, as a stranger would, and counts the people on each sheet."""

import io

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from kyosai_lists.errors import ExportError
from kyosai_lists.workbook.seal import open_sealed
from kyosai_lists.workbook.tokens import META

_NO = "No."


def count_sealed_rows(data: bytes, password: str) -> dict[str, int]:
    """People per sheet of a sealed workbook, its integrity checked first. To be compared with `meta.expected_rows`.

    Raises:
        ExportError: the file does not open with this password, was damaged, or is not one of ours.
    """
    return count_rows(open_sealed(data, password))


def count_rows(data: bytes) -> dict[str, int]:
    """People per sheet of a workbook that is not sealed: rows below the heading that have a number in the `No.` column."""
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        meta = workbook.get_sheet_by_name(META).to_python()
        headings = {row[1]: int(str(row[2])) for row in meta if row[0] == "sheet"}
        columns = {row[1]: int(str(row[4])) for row in meta if row[0] == "column" and _NO in str(row[2]).split()}
        return {
            str(name): _numbered(workbook.get_sheet_by_name(str(name)), headings[name], columns[name])
            for name in headings
        }
    except (CalamineError, OSError, ValueError, KeyError, IndexError) as error:
        raise ExportError(
            "作ったファイルを読み直せませんでした。",
            "もう一度出してください。続くときは県支部の担当者に知らせてください。",
        ) from error


def _numbered(sheet: CalamineSheet, heading_row: int, column: int) -> int:
    rows = sheet.to_python(skip_empty_area=False)[heading_row:]
    return sum(isinstance(row[column - 1], int | float) for row in rows)
