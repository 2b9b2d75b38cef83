"""Taking files in: every row read is new, changed, unchanged, a duplicate, on 保留, or waiting. One call is one transaction."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import polars as pl

from kyosai_lists.errors import ExportError, UsageError
from kyosai_lists.intake.apart import Readers
from kyosai_lists.intake.layouts import BY_ID
from kyosai_lists.intake.reading import FileReading, ReadingOptions, Remark
from kyosai_lists.intake.side_by_side import Reads, read_all
from kyosai_lists.store import imports
from kyosai_lists.store.engine import Connection, writing
from kyosai_lists.usecases.importing.campaign_questions import questioned
from kyosai_lists.usecases.importing.hold import write_books
from kyosai_lists.usecases.importing.preview import Preview, named_rows, preview
from kyosai_lists.usecases.importing.take_in import FATES, TakenIn, take_in
from kyosai_lists.usecases.keep_store import before_import
from kyosai_lists.usecases.workspace import Workspace


@dataclass(frozen=True)
class FileFate:
    """What became of the rows of one file: `title` is its layout's name, `read` is the sum of `counts`, whose keys are FATES."""

    path: Path
    layout: str
    title: str
    encoding: str
    sha256: str
    read: int
    counts: dict[str, int]
    remarks: tuple[Remark, ...]


@dataclass(frozen=True)
class ImportResult:
    """`number`: the import's, for `imports undo`. `problems`: `take_in.PROBLEMS`, a line for each reason of each row on 保留.

    `mended`: rows taken off 保留; `withdrawn`: those that the clerk wants no more. `hold_books`: where the rows on 保留 are to
    be mended. `waiting`: contracts in the store whose member is not there yet; `released`: those whose
    member came in this call. `alarms`: sentences about what looks like a wrong file. `gone`: layout (its id), key, name of
    what files said to be complete no longer have. `preview`: only of a dry run.
    """

    number: int
    files: tuple[FileFate, ...]
    problems: pl.DataFrame
    mended: int
    withdrawn: int
    waiting: int
    released: int
    alarms: tuple[str, ...]
    gone: pl.DataFrame
    preview: Preview | None
    hold_books: tuple[Path, ...] = ()

    @property
    def needs_a_person(self) -> bool:
        return not self.problems.is_empty()


def import_files(
    workspace: Workspace,
    paths: list[Path],
    *,
    today: date,
    dry_run: bool = False,
    snapshot: bool = False,
    encoding: str | None = None,
    password: str | None = None,
    readers: Callable[[ReadingOptions], AbstractContextManager[Reads]] = Readers,
    progress: Callable[[str], None] = lambda _: None,
) -> ImportResult:
    """Reads every file, then loads all of them, unions first, in one transaction; a dry run takes it back at its end.

    With `snapshot` the files are said to be complete: who is no longer in them is told, and only told.

    Raises:
        FileRefused: a file cannot be taken in; nothing was.
    """
    if not paths:
        raise UsageError("取り込むファイルが指定されていません。", "ファイルの名前を続けて書いてください。")
    own: dict[str, dict[str, str]] = {name: dict(layout.columns) for name, layout in workspace.settings.layouts.items()}
    options = ReadingOptions(today=today, columns=own, encoding=encoding, password=password)
    read = list(read_all(paths, lambda: readers(options), progress))
    return _import(workspace, read, today, progress, dry_run=dry_run, snapshot=snapshot)


def _import(
    workspace: Workspace,
    readings: list[FileReading],
    today: date,
    progress: Callable[[str], None],
    *,
    dry_run: bool,
    snapshot: bool,
) -> ImportResult:
    with writing(workspace.engine, keep=not dry_run) as connection:
        progress("書き込み")
        taken = take_in(connection, workspace, readings, today, complete=snapshot)
        if not dry_run:
            before_import(workspace, taken.import_id, today)  # what others see of the store is still as it was
        files = tuple(file_fate(number, reading, taken) for number, reading in enumerate(readings))
        imports.settle(connection)
        record(connection, taken.import_id, readings, files)
        result = ImportResult(
            number=taken.import_id,
            files=files,
            problems=taken.problems,
            mended=taken.mended,
            withdrawn=taken.withdrawn,
            waiting=taken.waiting,
            released=taken.released,
            alarms=(*taken.alarms, *questioned(connection, workspace, taken.import_id, today)),
            gone=named_rows(connection, taken.gone),
            preview=preview(connection, taken) if dry_run else None,
        )
    if dry_run:
        return result
    try:
        books = write_books(workspace, taken.held, f"第{result.number}回", today, progress)
    except ExportError as error:  # the import is done; that it was must not be lost in a failure
        return replace(result, alarms=(*result.alarms, f"{error.happened}{error.todo}"))
    return replace(result, hold_books=tuple(books))


def file_fate(number: int, reading: FileReading, taken: TakenIn) -> FileFate:
    mine = dict(taken.fates.filter(pl.col("file_number") == number).select("fate", "n").iter_rows())
    return FileFate(
        reading.path,
        reading.layout,
        BY_ID[reading.layout].title,
        reading.encoding,
        reading.sha256,
        taken.read[number],
        {fate: mine.get(fate, 0) for fate in FATES},
        reading.remarks,
    )


def record(connection: Connection, import_id: int, readings: list[FileReading], files: tuple[FileFate, ...]) -> None:
    """Keeps what was taken in, for `imports`."""
    rows: list[dict[str, str | int]] = [
        {
            "name": file.path.name,
            "sha256": file.sha256,
            "layout": file.layout,
            "encoding": file.encoding,
            "whole": not reading.partial,
            "read": file.read,
            **file.counts,
        }
        for file, reading in zip(files, readings, strict=True)
    ]
    imports.record_files(connection, import_id, rows)
