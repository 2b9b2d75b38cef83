"""A run's workbooks onto a shared drive, and into the 台帳 as handed out that way. 県支部控え never goes there."""

import hashlib
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from kyosai_lists.errors import UsageError
from kyosai_lists.ledger.custody import ISSUED
from kyosai_lists.ledger.purge_entry import PURGE, purged_runs
from kyosai_lists.ledger.run_entry import BookIssued, RunEntry
from kyosai_lists.store import ledger
from kyosai_lists.store.engine import reading, writing
from kyosai_lists.usecases.act import Act
from kyosai_lists.usecases.custody.copy_whole import ASIDE, copy_whole
from kyosai_lists.usecases.custody.look_at_custody import HandedOut, handed_out
from kyosai_lists.usecases.custody.record_custody import Told, enter
from kyosai_lists.usecases.find_run import find_run
from kyosai_lists.usecases.workspace import Workspace

CHANNEL = "共有フォルダー"


@dataclass(frozen=True)
class Delivered:
    """`out`: the run's own folder on the drive. By union code: `copied`; `same`, which were there already; `other`, whose name
    something else has there, which stays; `changed`, which are not in the run's folder as they were handed out; `failed`, for
    which the drive was gone or full. `made`: the folder that was asked for, where it was not there before, else None.
    """

    run_id: str
    out: Path
    copied: tuple[str, ...]
    same: tuple[str, ...]
    other: tuple[str, ...]
    changed: tuple[str, ...]
    failed: tuple[str, ...]
    made: Path | None = None

    @property
    def needs_a_person(self) -> bool:
        return bool(self.other or self.changed or self.failed)


def deliver(workspace: Workspace, run_id: str, folder: Path, act: Act) -> Delivered:
    """Copies the run's workbooks into `folder/<name of the run's folder>`; what is there and unchanged is left alone.

    Whatever happens to the drive, the run stands, and a later call completes it.

    Raises:
        UsageError: there is no such run, it was purged, its folder is not on this computer, or `folder` is no place for it.
        StoreError: its entry is gone or was changed, or the 台帳 was cut.
    """
    is_new = require_place(workspace, folder)
    told, source = _run(workspace, run_id, act)
    out = folder.resolve() / told.out
    if out.is_relative_to(source) or source.is_relative_to(out):
        raise UsageError(
            f"{folder} は、名簿を出したフォルダーです。", "共有フォルダーなど、別の場所を指定してください。", _NOTHING
        )
    _refuse_file(out)
    _sweep(out)
    fates: dict[str, str] = {}
    for book in told.books:
        fates[book.union_code] = _fate(book, source, out)
        if fates[book.union_code] == "failed":
            fates |= {late.union_code: "failed" for late in told.books if late.union_code not in fates}
            break
    there = [code for code, fate in fates.items() if fate in ("copied", "same")]
    _record(workspace, run_id, there, folder, act)
    by_fate = {fate: tuple(code for code, found in fates.items() if found == fate) for fate in _FATES}
    return Delivered(run_id, out, **by_fate, made=out.parent if is_new and out.parent.is_dir() else None)


def require_place(workspace: Workspace, folder: Path) -> bool:
    """Whether `folder` is still to be made.

    Raises:
        UsageError: `folder` is a file, or lies in the workspace, or neither it nor the folder that it would be in is there.
    """
    place = folder.resolve()
    _refuse_file(place)
    if place.is_relative_to(workspace.folder.resolve()):
        raise UsageError(
            f"{folder} は、作業フォルダーの中です。", "共有フォルダーなど、別の場所を指定してください。", _NOTHING
        )
    try:
        is_new, has_parent = not place.is_dir(), place.parent.is_dir()
    except OSError:  # out of reach
        return False
    if is_new and not has_parent:
        raise UsageError(
            f"{folder} も、それを置くフォルダー {place.parent} も、ありません。",
            "場所の打ち間違いがないか、共有フォルダーにつながっているかを確かめてください。",
            _NOTHING,
        )
    return is_new


def _refuse_file(place: Path) -> None:
    with suppress(OSError):  # out of reach: told of what cannot be copied
        for path in (place, *place.parents):
            if path.is_file():
                raise UsageError(
                    f"{path} は、フォルダーではなくファイルです。",
                    "共有フォルダーなど、別の場所を指定してください。",
                    _NOTHING,
                )


_FATES = ("copied", "same", "other", "changed", "failed")
_NOTHING = "何もコピーしていません。"


def _run(workspace: Workspace, run_id: str, act: Act) -> tuple[RunEntry, Path]:
    with reading(workspace.engine) as connection:
        ledger.refuse_if_cut(connection)
        found = find_run(connection, run_id)
        purged = run_id in purged_runs(ledger.entries(connection, PURGE))
    if purged:
        raise UsageError(
            f"名簿番号 {run_id} の名簿は、保存期間が過ぎて消してあります。",
            "いつ、どの単組に渡したかは kyosai-lists ledger show で見られます。",
            _NOTHING,
        )
    row, source = found.row, Path(found.row["out"])
    if row["placed_on"] is None or row["machine"] != act.machine or not source.is_dir():
        raise UsageError(
            f"名簿番号 {run_id} のフォルダーが、このパソコンに見つかりません。",
            f"kyosai-lists ledger reprint {run_id} でもう一度出すか、出したパソコンで実行してください。",
            _NOTHING,
        )
    return found.told, source.resolve()


def _fate(book: BookIssued, source: Path, out: Path) -> str:
    try:
        data = (source / book.path).read_bytes()
    except OSError:
        return "changed"
    if hashlib.sha256(data).hexdigest() != book.file_sha256:
        return "changed"
    try:
        return copy_whole(data, out / book.path, book.file_sha256)
    except OSError:
        return "failed"


def _record(workspace: Workspace, run_id: str, union_codes: Sequence[str], folder: Path, act: Act) -> None:
    """What stands on the drive was handed out that way; a delivery that was killed before this is entered by the next one."""
    with writing(workspace.engine) as connection:
        files = {one.union_code: one for one in handed_out(connection, [run_id])}
        fresh = [files[code] for code in union_codes if _is_news(files[code], folder)]
        if fresh:
            enter(connection, run_id, fresh, Told(ISSUED, act.day, act.user, CHANNEL, str(folder)), act)


def _is_news(file: HandedOut, folder: Path) -> bool:
    """Whatever came later (received, returned) says that it was handed out."""
    known = any((one.channel, one.note) == (CHANNEL, str(folder)) for one in file.standing.told)
    return file.standing.state == ISSUED and not known


def _sweep(out: Path) -> None:
    """What a copy that was killed left."""
    with suppress(OSError):
        for path in out.rglob(f"{ASIDE}*"):
            path.unlink(missing_ok=True)
