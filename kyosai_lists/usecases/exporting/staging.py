"""An export appears whole or not at all: files are written aside, and the folder takes its name only when all are there."""

import hashlib
import json
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from kyosai_lists.errors import ExportError, UsageError
from kyosai_lists.usecases.exporting.leftovers import own_folder, resting_place

CONTROL_FOLDER = "県支部控え"
MANIFEST = "manifest.json"
_NOTHING_MADE = "前からあるファイルはそのままです。"


@contextmanager
def staged(out: Path, run_id: str) -> Iterator[Path]:
    """A new folder beside `out` to write into; at the end it becomes `out`, after a failure it is gone.

    What killed exports left there before is swept first.

    Raises:
        UsageError: `out` holds something that this program did not make, or that was changed since.
        ExportError: the disk is full, or `out` is in use.
    """
    try:
        with own_folder(out.parent, run_id) as aside:
            _refuse_foreign(out)
            yield aside
            _put_in_place(aside, out, run_id)
    except OSError as error:
        raise ExportError(
            "名簿を書き込めませんでした(ディスクの空きがないか、出力先が使用中です)。",
            "空きを確かめ、出力先のファイルをExcelで開いていれば閉じて、もう一度実行してください。",
            _NOTHING_MADE,
        ) from error


def _refuse_foreign(out: Path) -> None:
    if not out.exists() or (out.is_dir() and not any(out.iterdir())):
        return
    if not out.is_dir() or not _is_untouched_export(out):
        raise UsageError(
            f"出力先 {out} には、ほかのファイルか、書き込みのある名簿が入っています。",
            "空のフォルダーか、新しいフォルダーの名前を指定してください。",
            _NOTHING_MADE,
        )


def earlier_run(out: Path) -> str:
    """The run whose files stand in `out`, "" when none do."""
    try:
        return str(json.loads((out / CONTROL_FOLDER / MANIFEST).read_text("utf-8"))["run"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def _is_untouched_export(out: Path) -> bool:
    """True when every file in `out` is one that its manifest names, as it was written."""
    try:
        manifest: dict[str, Any] = json.loads((out / CONTROL_FOLDER / MANIFEST).read_text("utf-8"))
        made = {book["path"]: book["sha256"] for book in manifest["workbooks"] if book.get("path")} | manifest[
            "control"
        ]
    except (OSError, ValueError, KeyError, TypeError):
        return False
    for path in out.rglob("*"):
        name = path.relative_to(out).as_posix()
        if path.is_dir() or name == f"{CONTROL_FOLDER}/{MANIFEST}":
            continue
        if made.get(name) != hashlib.sha256(path.read_bytes()).hexdigest():
            return False
    return True


def _put_in_place(aside: Path, out: Path, run_id: str) -> None:
    old = resting_place(out, run_id)
    replaced = out.exists()
    if replaced:
        old.parent.mkdir()
        _rename(out, old)
    try:
        _rename(aside, out)
    except OSError:
        if replaced:
            _rename(old, out)
        raise
    if replaced:
        shutil.rmtree(old.parent, ignore_errors=True)


def _rename(source: Path, target: Path) -> None:
    """A virus scanner or Excel may hold a file for a moment on Windows: tried again before it is given up."""
    for pause in (0.2, 0.5, 1.0, 2.0, None):
        try:
            source.replace(target)
        except PermissionError:
            if pause is None:
                raise
            time.sleep(pause)
        else:
            return
