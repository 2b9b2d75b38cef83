"""Opens a finished workbook again, as a stranger would, and counts the people on each sheet."""

from python_calamine import CalamineError

from kyosai_lists.errors import ExportError, FileRefused
from kyosai_lists.workbook.read_back import read_book


def count_rows(data: bytes) -> dict[str, int]:
    """People per sheet of a workbook that is not sealed: rows below the heading that have a number in the `No.` column."""
    try:
        return read_book(data).numbered()
    except (FileRefused, CalamineError, OSError, ValueError, KeyError, IndexError) as error:
        raise ExportError(
            "作ったファイルを読み直せませんでした。",
            "もう一度出してください。続くときは県支部の担当者に知らせてください。",
        ) from error
