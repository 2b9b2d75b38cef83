"""Passwords come from a file or an environment variable, never from the command line, where others could read them."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

from kyosai_lists.errors import UsageError

if TYPE_CHECKING:
    from kyosai_lists.usecases.exporting.passwords import PasswordSource

_EITHER = "--password-file ファイル か --no-password の、どちらか一つを"
_NOTHING = "ファイルは作っていません。"


def password_from(variable: str | None) -> str | None:
    """
    Raises:
        UsageError: the variable is not set, or empty.
    """
    if variable is None:
        return None
    if not os.environ.get(variable):
        raise UsageError(
            f"環境変数 {variable} にパスワードが入っていません。", "環境変数を設定して、もう一度実行してください。"
        )
    return os.environ[variable]


def passwords_for(folder: Path, file: Path | None, *, no_password: bool) -> "PasswordSource | None":
    """The passwords to seal with, or None to hand out unsealed workbooks, which must be said.

    `folder`: the workspace, whose own passwords count where neither was said.

    Raises:
        UsageError: both were said, or neither and there are none of its own, or the file holds no password.
        ConfigError: its own passwords cannot be read.
    """
    if no_password and file is not None:
        raise UsageError("パスワードの指定が食い違っています。", f"{_EITHER}指定してください。", _NOTHING)
    if no_password:
        return None
    if file is not None:
        from kyosai_lists.usecases.exporting.passwords import read_passwords

        return read_passwords(file)
    from kyosai_lists.usecases.sealing.keyring import read_keyring

    keyring = read_keyring(folder)
    if not keyring.made:
        raise UsageError(
            "パスワードの有無が決まっていません。",
            f"kyosai-lists passwords make で単組ごとのパスワードを作るか、{_EITHER}指定してください。",
            _NOTHING,
        )
    return keyring


def has_own_passwords(folder: Path) -> bool:
    """Whether the workspace has passwords that count where none are named."""
    from kyosai_lists.usecases.sealing.keyring import read_keyring

    return bool(read_keyring(folder).made)
