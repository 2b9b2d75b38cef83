"""The password of each union's workbook: from a file that the branch keeps, or from those that were made for a 年度."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol

from kyosai_lists.errors import UsageError
from kyosai_lists.text import code_key

_NOTHING = "ファイルは作っていません。"
_UNION_AND_PASSWORD = re.compile(r"([^,\s]+)\s*,\s*(\S.*)")


_NAMED = 5  # unions in an error


class PasswordSource(Protocol):
    """Where passwords come from, before it is known of which day the workbooks are."""

    def on(self, as_of: date) -> "Passwords":
        """Those for workbooks of the day `as_of`."""


@dataclass(frozen=True)
class Passwords:
    """One password for all unions, or one per union code. `year`: the 年度 for which the branch made them, None for a file's.

    Never printed, never in a traceback.
    """

    common: str | None
    by_union: dict[str, str]
    year: int | None = None

    def __repr__(self) -> str:
        return "Passwords(…)"

    def on(self, as_of: date) -> "Passwords":
        return self

    def of(self, union_code: str) -> str:
        """
        Raises:
            UsageError: there is none for this union.
        """
        self.require([union_code])
        return self.by_union.get(union_code) or self.common or ""

    def require(self, union_codes: Iterable[str]) -> None:
        """
        Raises:
            UsageError: there is none for some of these unions.
        """
        without = [code for code in union_codes if not self.by_union.get(code, self.common)]
        if not without:
            return
        more = f"ほか{len(without) - _NAMED}単組" if len(without) > _NAMED else ""
        named = f"単組コード {'、'.join(without[:_NAMED])} {more}"
        if self.year is None:
            raise UsageError(
                f"パスワードのファイルに、{named}のパスワードがありません。",
                "「単組コード,パスワード」の行を加えてください。",
                _NOTHING,
            )
        raise UsageError(
            f"{named}の{self.year}年度のパスワードが、まだありません。",
            f"kyosai-lists passwords make --year {self.year} で作り、単組に知らせてください。",
            _NOTHING,
        )


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
