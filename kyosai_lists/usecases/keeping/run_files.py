"""The files of a run, wherever this computer finds them: its folder, folders printed again, what a killed export left."""

import shutil
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kyosai_lists.usecases.exporting.leftovers import aside_of
from kyosai_lists.usecases.exporting.staging import CONTROL_FOLDER, MANIFEST
from kyosai_lists.usecases.keeping.check_folder import folder_manifest


@dataclass(frozen=True)
class Removal:
    """`files`: how many were deleted; `strangers`: folders that stay because other files, `others` in all, are in them; `stuck`:
    folders of which a file could not be deleted."""

    files: int = 0
    strangers: tuple[Path, ...] = ()
    stuck: tuple[Path, ...] = ()
    others: int = 0

    def __add__(self, other: "Removal") -> "Removal":
        return Removal(
            self.files + other.files,
            self.strangers + other.strangers,
            self.stuck + other.stuck,
            self.others + other.others,
        )


def folders_of(run_id: str, out: Path | None, near: Sequence[tuple[Path, dict[str, Any]]]) -> list[Path]:
    """`out`: where its folder was put on this computer; `near`: folders with their manifests, to look among."""
    found = [path for path, manifest in near if manifest["run"] == run_id]
    if out is not None:
        manifest = folder_manifest(out)
        if manifest is None or manifest["run"] == run_id:
            found.append(out)
        found.append(aside_of(out.parent, run_id))
    return list(dict.fromkeys(path.resolve() for path in found if path.is_dir()))


def with_manifests(parent: Path) -> list[tuple[Path, dict[str, Any]]]:
    """The folders in `parent` that hold an export."""
    try:
        folders = sorted(path for path in parent.iterdir() if path.is_dir())
    except OSError:
        return []
    return [(path, manifest) for path in folders if (manifest := folder_manifest(path))]


def remove(folders: Iterable[Path], book_paths: Sequence[str]) -> Removal:
    """Deletes the run's files from its `folders`, changed ones too; what does not belong to it stays. `book_paths`: its
    workbooks'. The manifest goes last, so that a folder that was left half-way is known for what it is.
    """
    found = Removal()
    for folder in folders:
        found += _left_by_a_kill(folder) if folder.name.startswith(".") else _remove(folder, book_paths)
    return found


def _left_by_a_kill(folder: Path) -> Removal:
    files = sum(path.is_file() for path in folder.rglob("*"))
    try:
        shutil.rmtree(folder)
    except OSError:
        return Removal(stuck=(folder,))
    return Removal(files)


def _remove(folder: Path, book_paths: Sequence[str]) -> Removal:
    manifest = folder / CONTROL_FOLDER / MANIFEST
    control = sorted(path for path in manifest.parent.glob("*") if path != manifest)
    files = [path for path in (*(folder / path for path in book_paths), *control, manifest) if path.is_file()]
    try:
        for path in files:
            path.unlink()
        strangers = [path for path in folder.rglob("*") if not path.is_dir()]
    except OSError:
        return Removal(stuck=(folder,))
    _remove_empty(folder)
    return Removal(len(files), (folder,) if strangers else (), others=len(strangers))


def _remove_empty(folder: Path) -> None:
    for path in sorted((path for path in folder.rglob("*") if path.is_dir()), reverse=True):
        with suppress(OSError):  # somebody's own file is in it
            path.rmdir()
    with suppress(OSError):
        folder.rmdir()
