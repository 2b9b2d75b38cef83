"""Notices of people who are no longer to be approached, one workbook for each union, in the 台帳 like an export.

The order is an export's: files aside, the entry, the folder's name. Killed before the entry nothing happened; killed after it,
the folder gets its name at the next start.
"""

import hashlib
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from kyosai_lists import __version__
from kyosai_lists.errors import ExportError
from kyosai_lists.ledger.chain import Entry
from kyosai_lists.ledger.recall_entry import RECALL, RecallEntry, recalls
from kyosai_lists.store import ledger
from kyosai_lists.store.engine import reading, writing
from kyosai_lists.text import safe_file_part
from kyosai_lists.usecases.act import Act
from kyosai_lists.usecases.custody.recalls import Recalled, RecallLook, look_for_recalls
from kyosai_lists.usecases.exporting.leftovers import aside_of, own_folder, reopened_folder
from kyosai_lists.usecases.exporting.order import new_run_id
from kyosai_lists.usecases.exporting.passwords import Passwords, PasswordSource
from kyosai_lists.usecases.workspace import Workspace
from kyosai_lists.workbook.names import workbook_names
from kyosai_lists.workbook.recall_notice import NoticeRow, recall_notice
from kyosai_lists.workbook.seal import seal

FOLDER = "回収のお知らせ"
_TITLE = "お声かけ不要のお知らせ"


@dataclass(frozen=True)
class WrittenRecalls:
    """`look`: as it stood before. `out` None: no union had anything new to be told. `entry`: this notice's in the 台帳."""

    look: RecallLook
    out: Path | None
    paths: tuple[str, ...]
    sealed: bool
    entry: Entry | None


def write_recalls(workspace: Workspace, act: Act, passwords: PasswordSource | None) -> WrittenRecalls:
    """Writes a notice to each union with something new, of everybody on what it still has.

    Raises:
        UsageError: a union has no password.
        ExportError: it cannot be written.
        StoreError: the entry of a run is gone or was changed.
    """
    parent = (workspace.out / FOLDER).resolve()
    entered = _finish(workspace, parent)
    look = look_for_recalls(workspace, act.day)
    wanted = look.unions_with_news
    if not wanted:
        return WrittenRecalls(look, None, (), passwords is not None, None)
    sealed_with = passwords.on(act.day) if passwords else None
    if sealed_with:
        sealed_with.require(wanted)
    by_union = {code: [one for one in look.recalled if one.book.union_code == code] for code in wanted}
    notice_id = new_run_id(act.day)
    out = parent / safe_file_part(f"{act.day.isoformat()}_{notice_id}", 60)
    try:
        with own_folder(parent, notice_id, frozenset(entered)) as aside:
            files = _write(workspace, aside.path, by_union, sealed_with, act)
            entry = _enter(workspace, notice_id, by_union, files, sealed_with is not None, out.name, act)
            aside.kept = True
            aside.path.rename(out)
    except OSError as error:
        raise ExportError(
            "お知らせを書き込めませんでした(ディスクの空きがないか、使用中です)。",
            "空きを確かめて、もう一度実行してください。",
            "前のお知らせはそのままです。",
        ) from error
    return WrittenRecalls(look, out, tuple(files), sealed_with is not None, entry)


def _finish(workspace: Workspace, parent: Path) -> list[str]:
    """Gives notices that were killed after their entry their folder's name. The numbers of all notices."""
    with reading(workspace.engine) as connection:
        told = recalls(ledger.entries(connection, RECALL))
    for one in told:
        if aside_of(parent, one.notice_id).is_dir():
            with reopened_folder(parent, one.notice_id) as aside, suppress(OSError):
                if aside is not None:
                    aside.path.rename(parent / one.out)
    return [one.notice_id for one in told]


def _write(
    workspace: Workspace, folder: Path, by_union: Mapping[str, list[Recalled]], passwords: Passwords | None, act: Act
) -> dict[str, str]:
    """The hash of each file by its name in `folder`."""
    branch = workspace.settings.branch
    names = workbook_names([(code, own[0].book.union_name) for code, own in by_union.items()], _TITLE)
    files = {}
    for name, (code, own) in zip(names, by_union.items(), strict=True):
        rows = [NoticeRow(one.book.book_no, one.no, one.letters, one.new) for one in own]
        data = recall_notice(own[0].book.union_name, rows, branch.name, branch.contact, act.day)
        if passwords:
            data = seal(data, passwords.of(code))
        (folder / name).write_bytes(data)
        files[name] = hashlib.sha256(data).hexdigest()
    return files


def _enter(
    workspace: Workspace,
    notice_id: str,
    by_union: Mapping[str, list[Recalled]],
    files: Mapping[str, str],
    sealed: bool,
    out: str,
    act: Act,
) -> Entry:
    books: dict[str, dict[str, str]] = {}
    for one in (one for own in by_union.values() for one in own):
        books.setdefault(one.book.book_no, {})[str(one.no)] = one.letters
    entry = RecallEntry(
        notice_id=notice_id,
        books=books,
        files=files,
        sealed=sealed,
        out=out,
        user=act.user,
        machine=act.machine,
        database_user="",
        program=__version__,
    )
    with writing(workspace.engine) as connection:
        body = replace(entry, database_user=ledger.database_user(connection)).body()
        return ledger.append(connection, RECALL, act.made_at, act.user, body)
