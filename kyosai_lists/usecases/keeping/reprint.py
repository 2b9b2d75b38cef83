"""The same files again: from the rows, the template and the words that the 台帳 kept, whatever the branch changed since."""

from dataclasses import dataclass
from pathlib import Path

from kyosai_lists.errors import UsageError
from kyosai_lists.store import runs
from kyosai_lists.store.engine import reading, writing
from kyosai_lists.usecases.act import Act
from kyosai_lists.usecases.exporting.finish_runs import finish_run
from kyosai_lists.usecases.exporting.papers import write_papers
from kyosai_lists.usecases.exporting.passwords import PasswordSource
from kyosai_lists.usecases.exporting.print_run import KeptRun, kept_run, print_books
from kyosai_lists.usecases.exporting.record_reprint import changed_books, enter_reprint, with_files
from kyosai_lists.usecases.exporting.staging import staged
from kyosai_lists.usecases.progress import Progress, silent
from kyosai_lists.usecases.workspace import Workspace

_AGAIN = "_再発行"


@dataclass(frozen=True)
class Reprinted:
    """`changed`: unions whose workbook, before sealing, is not byte for byte the same: another version of the program made it.

    `password_year`: the 年度 of the branch's own passwords that seal it, None when it is sealed otherwise or was `finished`.
    `finished`: it was a run whose folder had no name yet, and has it now.
    """

    run_id: str
    out: Path
    sealed: bool
    books: int
    changed: tuple[str, ...]
    password_year: int | None
    finished: bool


def reprint(
    workspace: Workspace,
    run_id: str,
    *,
    act: Act,
    passwords: PasswordSource | None,
    out: Path | None = None,
    progress: Progress = silent,
) -> Reprinted:
    """Makes the run's files again, by default in `out/<its folder>_再発行`; a run that was killed gets its own folder instead.

    That it was printed again is an entry of its own. Sealed or not as is asked for now.

    Raises:
        UsageError: there is no such run, its rows were purged, a password is missing, or `out` holds other files.
        ExportError: it could not be written; nothing was.
        StoreError: what is kept of the run is not what its entry says.
    """
    with reading(workspace.engine) as connection:
        kept = kept_run(connection, run_id)
    if not kept.placed and out is None and kept.machine == act.machine:
        return _finished(workspace, kept, act, passwords, progress)
    target = (out or workspace.out / f"{kept.told.out}{_AGAIN}").resolve()
    with staged(target, run_id + _AGAIN) as stage:
        codes = [book.union_code for book in kept.told.books]
        sealed_with = passwords.on(kept.told.header.as_of) if passwords else None
        written = print_books(kept, stage.folder, codes, sealed_with, progress)
        stage.make_room()
        sealed = sealed_with is not None
        enter_reprint(workspace.engine, kept, written, act, target, sealed=sealed)
        record = with_files(kept.record, {book.path: book.sha256 for book in written}, sealed=sealed)
        write_papers(stage.folder, record, kept.entry, kept.union_lists)
        stage.place()
    if not kept.placed:
        with writing(workspace.engine) as connection:
            runs.mark_placed(connection, run_id, act.day, str(target), act.machine)
    year = sealed_with.year if sealed_with else None
    return Reprinted(run_id, target, sealed, len(written), changed_books(kept, written), year, finished=False)


def _finished(
    workspace: Workspace, kept: KeptRun, act: Act, passwords: PasswordSource | None, progress: Progress
) -> Reprinted:
    run_id = kept.told.header.run_id
    if not finish_run(workspace, run_id, act, passwords, progress):
        raise UsageError(
            f"名簿番号 {run_id} の名簿は、今ほかの画面で作っているところです。",
            "終わるのを待って、もう一度実行してください。",
            "ファイルは作っていません。",
        )
    return Reprinted(run_id, kept.out, kept.told.sealed, len(kept.told.books), (), None, finished=True)


def is_sealed(workspace: Workspace, run_id: str) -> bool:
    """
    Raises:
        UsageError: there is no such run.
    """
    with reading(workspace.engine) as connection:
        return kept_run(connection, run_id).told.sealed
