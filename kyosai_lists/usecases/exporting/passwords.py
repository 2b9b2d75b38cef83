"""The password of each union's workbook, from a file that the branch keeps."""

import re
from dataclasses import dataclass
from pathlib import Path

from kyosai_lists.errors import UsageError
from kyosai_lists.text import code_key

_NOTHING = "ファイルは作っていません。"
_UNION_AND_PASSWORD = re.compile(r"([^,\s]+)\s*,\s*(\S.*)")


@dataclass(frozen=True)
class Passwords:
    """One password for all unions, or one per union code. Never printed, never in a traceback."""

    common: str | None
    by_union: dict[str, str]

    def __repr__(self) -> str:
        return "Passwords(…)"

    def of(self, union_code: str) -> str:
        """
        Raises:
            UsageError: the file has none for this union.
        """
        password = self.by_union.get(union_code, self.common)
        if not password:
            raise UsageError(
                f"パスワードのファイルに、単組コード {union_code} のパスワードがありません。",
                "「単組コード,パスワード」の行を加えてください。",
                _NOTHING,
            )
        return password


def read_passwords(path: Path) -> Passwords:
    """Reads a file that holds one line without a comma (a password for all), or lines of `単組コード,パスワード`.

    Spaces at the ends of a line are not part of a password: nobody sees them when it is passed on.


    Raises:
        UsageError: the file cannot be read or holds no password.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UsageError(
            f"パスワードのファイル {path.name} を読めませんでした。", "場所と名前を確かめてください。", _NOTHING
        ) from error
    lines = [line.strip() for line in _text(data, path).splitlines() if line.strip()]
    pairs = [_UNION_AND_PASSWORD.fullmatch(line) for line in lines]
    if len(lines) == 1 and "," not in lines[0]:
        return Passwords(lines[0], {})
    if not lines or not all(pairs):
        raise UsageError(
            f"パスワードのファイル {path.name} に、空のパスワードか読めない行があります。",
            "全単組に共通のパスワードを1行だけ(カンマなしで)書くか、「単組コード,パスワード」を1行ずつ書いてください。",
            _NOTHING,
        )
    by_union = {code_key(pair[1]): pair[2] for pair in pairs if pair}
    if len(by_union) < len(lines):
        raise UsageError(
            f"パスワードのファイル {path.name} に、同じ単組コードの行が二つあります。", "一つにしてください。", _NOTHING
        )
    return Passwords(None, by_union)


def _text(data: bytes, path: Path) -> str:
    for encoding in ("utf-8-sig", "cp932"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UsageError(
        f"パスワードのファイル {path.name} の文字を読めませんでした。",
        "メモ帳でUTF-8として保存し直してください。",
        _NOTHING,
    )
