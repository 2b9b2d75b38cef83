"""A notice of its password for each union, to be handed over by another channel than the workbooks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kyosai_lists.errors import ExportError, UsageError
from kyosai_lists.text import safe_file_part
from kyosai_lists.usecases.sealing.keyring import keyring_folder, write_for_owner
from kyosai_lists.usecases.sealing.make_passwords import UnionPassword, chosen, look_at_passwords
from kyosai_lists.usecases.workspace import Workspace
from kyosai_lists.workbook.password_notice import PasswordNotice, password_notices

_NOTHING = "お知らせは作っていません。"


@dataclass(frozen=True)
class WrittenNotices:
    """`paths`: one file with a page for each union, or one file for each union that was named.

    `without`: unions that have no password for the 年度 yet. `kept_to_owner` False: others may be able to read the files.
    """

    year: int
    paths: tuple[Path, ...]
    unions: int
    without: tuple[str, ...]
    kept_to_owner: bool


def write_notices(workspace: Workspace, year: int, union_codes: Sequence[str], today: date) -> WrittenNotices:
    """Writes them beside the file of passwords: in no folder that is handed out.

    Raises:
        UsageError: a union is not in the store, or none of them has a password.
        ExportError: they cannot be written.
    """
    unions = chosen(look_at_passwords(workspace, year).unions, union_codes)
    notices = [_notice(one) for one in unions if one.current]
    if not notices:
        raise UsageError(
            f"{year}年度のパスワードが、まだありません。",
            f"kyosai-lists passwords make --year {year} で作ってください。",
            _NOTHING,
        )
    stem = f"パスワードのお知らせ_{year}年度"
    files = (
        {f"{stem}_{safe_file_part(f'{one.union_code}_{one.union_name}', 60)}.xlsx": [one] for one in notices}
        if union_codes
        else {f"{stem}_全単組.xlsx": notices}
    )
    paths, kept = [], True
    try:
        for name, own in files.items():
            paths.append(keyring_folder(workspace.folder) / name)
            kept = write_for_owner(paths[-1], _book(workspace, own, today)) and kept
    except OSError as error:
        raise ExportError(
            "お知らせを書き込めませんでした(ディスクの空きがないか、Excelで開いたままです)。",
            "空きを確かめ、開いていれば閉じて、もう一度実行してください。",
            "前のお知らせはそのままです。",
        ) from error
    without = tuple(one.union_code for one in unions if one.current is None)
    return WrittenNotices(year, tuple(paths), len(notices), without, kept)


def _book(workspace: Workspace, notices: Sequence[PasswordNotice], today: date) -> bytes:
    branch = workspace.settings.branch
    return password_notices(notices, branch.name, branch.contact, today)


def _notice(union: UnionPassword) -> PasswordNotice:
    if union.current is None:
        raise ValueError("a union without a password")
    return PasswordNotice(
        union_code=union.union_code,
        union_name=union.union_name,
        year=union.current.year,
        password=union.current.password,
        made_on=union.current.made_on,
        earlier=union.earlier > 0,
    )
