"""init, import, held, export, demo. Each parses, calls one use case, prints what it returned."""

from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from kyosai_lists.cli.acting import this_act
from kyosai_lists.cli.japanese import JapaneseCommand
from kyosai_lists.cli.options import (
    AsJson,
    AsOf,
    NoPassword,
    PasswordFile,
    Today,
    Values,
    day,
    opened,
    parameter_values,
    workspace_folder,
)

NEEDS_A_PERSON = 4


class Scale(StrEnum):
    """How much the demonstration makes."""

    BRANCH = "branch"
    NATIONAL = "national"


def init(
    folder: Annotated[Path | None, typer.Argument(metavar="フォルダー", show_default="今のフォルダー")] = None,
    pref: Annotated[
        list[str] | None, typer.Option("--pref", metavar="県コード", help="この県支部だけの作業フォルダーにします")
    ] = None,
    json: AsJson = False,
) -> None:
    """作業フォルダーを作ります(設定ファイル、データの置き場所、出力先)。"""
    from kyosai_lists.cli.show.show_import import made_workspace
    from kyosai_lists.usecases.workspace import make_workspace

    made_workspace(make_workspace(folder or workspace_folder(), tuple(pref or ())), as_json=json)


def import_(
    files: Annotated[
        list[Path], typer.Argument(metavar="ファイル…", help="単組一覧・名簿・契約など。種類も順番も問いません")
    ],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="試すだけで、取り込みません。何がどう変わるかを表示します")
    ] = False,
    snapshot: Annotated[
        bool, typer.Option("--snapshot", help="全員分のファイルとして読み、載っていない人を表示します(消しません)")
    ] = False,
    explain: Annotated[
        bool,
        typer.Option("--explain", help="どの列を何として読むかと、見出しの読み替えの書き方を示します(取り込みません)"),
    ] = False,
    encoding: Annotated[
        str | None, typer.Option("--encoding", metavar="文字コード", help="文字コードを決めて読みます(例: cp932)")
    ] = None,
    password_env: Annotated[
        str | None,
        typer.Option("--password-env", metavar="環境変数", help="Excelのパスワードが入っている環境変数の名前"),
    ] = None,
    today: Today = None,
    json: AsJson = False,
) -> None:
    """ファイルを取り込みます。すべての行がどうなったかを表示します。"""
    if explain:
        _explain(files, today, encoding, password_env, as_json=json)
        return
    from kyosai_lists.cli.password_options import password_from
    from kyosai_lists.cli.progress import progress
    from kyosai_lists.cli.show.show_import import import_result
    from kyosai_lists.usecases.importing.import_files import import_files

    with progress("取り込み中") as step:
        result = import_files(
            opened(), files, today=day(today), dry_run=dry_run, snapshot=snapshot, encoding=encoding,
            password=password_from(password_env), progress=step,
        )  # fmt: skip
    import_result(result, dry_run=dry_run, as_json=json)
    if result.needs_a_person:
        raise typer.Exit(NEEDS_A_PERSON)


def _explain(
    files: list[Path], today: str | None, encoding: str | None, password_env: str | None, *, as_json: bool
) -> None:
    from kyosai_lists.cli.password_options import password_from
    from kyosai_lists.cli.progress import progress
    from kyosai_lists.cli.show.show_mapping import mapping
    from kyosai_lists.usecases.importing.explain_files import explain_files

    with progress("調べています") as step:
        explanation = explain_files(
            workspace_folder(), files, today=day(today), encoding=encoding,
            password=password_from(password_env), progress=step,
        )  # fmt: skip
    mapping(explanation, as_json=as_json)
    if explanation.needs_a_person:
        raise typer.Exit(NEEDS_A_PERSON)


def held(
    write: Annotated[
        bool, typer.Option("--write", help="直すためのブックを out の保留フォルダーに書き直します")
    ] = False,
    today: Today = None,
    json: AsJson = False,
) -> None:
    """保留になっている行を表示します。"""
    from kyosai_lists.cli.progress import progress
    from kyosai_lists.cli.show.show_hold import rows_on_hold
    from kyosai_lists.usecases.importing.hold import on_hold, write_all

    workspace = opened()
    with progress("書き込み中") as step:
        books = write_all(workspace, day(today), step) if write else []
    rows_on_hold(on_hold(workspace), books, as_json=json)


