"""What is on 保留: listed, and as workbooks to be mended and imported again."""

from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path

import polars as pl

from kyosai_lists.errors import ExportError
from kyosai_lists.intake.layouts import LAYOUTS
from kyosai_lists.store import quarantine
from kyosai_lists.store.engine import reading
from kyosai_lists.usecases.on_hold import OnHold, on_hold_of
from kyosai_lists.usecases.workspace import Workspace

FOLDER = "保留"


def on_hold(workspace: Workspace) -> list[OnHold]:
    """Every row still on 保留, oldest first."""
    with reading(workspace.engine) as connection:
        rows = quarantine.open_rows(connection)
    return [on_hold_of(row) for row in rows.iter_rows(named=True)]


def write_all(workspace: Workspace, today: date, progress: Callable[[str], None] = lambda _: None) -> list[Path]:
    """Writes everything that is on 保留 into `out/保留`, a new workbook for each layout.

    Raises:
        ExportError: the folder cannot be written.
    """
    with reading(workspace.engine) as connection:
        rows = quarantine.open_rows(connection)
    return write_books(workspace, rows, f"全部_{today:%Y%m%d}", today, progress)


def write_books(
    workspace: Workspace, rows: pl.DataFrame, label: str, day: date, progress: Callable[[str], None] = lambda _: None
) -> list[Path]:
    """Writes `rows` (`store.quarantine.SCHEMA`) as `out/保留/保留_<label>_<layout>.xlsx`; a file that is there is never touched."""
    if rows.is_empty():
        return []
    from kyosai_lists.workbook.hold_book import HeldRow, hold_book  # the Excel library costs 0.1 s

    made = []
    for layout in LAYOUTS:
        mine = rows.filter(pl.col("layout") == layout.id)
        if mine.is_empty():
            continue
        progress(f"保留のブック({layout.title})")
        held = [
            HeldRow(quarantine.number(row["id"], row["raw"]), *(row[n] for n in ("file", "sheet", "row", "problems", "raw")))
            for row in mine.iter_rows(named=True)
        ]  # fmt: skip
        made.append(_write(workspace.out / FOLDER, f"保留_{label}_{layout.title}", hold_book(held, layout.title, day)))
    return made


def _write(folder: Path, stem: str, book: bytes) -> Path:
    """Written aside and put in place whole; Excel may hold an older one open, so a name is never used twice."""
    aside = folder / f".{stem}.作成中"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path, number = folder / f"{stem}.xlsx", 1
        while path.exists():
            number += 1
            path = folder / f"{stem}({number}).xlsx"
        aside.write_bytes(book)
        aside.replace(path)
    except OSError as error:
        with suppress(OSError):  # where the folder itself is none
            aside.unlink(missing_ok=True)
        raise ExportError(
            "保留のブックを書き込めませんでした(ディスクの空きがないか、out フォルダーに書けません)。",
            "空きと書き込みの許可を確かめ、kyosai-lists held --write を実行してください。",
            "取り込みは終わっています。保留の行もそのまま残っています。",
        ) from error
    return path
