"""An export appears whole or not at all: files are written aside, and the folder takes its name only when all are there."""

import hashlib
import json
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kyosai_lists.errors import ExportError, UsageError
from kyosai_lists.usecases.exporting.leftovers import Aside, own_folder, put_back, resting_place

CONTROL_FOLDER = "県支部控え"
MANIFEST = "manifest.json"
_NOTHING_MADE = "前からあるファイルはそのままです。"


@dataclass(frozen=True)
class Staging:
    """A run on its way: it is written into `folder`, and then becomes `out`."""

    aside: Aside
    out: Path
    run_id: str

    @property
    def folder(self) -> Path:
        return self.aside.path

    def make_room(self) -> None:
        """Sets an earlier export aside. It comes back when this run fails or is killed before it is `kept`.

        Raises:
            UsageError: `out` holds something that this program did not make, or that was changed since.
            OSError: it is in use.
        """
        refuse_foreign(self.out)
        if self.out.exists():
            old = resting_place(self.out, self.run_id)
            old.parent.mkdir(exist_ok=True)
            _rename(self.out, old)

    def keep(self) -> None:
        """From now on the run is in the 台帳: what was written is not swept, whatever happens, but finished later."""
        self.aside.kept = True

    def place(self) -> None:
        """Gives the folder its name.

        Raises:
            OSError: it cannot.
        """
        _rename(self.folder, self.out)
        shutil.rmtree(resting_place(self.out, self.run_id).parent, ignore_errors=True)


@contextmanager
def staged(out: Path, run_id: str, spare: frozenset[str] = frozenset()) -> Iterator[Staging]:
    """A new folder beside `out` to write into, and to be placed; after a failure it is gone, unless it is to be kept.

    What killed exports left there before is swept first, but for runs of `spare`.

    Raises:
        UsageError: `out` holds something that this program did not make, or that was changed since.
        ExportError: the disk is full, or `out` is in use.
    """
    stage: Staging | None = None
    try:
        with own_folder(out.parent, run_id, spare) as aside:
            refuse_foreign(out)
            stage = Staging(aside, out, run_id)
            try:
                yield stage
            except BaseException:
                if not aside.kept:
                    put_back(resting_place(out, run_id).parent, out.parent)
                raise
    except OSError as error:
        if stage is not None and stage.aside.kept:
            raise _unplaced(run_id) from error
        raise ExportError(
            "名簿を書き込めませんでした(ディスクの空きがないか、出力先が使用中です)。",
            "空きを確かめ、出力先のファイルをExcelで開いていれば閉じて、もう一度実行してください。",
            _NOTHING_MADE,
        ) from error


def _unplaced(run_id: str) -> ExportError:
    return ExportError(
        f"名簿 {run_id} は台帳に載りましたが、出力先のフォルダーに置けませんでした(ディスクの空きがないか、使用中です)。",
        f"空きを確かめて、kyosai-lists ledger reprint {run_id} を実行すると仕上がります(次に名簿を出すときにも仕上げます)。",
        _NOTHING_MADE,
    )


def refuse_foreign(out: Path) -> None:
    """
    Raises:
        UsageError: `out` holds something that this program did not make, or that was changed since.
    """
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