def export(
    list_ids: Annotated[
        list[str] | None,
        typer.Option("--list", metavar="リスト", help="出すリスト。all は人のリスト全部。指定がなければ主な4つ"),
    ] = None,
    campaign: Annotated[
        str | None, typer.Option("--campaign", metavar="募集コード", help="募集計画の基準日・リスト・単組で出します")
    ] = None,
    union: Annotated[list[str] | None, typer.Option("--union", metavar="単組コード", help="この単組だけ")] = None,
    pref: Annotated[list[str] | None, typer.Option("--pref", metavar="県コード", help="この県だけ")] = None,
    as_of: AsOf = None,
    out: Annotated[
        Path | None, typer.Option("--out", metavar="フォルダー", help="出力先", show_default="作業フォルダーの out")
    ] = None,
    password_file: PasswordFile = None,
    no_password: NoPassword = False,
    deliver: Annotated[
        Path | None,
        typer.Option(
            "--deliver", metavar="フォルダー", help="できた名簿を共有フォルダーにも置きます(県支部控えは除く)"
        ),
    ] = None,
    workers: Annotated[
        int | None,
        typer.Option(
            "--workers", metavar="数", min=1, help="名簿を作るプロセスの数", show_default="量に合わせて決めます"
        ),
    ] = None,
    dask: Annotated[
        str, typer.Option("--dask", metavar="アドレス", help="Daskのスケジューラー(例: tcp://…)のワーカーで作ります")
    ] = "",
    values: Values = None,
    json: AsJson = False,
) -> None:
    """単組ごとの名簿(Excel)を作ります。"""
    from kyosai_lists.cli.password_options import passwords_for
    from kyosai_lists.cli.progress import progress
    from kyosai_lists.cli.show.show_export import export_result
    from kyosai_lists.usecases.custody.deliver import deliver as put_there
    from kyosai_lists.usecases.custody.deliver import require_place
    from kyosai_lists.usecases.exporting.order import Order, names_people
    from kyosai_lists.usecases.rendering.workers import WorkersWanted
    from kyosai_lists.usecases.running.export_by_hand import export_by_hand

    order = Order(
        list_ids=tuple(list_ids or ()), campaign=campaign, union_codes=tuple(union or ()), prefectures=tuple(pref or ()),
        as_of=None if as_of is None and campaign else day(as_of), values=parameter_values(values),
    )  # fmt: skip
    workspace = opened()
    if deliver:
        require_place(workspace, deliver)
    unsealed = no_password or (password_file is None and not names_people(workspace, order))
    passwords = passwords_for(workspace.folder, password_file, no_password=unsealed)
    with progress("名簿を作成中") as step:
        result = export_by_hand(
            workspace,
            order,
            act=this_act(),
            passwords=passwords,
            out=out,
            workers=WorkersWanted(workers, dask),
            progress=step,
        )
    delivered = put_there(workspace, result.run_id, deliver, this_act()) if deliver else None
    export_result(result, delivered, as_json=json)
    if result.needs_a_person or (delivered and delivered.needs_a_person):
        raise typer.Exit(NEEDS_A_PERSON)


def demo(
    folder: Annotated[Path, typer.Argument(metavar="フォルダー")] = Path("kyosai-demo"),
    scale: Annotated[
        Scale, typer.Option("--scale", metavar="branch|national", help="branch: 一つの県支部、national: 全国47県")
    ] = Scale.BRANCH,
    as_of: AsOf = None,
    json: AsJson = False,
) -> None:
    """架空の県支部(または全国)のデータを作り、取り込み、名簿を出すまでを一度に試します。"""
    from kyosai_lists.cli.progress import progress
    from kyosai_lists.cli.show.show_export import demo_result
    from kyosai_lists.usecases.make_demo import make_demo

    with progress("デモを準備中") as step:
        result = make_demo(folder, day(as_of), act=this_act(), national=scale is Scale.NATIONAL, progress=step)
    demo_result(result, as_json=json)


def add_to(app: typer.Typer) -> None:
    commands: dict[str, Callable[..., None]] = {
        "init": init,
        "import": import_,
        "held": held,
        "export": export,
        "demo": demo,
    }
    for name, command in commands.items():
        app.command(name, cls=JapaneseCommand)(command)
