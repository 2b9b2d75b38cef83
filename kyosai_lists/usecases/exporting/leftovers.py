"""What a killed export leaves beside its folder: known from one that is still at work by its lock, and swept.

An export writes into `.作成中-<run>` and holds `.作成中-<run>.lock`; the system frees the lock when a process dies, however it
dies. While it takes the place of an earlier export, that one waits as `.前の出力-<run>/<its name>`.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

_ASIDE = ".作成中-"
_OLD = ".前の出力-"
_LOCK = ".lock"


@dataclass
class Aside:
    """A run's own folder. `kept`: it is not taken away when the run fails, because the run is to be finished."""

    path: Path
    kept: bool = False


@contextmanager
def own_folder(parent: Path, run_id: str, spare: frozenset[str] = frozenset()) -> Iterator[Aside]:
    """A new, empty folder in `parent` that is this run's alone; gone at the end, if it is still there and not kept.

    `spare`: dead runs whose folders are not swept, because they are to be finished.

    Raises:
        OSError: it cannot be made.
    """
    parent.mkdir(parents=True, exist_ok=True)
    aside = Aside(aside_of(parent, run_id))
    lock = FileLock(f"{aside.path}{_LOCK}")
    lock.acquire()
    try:
        _take_away(aside.path)  # of an earlier start under this number: its lock is ours now
        _sweep(parent, but={run_id, *spare})
        aside.path.mkdir()
        yield aside
    finally:
        _close(aside, lock)


@contextmanager
def reopened_folder(parent: Path, run_id: str) -> Iterator[Aside | None]:
    """The folder of a run that was killed, as it left it, or a new one; None while the run is still at work.

    Raises:
        OSError: it cannot be reached.
    """
    parent.mkdir(parents=True, exist_ok=True)
    aside = Aside(aside_of(parent, run_id), kept=True)
    lock = FileLock(f"{aside.path}{_LOCK}")
    try:
        lock.acquire(blocking=False)
    except Timeout:
        yield None
        return
    try:
        aside.path.mkdir(exist_ok=True)
        yield aside
    finally:
        _close(aside, lock)


def aside_of(parent: Path, run_id: str) -> Path:
    """Where a run writes before it has its name in `parent`."""
    return parent / f"{_ASIDE}{run_id}"


def _close(aside: Aside, lock: FileLock) -> None:
    if not aside.kept:
        shutil.rmtree(aside.path, ignore_errors=True)
    lock.release()
    _forget(lock)


def resting_place(out: Path, run_id: str) -> Path:
    """Where the earlier export `out` waits until this run's has its name."""
    return out.parent / f"{_OLD}{run_id}" / out.name


def put_back(resting: Path, parent: Path) -> None:
    """Gives an earlier export in the folder `resting` its name in `parent` again, unless another has it."""
    for old in resting.glob("*"):
        if not (parent / old.name).exists():
            with suppress(OSError):
                old.replace(parent / old.name)
    shutil.rmtree(resting, ignore_errors=True)


def _sweep(parent: Path, but: set[str]) -> None:
    """Takes away what dead runs left in `parent`, and puts an earlier export back that one of them had set aside."""
    names = {path.name.removesuffix(_LOCK) for path in parent.glob(f"{_ASIDE}*")} - {
        f"{_ASIDE}{run_id}" for run_id in but
    }
    for aside in (parent / name for name in sorted(names)):
        lock = FileLock(f"{aside}{_LOCK}")
        try:
            lock.acquire(blocking=False)
        except (Timeout, OSError):
            continue  # still at work, or not ours to judge
        _take_away(aside)
        lock.release()
        _forget(lock)


def _take_away(aside: Path) -> None:
    put_back(aside.with_name(aside.name.replace(_ASIDE, _OLD)), aside.parent)
    shutil.rmtree(aside, ignore_errors=True)


def _forget(lock: FileLock) -> None:
    with suppress(OSError):  # on Windows somebody else may just be looking at it
        Path(lock.lock_file).unlink(missing_ok=True)
