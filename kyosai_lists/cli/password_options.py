"""Passwords come from a file or an environment variable, never from the command line, where others could read them."""

import os
from pathlib import Path
from typing import TYPE_CHECKING

from kyosai_lists.errors import UsageError

if TYPE_CHECKING:
    from kyosai_lists.usecases.exporting.passwords import Passwords


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


def passwords_for(file: Path | None, *, no_password: bool) -> "Passwords | None":
    """The passwords to seal with, or None to hand out unsealed workbooks, which must be said.

    Raises:
        UsageError: neither or both were said, or the file holds no password.
    """
    if (file is None) != no_password:
        raise UsageError(
            "パスワードの有無が決まっていません。" if file is None else "パスワードの指定が食い違っています。",
            "--password-file ファイル か --no-password の、どちらか一つを指定してください。",
            "ファイルは作っていません。",
        )
    if file is None:
        return None
    from kyosai_lists.usecases.exporting.passwords import read_passwords

    return read_passwords(file)
