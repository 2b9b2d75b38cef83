"""Options that several commands share, and the clock."""

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

import typer

from kyosai_lists.errors import UsageError

if TYPE_CHECKING:
    from kyosai_lists.usecases.draw import Occasion
    from kyosai_lists.usecases.workspace import Workspace

Value = int | float | str

_FIRST_YEAR = 1900  # no day that is typed here is earlier

_chosen: dict[str, Path] = {}

AsOf = Annotated[
    str | None, typer.Option("--as-of", metavar="日付", help="基準日(例: 2026-11-01)", show_default="今日")
]
Today = Annotated[
    str | None, typer.Option("--today", metavar="日付", help="今日の日付(例: 2026-11-01)", show_default="今日")
]
AsJson = Annotated[bool, typer.Option("--json", help="結果をJSONで出します")]
PasswordFile = Annotated[Path | None, typer.Option("--password-file", metavar="ファイル", help="パスワードのファイル")]
NoPassword = Annotated[bool, typer.Option("--no-password", help="パスワードなしで出します")]
Values = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="名前=値", help="リストの数字を、この一回だけ変えます(例: young_max_age=30)"),
]


def remember_workspace(folder: Path) -> None:
    _chosen["workspace"] = folder


def workspace_folder() -> Path:
    return _chosen.get("workspace", Path())


def opened() -> "Workspace":
    from kyosai_lists.usecases.workspace import open_workspace

    return open_workspace(workspace_folder())


def day(text: str | None) -> date:
    """The day that was typed, else today in Japan.

    Raises:
        UsageError: it is no date.
    """
    if text is None:
        return datetime.now(ZoneInfo("Asia/Tokyo")).date()
    from kyosai_lists.dates import UnreadableDate, read_date

    try:
        value = read_date(text).value
    except UnreadableDate:
        value = None
    if value is None or value.year < _FIRST_YEAR:
        raise UsageError(f"「{text}」は日付として読めません。", "2026-11-01 のように書いてください。")
    return value


def occasion(as_of: str | None, values: list[str] | None) -> "Occasion":
    from kyosai_lists.usecases.draw import Occasion

    return Occasion(as_of=day(as_of), values=parameter_values(values))


def parameter_values(pairs: list[str] | None) -> dict[str, Value]:
    """`young_max_age=30` as a value by name.

    Raises:
        UsageError: it is no pair.
    """
    values: dict[str, Value] = {}
    for pair in pairs or []:
        name, equals, text = pair.partition("=")
        if not equals or not name.strip() or not text.strip():
            raise UsageError(f"--set の「{pair}」が読めません。", "young_max_age=30 のように書いてください。")
        values[name.strip()] = _number(text.strip())
    return values


def _number(text: str) -> Value:
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            continue
    return text
