"""Runs that are in the 台帳 and whose folder has no name yet, because they were killed in between: finished at the next start."""

from contextlib import suppress
from pathlib import Path

from kyosai_lists.errors import KyosaiError, UsageError
from kyosai_lists.store import runs
from kyosai_lists.store.engine import reading, writing
from kyosai_lists.usecases.act import Act
from kyosai_lists.usecases.exporting.export_result import Finished
from kyosai_lists.usecases.exporting.leftovers import Aside, reopened_folder
from kyosai_lists.usecases.exporting.papers import write_papers
from kyosai_lists.usecases.exporting.passwords import PasswordSource
from kyosai_lists.usecases.exporting.print_run import KeptRun, kept_run, print_books, untouched_books
from kyosai_lists.usecases.exporting.record_reprint import enter_reprint, with_files
from kyosai_lists.usecases.exporting.staging import Staging, earlier_run
from kyosai_lists.usecases.progress import Progress, silent
from kyosai_lists.usecases.workspace import Workspace


def finish_runs(workspace: Workspace, act: Act, passwords: PasswordSource | None) -> Finished:
    """Finishes what killed exports left on this computer. `passwords`: for sealed runs whose files are gone.

    A run of another computer waits for that one; one that is still at work is left alone and not named.
    """
    with reading(workspace.engine) as connection:
        unplaced = runs.unplaced(connection)
    outcomes = [
        (row["run_id"], _finished(workspace, row["run_id"], row["machine"], act, passwords)) for row in unplaced
    ]
    return Finished(
        tuple(run_id for run_id, outcome in outcomes if outcome == "done"),
        tuple(run_id for run_id, outcome in outcomes if outcome == "waiting"),
    )


def _finished(workspace: Workspace, run_id: str, machine: str, act: Act, passwords: PasswordSource | None) -> str:
    """ "done", "waiting", or "working" """
    if machine != act.machine:
        return "waiting"
    with suppress(KyosaiError, OSError):  # its folder is in use or out of reach, a password is missing: another time
        return "done" if finish_run(workspace, run_id, act, passwords) else "working"
    return "waiting"


def finish_run(
    workspace: Workspace,
    run_id: str,
    act: Act,
    passwords: PasswordSource | None,
    progress: Progress = silent,
) -> Path | None:
    """Gives the run its folder: what it left is used as far as it is whole, the rest is printed again. None: it is still at work.

    Raises:
        UsageError: other files stand in its place, or it is sealed and a password is missing.
        StoreError: what is kept of it is not what its entry says.
        OSError: its place cannot be reached.
    """
    with reading(workspace.engine) as connection:
        kept = kept_run(connection, run_id)
    with reopened_folder(kept.out.parent, run_id) as aside:
        if aside is None:
            return None
        if earlier_run(kept.out) == run_id:
            aside.kept = False
        else:
            _complete(workspace, kept, aside, act, passwords, progress)
    with writing(workspace.engine) as connection:
        runs.mark_placed(connection, run_id, act.day, str(kept.out), act.machine)
    return kept.out


def _complete(
    workspace: Workspace,
    kept: KeptRun,
    aside: Aside,
    act: Act,
    passwords: PasswordSource | None,
    progress: Progress,
) -> None:
    stage = Staging(aside, kept.out, kept.told.header.run_id)
    there = untouched_books(kept, stage.folder)
    missing = [book.union_code for book in kept.told.books if book.union_code not in there]
    if missing and kept.told.sealed and passwords is None:
        raise UsageError(
            f"名簿番号 {stage.run_id} の名簿には、パスワードが付いています。",
            "パスワードのファイルを --password-file で指定してください。",
        )
    sealed_with = passwords.on(kept.told.header.as_of) if passwords and kept.told.sealed else None
    written = print_books(kept, stage.folder, missing, sealed_with, progress)
    record = with_files(kept.record, {book.path: book.sha256 for book in written}, sealed=kept.told.sealed)
    stage.make_room()
    before = {book.path: book.file_sha256 for book in kept.told.books}
    if any(book.sha256 != before[book.path] for book in written):  # sealed again, it is another file
        enter_reprint(workspace.engine, kept, written, act, kept.out, sealed=kept.told.sealed)
    write_papers(stage.folder, record, kept.entry, kept.union_lists)
    stage.place()
