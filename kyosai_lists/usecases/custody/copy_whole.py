"""A file on a shared drive: whole under its name or not there at all, and read back before it has the name."""

import hashlib
import os
from contextlib import suppress
from pathlib import Path

ASIDE = ".コピー中-"


def copy_whole(data: bytes, target: Path, sha256: str) -> str:
    """Puts `data`, whose hash is `sha256`, at `target`: "copied", "same" (it is there already) or "other" (something else has
    the name, and keeps it: it may hold what an officer wrote into it).

    Raises:
        OSError: the drive is gone or full, or gave back other bytes; nothing stands at `target`.
    """
    if target.exists():
        return _there(target, sha256)
    target.parent.mkdir(parents=True, exist_ok=True)
    aside = target.with_name(f"{ASIDE}{target.name}")
    try:
        with aside.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if _sha256(aside) != sha256:
            raise OSError(5, "the drive gave back other bytes")
        if target.exists():  # somebody else was faster
            return _there(target, sha256)
        aside.rename(target)
    finally:
        with suppress(OSError):
            aside.unlink(missing_ok=True)
    return "copied"


def _there(target: Path, sha256: str) -> str:
    return "same" if target.is_file() and _sha256(target) == sha256 else "other"


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
