"""lists diff."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kyosai_lists.cli.japanese import JapaneseCommand
from kyosai_lists.cli.options import AsJson, Values, day, occasion, opened, workspace_folder
from kyosai_lists.errors import UsageError

if TYPE_CHECKING:
    from kyosai_lists.usecases.exporting.passwords import PasswordSource

Passwordfiles = Annotated[
    list[Path] | None,
    typer.Option(
        "--password-file",
        metavar="ファイル",
        help="名簿に付けたパスワードのファイル(2回で違うときは、前の回、後の回の順に2つ)",
    ),
]


def diff(
    list_id: Annotated[str, typer.Argument(metavar="リスト")],
    from_day: Annotated[str | None, typer.Option("--from", metavar="日付", help="前の基準日(例: 2026-11-01)")] = None,
    to_day: Annotated[
        str | None, typer.Option("--to", metavar="日付", help="後の基準日", show_default="今日")
    ] = None,
    from_run: Annotated[
        Path | None, typer.Option("--from-run", metavar="フォルダー", help="前に名簿を出したフォルダー")
    ] = None,
    to_run: Annotated[
        Path | None, typer.Option("--to-run", metavar="フォルダー", help="後に名簿を出したフォルダー")
    ] = None,
    password_files: Passwordfiles = None,
    values: Values = None,
    json: AsJson = False,
) -> None:  # fmt: skip
    """2つの日、または2回の名簿を比べて、だれが増え、だれが減ったか、どの条件のためかを表示します。"""
    from kyosai_lists.cli.show import show_diff

    _refuse_mixed(days=(from_day, to_day), runs=(from_run, to_run), of_days=values, of_runs=password_files)
    if from_run and to_run:
        from kyosai_lists.usecases.asking.diff_runs import diff_runs

        found = diff_runs(opened(), list_id, (from_run, to_run), _passwords(password_files or []))
    else:
        from kyosai_lists.usecases.asking.diff_days import diff_days

        found = diff_days(opened(), list_id, occasion(from_day, values), day(to_day))
    show_diff.diff(found, as_json=json)


def _refuse_mixed(*, days: tuple[object, ...], runs: tuple[object, ...], of_days: object, of_runs: object) -> None:
    """
    Raises:
        UsageError: neither two days nor two runs are named, or something of both.
    """
    two_runs = all(runs) and not any(days) and not of_days
    two_days = bool(days[0]) and not any(runs) and not of_runs
    if not two_runs and not two_days:
        raise UsageError(
            "何と何を比べるのかが決まっていません。",
            "2つの日なら --from 日付 --to 日付(--set も使えます)、2回の名簿なら --from-run フォルダー --to-run フォルダー"
            "(パスワードがあれば --password-file も)を指定してください。",
        )


def _passwords(files: list[Path]) -> "tuple[PasswordSource | None, PasswordSource | None]":
    """Those of the earlier and of the later run: one file serves both, else the branch's own."""
    from kyosai_lists.usecases.exporting.passwords import read_passwords
    from kyosai_lists.usecases.sealing.keyring import read_keyring

    if files:
        read = [read_passwords(file) for file in files]
        return read[0], read[-1]
    own = read_keyring(workspace_folder())
    return (own, own) if own.made else (None, None)


def add_to(app: typer.Typer) -> None:
    app.command("diff", cls=JapaneseCommand)(diff)
