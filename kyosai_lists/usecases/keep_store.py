"""控え: making a backup, bringing one back, and the automatic one before each import."""

import contextlib
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kyosai_lists.config import load_settings, store_url
from kyosai_lists.errors import StoreError, UsageError
from kyosai_lists.store import ledger, runs
from kyosai_lists.store.backup import Contents, contents, own_file, write_backup
from kyosai_lists.store.engine import Engine, open_engine, reading
from kyosai_lists.store.migrate import require_current, upgrade
from kyosai_lists.store.restore import is_broken, load_backup, opened_backup, prefectures, set_aside
from kyosai_lists.usecases.workspace import Workspace

FOLDER = "backup"
KEPT = 10
_NAMED = 5
_BEFORE_IMPORT = re.compile(r"第[0-9]+回の取り込み前\.db")


@dataclass(frozen=True)
class Backup:
    """`contents` is None for a broken store, of which only the file was kept."""

    path: Path
    contents: Contents | None


@dataclass(frozen=True)
class Restored:
    """`before`: where the data is kept that was there until now, None when there was none. `lost`: runs that the 台帳 had until
    now and that the backup, being older, does not know (run ids, newest first).
    """

    restored: Backup
    before: Backup | None
    lost: tuple[str, ...]


def back_up(workspace: Workspace, file: Path | None, today: date) -> Backup:
    """Makes a backup: `file`, or a new one named by the day in the folder `file`, by default the workspace's `backup`.

    Raises:
        UsageError: `file` is there already.
        StoreError: it could not be written, or the store is broken.
    """
    if file is None:
        path = _new_path(_backup_folder(workspace.folder), today, "控え")
    else:
        path = _new_path(file, today, "控え") if file.is_dir() else file
    if path.exists():
        raise UsageError(
            f"{path} はもうあります。",
            "別の名前を指定するか、名前を書かずに実行してください。",
            "そのファイルは前のままです。",
        )
    return Backup(path, write_backup(workspace.engine, path, today))


def before_import(workspace: Workspace, import_id: int, today: date) -> None:
    """Keeps the store as it was before import `import_id`, and the last ten such backups. Called inside the import's
    write transaction, so that nobody else writes in between; not for a dry run, which changes nothing.

    Only on SQLite: a PostgreSQL server is backed up where it stands.

    Raises:
        StoreError: it could not be written; the import is not to go on.
    """
    if own_file(workspace.engine) is None:
        return
    try:
        newest = _backup_folder(workspace.folder) / f"第{import_id}回の取り込み前.db"
        write_backup(workspace.engine, newest, today, quick=True)
    except StoreError as error:
        raise StoreError(f"{error.happened}取り込む前の控えがないので、取り込みませんでした。", error.todo) from None
    earlier = [path for path in newest.parent.iterdir() if _BEFORE_IMPORT.fullmatch(path.name) and path != newest]
    for old in sorted(earlier, key=lambda path: path.stat().st_mtime_ns, reverse=True)[KEPT - 1 :]:
        with contextlib.suppress(OSError):  # open elsewhere: the next import tries again
            old.unlink()


def restore(folder: Path, file: Path, today: date, *, yes: bool) -> Restored:
    """Puts the backup `file` in place of the store of the workspace in `folder`, even where that is broken or gone.

    Raises:
        UsageError: `yes` was not said, or `file` is none.
        StoreError: `file` is no whole backup for this workspace, or the store could not be backed up first.
    """
    settings = load_settings(folder)
    engine = open_engine(store_url(settings, folder))
    own = own_file(engine)
    if not file.is_file():
        raise UsageError(f"控え {file} が見つかりません。", "場所と名前を確かめて、もう一度実行してください。")
    if own is not None and own.exists() and own.samefile(file):
        raise UsageError(f"{file.name} は、今使っているデータです。", "控えのファイルを指定してください。")
    with opened_backup(file, _backup_folder(folder)) as (copy, found):
        others = prefectures(copy) - set(settings.workspace.prefectures or prefectures(copy))
        if others:
            raise StoreError(
                f"控え {file.name} には、この作業フォルダーの県ではないデータが入っています(県コード {'、'.join(sorted(others))})。",
                "この県の控えを指定してください。",
            )
        broken, missing = is_broken(engine), own is not None and not own.exists()
        if not broken and not missing:
            require_current(engine)
        present = None if broken or missing else contents(engine)
        if not yes:
            lost = _newer_runs(engine, copy) if present else ()
            raise _not_said(present, found, lost, broken=broken)
        before, lost = _replace(copy, engine, folder, today, present, broken=broken)
        return Restored(Backup(file, found), before, lost)


def _replace(
    copy: Engine, engine: Engine, folder: Path, today: date, present: Contents | None, *, broken: bool
) -> tuple[Backup | None, tuple[str, ...]]:
    """Where the data is kept that was there until now, and the runs that only it knows."""
    place = _new_path(_backup_folder(folder), today, "壊れたデータ" if broken else "戻す前")
    if present is not None:
        kept: list[tuple[Contents, tuple[str, ...]]] = []
        load_backup(copy, engine, lambda: kept.append((write_backup(engine, place, today), _newer_runs(engine, copy))))
        return Backup(place, kept[0][0]), kept[0][1]
    if broken:
        set_aside(engine, place)
    upgrade(engine)
    load_backup(copy, engine, lambda: None)
    return Backup(place, None) if broken else None, ()


def _newer_runs(engine: Engine, backup: Engine) -> tuple[str, ...]:
    """The runs of the 台帳 in use whose entry the backup's does not have."""
    with reading(engine) as connection, reading(backup) as copy:
        known = set(ledger.hashes(copy).values())
        hashes = ledger.hashes(connection)
        return tuple(row["run_id"] for row in runs.overview(connection) if hashes[row["seq"]] not in known)


def _not_said(present: Contents | None, found: Contents, lost: tuple[str, ...], *, broken: bool) -> UsageError:
    now = _in_words(present) if present else "壊れていて読めません" if broken else "ありません"
    return UsageError(
        f"戻すと、今のデータが控えのデータに置き換わります(今: {now}。控え: {_in_words(found)})。"
        + (f"控えより新しい名簿の記録が{len(lost)}回分、台帳からなくなります({_few(lost)})。" if lost else ""),
        "これでよければ、--yes を付けてもう一度実行してください。",
    )


def _few(run_ids: tuple[str, ...]) -> str:
    more = f" ほか{len(run_ids) - _NAMED}回" if len(run_ids) > _NAMED else ""
    return "、".join(run_ids[:_NAMED]) + more


def _in_words(held: Contents) -> str:
    last = f"、最後の取り込み {held.last_import_on}" if held.last_import_on else ""
    told = f"案内停止 {held.rows['suppressions']:,}件、申込受付 {held.rows['applications']:,}件"
    return f"組合員 {held.people:,}人、契約 {held.contracts:,}件、{told}{last}"


def _backup_folder(workspace: Path) -> Path:
    folder = workspace / FOLDER
    with contextlib.suppress(OSError):  # said when something is written into it
        folder.mkdir(exist_ok=True)
    return folder


def _new_path(folder: Path, today: date, what: str) -> Path:
    """`20261123_控え.db`, the second one of a day `20261123_控え_2.db`."""
    path, number = folder / f"{today:%Y%m%d}_{what}.db", 1
    while path.exists():
        number += 1
        path = folder / f"{today:%Y%m%d}_{what}_{number}.db"
    return path
