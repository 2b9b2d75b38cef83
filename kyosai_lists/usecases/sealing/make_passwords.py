"""Making a password for each union and 年度, and telling which there are."""

import secrets
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from kyosai_lists.errors import UsageError
from kyosai_lists.store import read
from kyosai_lists.store.engine import reading
from kyosai_lists.text import code_key
from kyosai_lists.usecases.sealing.keyring import Keyring, MadePassword, changing, read_keyring, write_keyring
from kyosai_lists.usecases.workspace import Workspace

# Small letters and digits, without those that are taken for one another on paper: 0 o, 1 l i.
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
_GROUPS, _GROUP = 3, 4  # 12 signs of 31: 59 bits, behind 100,000 rounds of SHA-512 for each guess
_NOTHING = "パスワードは前のままです。"


@dataclass(frozen=True)
class UnionPassword:
    """A union of the store and the password that is used for it in a 年度, None where there is none yet. `earlier`: how many
    it had before in that 年度.
    """

    union_code: str
    union_name: str
    current: MadePassword | None
    earlier: int


@dataclass(frozen=True)
class PasswordsOfYear:
    """`made`: union codes for which one was made just now. `kept_to_owner` False: others may be able to read the file."""

    year: int
    unions: tuple[UnionPassword, ...]
    made: tuple[str, ...] = ()
    kept_to_owner: bool = True


def new_password() -> str:
    """`k7mp-wt4x-9cqr`: read aloud and typed without a mistake."""
    return "-".join("".join(secrets.choice(ALPHABET) for _ in range(_GROUP)) for _ in range(_GROUPS))


def look_at_passwords(workspace: Workspace, year: int) -> PasswordsOfYear:
    """
    Raises:
        ConfigError: the file of passwords cannot be read.
    """
    return PasswordsOfYear(year, _unions(workspace, read_keyring(workspace.folder), year))


def make_passwords(
    workspace: Workspace, year: int, union_codes: Sequence[str], today: date, *, again: bool = False
) -> PasswordsOfYear:
    """Makes one for each of these unions (none named: all) that has none for `year`. `again`: for those named, whether or not.

    Raises:
        UsageError: a union is not in the store, or `again` was said of no union by name.
        ConfigError: the file of passwords cannot be read.
    """
    if again and not union_codes:
        raise UsageError("作り直す単組が指定されていません。", "--union で単組を指定してください。", _NOTHING)
    with changing(workspace.folder):
        keyring = read_keyring(workspace.folder)
        wanted = [one.union_code for one in chosen(_unions(workspace, keyring, year), union_codes)]
        there = keyring.current(year)
        codes = tuple(code for code in wanted if again or code not in there)
        fresh = tuple(MadePassword(code, year, new_password(), today) for code in codes)
        keyring = Keyring((*keyring.made, *fresh))
        kept = write_keyring(workspace.folder, keyring)
    return PasswordsOfYear(year, _unions(workspace, keyring, year), codes, kept)


def passwords_of_union(workspace: Workspace, union_code: str) -> tuple[MadePassword, ...]:
    """Every one that was ever made for the union, oldest first: files that were sealed with earlier ones are still about.

    Raises:
        UsageError: there is none.
    """
    code = code_key(union_code)
    found = tuple(one for one in read_keyring(workspace.folder).made if one.union_code == code)
    if not found:
        raise UsageError(
            f"単組コード {union_code} のパスワードは、まだありません。",
            "単組コードを確かめるか、kyosai-lists passwords make で作ってください。",
            _NOTHING,
        )
    return found


def chosen(unions: Iterable[UnionPassword], union_codes: Sequence[str]) -> list[UnionPassword]:
    """
    Raises:
        UsageError: a union is not in the store.
    """
    by_code = {one.union_code: one for one in unions}
    codes = [code_key(code) for code in union_codes] or list(by_code)
    if unknown := [code for code in codes if code not in by_code]:
        raise UsageError(
            f"単組コード {'・'.join(unknown)} の単組は登録されていません。", "コードを確かめてください。", _NOTHING
        )
    return [by_code[code] for code in dict.fromkeys(codes)]


def _unions(workspace: Workspace, keyring: Keyring, year: int) -> tuple[UnionPassword, ...]:
    with reading(workspace.engine) as connection:
        unions = read.unions(connection).select("union_code", "name").rows()
    current = keyring.current(year)
    made = Counter(one.union_code for one in keyring.made if one.year == year)
    return tuple(UnionPassword(code, name, current.get(code), max(made[code] - 1, 0)) for code, name in unions)
