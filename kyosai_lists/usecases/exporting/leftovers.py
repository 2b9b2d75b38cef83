"""What a killed export leaves beside its folder: known from one that is still at work by its lock, and swept.

An export writes into `.作成中-<run>` and holds `.作成中-<run>.lock`; the system frees the lock when a process dies, however it
dies. While it takes the place of an earlier export, that one waits as `.前の出力-<run>/<its name>`.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

_ASIDE = ".作成中-"
_OLD = ".前の出力-"
_LOCK = ".lock"


@contextmanager
def own_folder(parent: Path, run_id: str) -> Iterator[Path]:
    """A new, empty folder in `parent` that is this run's alone; gone at the end, if it is still there.

    Raises:
        OSError: it cannot be made.
    """
    parent.mkdir(parents=True, exist_ok=True)
    aside = parent / f"{_ASIDE}{run_id}"
    lock = FileLock(f"{aside}{_LOCK}")
    lock.acquire()
    try:
        _sweep(parent, but=run_id)
        aside.mkdir()
        yield aside
    finally:
        shutil.rmtree(aside, ignore_errors=True)
        lock.release()
        _forget(lock)


def resting_place(out: Path, run_id: str) -> Path:
    """Where the earlier export `out` waits until this run's has its name."""
    return out.parent / f"{_OLD}{run_id}" / out.name


def _sweep(parent: Path, but: str) -> None:
    """Takes away what dead runs left in `parent`, and puts an earlier export back that one of them had set aside."""
    names = {path.name.removesuffix(_LOCK) for path in parent.glob(f"{_ASIDE}*")} - {f"{_ASIDE}{but}"}
    for aside in (parent / name for name in sorted(names)):
        lock = FileLock(f"{aside}{_LOCK}")
        try:
            lock.acquire(blocking=False)
        except (Timeout, OSError):
            continue  # still at work, or not ours to judge
        _put_back(parent / aside.name.replace(_ASIDE, _OLD))
        shutil.rmtree(aside, ignore_errors=True)
        lock.release()
        _forget(lock)


def _put_back(resting: Path) -> None:
    for old in resting.glob("*"):
        if not (resting.parent / old.name).exists():
            with suppress(OSError):
                old.replace(resting.parent / old.name)
    shutil.rmtree(resting, ignore_errors=True)


def _forget(lock: FileLock) -> None:
    with suppress(OSError):  # on Windows somebody else may just be looking at it
        Path(lock.lock_file).unlink(missing_ok=True)
