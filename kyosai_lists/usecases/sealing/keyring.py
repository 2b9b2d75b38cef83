"""The file with every password that the branch made: the workspace's `パスワード/`, which only its owner can look into.

Passwords stand nowhere else: not in the store, not in the 台帳, in no log. Earlier ones of a union stay in the file, since
files that were sealed with them are still about.
"""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from filelock import FileLock, Timeout

from kyosai_lists.dates import fiscal_year
from kyosai_lists.errors import ConfigError, UsageError
from kyosai_lists.limits import keep_to_owner
from kyosai_lists.usecases.exporting.passwords import Passwords

FOLDER = "パスワード"
FILE = "passwords.json"
_FORMAT = 1


@dataclass(frozen=True)
class MadePassword:
    """`year`: the 年度 of the 基準日 of the workbooks that it seals."""

    union_code: str
    year: int
    password: str
    made_on: date

    def __repr__(self) -> str:
        return f"MadePassword({self.union_code}, {self.year}, …)"


@dataclass(frozen=True)
class Keyring:
    """Oldest first; of one union and 年度 the last is the one that is used."""

    made: tuple[MadePassword, ...] = ()

    def current(self, year: int) -> dict[str, MadePassword]:
        """By union code."""
        return {one.union_code: one for one in self.made if one.year == year}

    def on(self, as_of: date) -> Passwords:
        year = fiscal_year(as_of)
        return Passwords(None, {code: one.password for code, one in self.current(year).items()}, year)


def keyring_folder(workspace: Path) -> Path:
    return workspace / FOLDER


def read_keyring(workspace: Path) -> Keyring:
    """Empty where the branch made none.

    Raises:
        ConfigError: the file is there and cannot be read.
    """
    path = keyring_folder(workspace) / FILE
    try:
        document = json.loads(path.read_text("utf-8"))
        made = [
            MadePassword(one["union"], one["year"], one["password"], date.fromisoformat(one["made_on"]))
            for one in document["passwords"]
        ]
    except FileNotFoundError:
        return Keyring()
    except (OSError, ValueError, KeyError, TypeError):
        raise ConfigError(
            f"パスワードの保管ファイル({FOLDER}の{FILE})を読めませんでした。",
            "作った人が実行しているか確かめ、壊れていれば控えから戻してください。",
        ) from None
    return Keyring(tuple(made))


@contextmanager
def changing(workspace: Path) -> Iterator[None]:
    """Nobody else changes the file meanwhile.

    Raises:
        UsageError: somebody else is at it.
    """
    folder = keyring_folder(workspace)
    folder.mkdir(mode=0o700, exist_ok=True)
    lock = FileLock(folder / ".lock")
    try:
        lock.acquire(timeout=10)
    except Timeout:
        raise UsageError(
            "パスワードを、ほかの画面で作っているところです。", "終わるのを待って、もう一度実行してください。"
        ) from None
    try:
        yield
    finally:
        lock.release()


def write_keyring(workspace: Path, keyring: Keyring) -> bool:
    """Puts the file in the place of the earlier one, whole or not at all. False: others may be able to read it.

    Raises:
        OSError: it cannot be written.
    """
    document = {
        "format": _FORMAT,
        "passwords": [
            {"union": one.union_code, "year": one.year, "password": one.password, "made_on": one.made_on.isoformat()}
            for one in keyring.made
        ],
    }
    text = json.dumps(document, ensure_ascii=False, indent=1)
    return write_for_owner(keyring_folder(workspace) / FILE, text.encode())


def write_for_owner(path: Path, data: bytes) -> bool:
    """Writes the file `path` so that at no moment anybody else can read it, as far as the system can see to that.

    Its folder is the owner's alone, too. False: the system cannot. Whole or not at all.

    Raises:
        OSError: it cannot be written.
    """
    path.parent.mkdir(mode=0o700, exist_ok=True)
    kept = keep_to_owner(path.parent)  # first: on Windows it is the folder that decides over what is made in it
    aside = path.with_name(f".{path.name}.new")
    aside.unlink(missing_ok=True)
    handle = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    kept = keep_to_owner(aside) and kept
    aside.replace(path)
    return kept
