"""Where a backup is and what it holds; the role that runs rules on a server."""

import sys
from typing import TYPE_CHECKING

from rich.markup import escape

from kyosai_lists.cli.terminal import as_document, console

_AFTER_SQL = """\
上の SQL を、サーバーの管理者が psql などで実行してください(何度実行してもかまいません)。
次に psql の \\password で利用者のパスワードを決め、kyosai.toml の [store] に書きます(または環境変数 KYOSAI_LISTS_RULES_STORE):
  rules_url = "postgresql://利用者:パスワード@サーバー/データベース"
リストに使う列が増えたときは、もう一度実行してください。"""

if TYPE_CHECKING:
    from kyosai_lists.usecases.keep_store import Backup, Restored
    from kyosai_lists.usecases.rules.server_guard import ServerGuard


def made_backup(made: "Backup", *, as_json: bool) -> None:
    if as_json:
        as_document(_document(made))
        return
    console.print(f"控えを作り、正しく読めることを確かめました: {_place(made)}", soft_wrap=True)
    _print_contents(made)
    console.print("全員のデータが入っています。ほかの人が見られない場所に保管してください。")


def restored(result: "Restored", *, as_json: bool) -> None:
    if as_json:
        before = _document(result.before) if result.before else None
        as_document(_document(result.restored) | {"before": before, "lost_runs": list(result.lost)})
        return
    console.print(f"控えの時に戻しました: {_place(result.restored)}", soft_wrap=True)
    _print_contents(result.restored)
    if result.before:
        console.print(f"戻す前のデータはここにあります: {_place(result.before)}", soft_wrap=True)
    if result.before and result.before.contents is None:
        console.print(
            "渡した名簿がすべて台帳にあるかは、kyosai-lists ledger verify で確かめてください。", style="yellow"
        )
    if result.lost:
        console.print(
            f"[bold red]控えより新しい名簿の記録が{len(result.lost):,}回分、台帳からなくなりました[/]: {'、'.join(result.lost)}",
            soft_wrap=True,
        )
        console.print(
            "  渡したファイルは残っています。いつ、だれに渡したかは、戻す前のデータの台帳で分かります。消さずに保管してください。"
        )


def shown_guard(guard: "ServerGuard", *, as_json: bool) -> None:
    """The SQL alone goes to stdout, so that it can be handed on as it is."""
    if as_json:
        as_document(
            {"sql": guard.sql, "ready": guard.amiss is None, "problem": guard.amiss.happened if guard.amiss else None}
        )
        return
    if guard.sql:
        print(guard.sql, end="")
        print(_AFTER_SQL, file=sys.stderr)
    said = f"{guard.amiss.happened}{guard.amiss.todo}" if guard.amiss else "県支部のルールは、今の設定で動かせます。"
    print(said, file=sys.stderr)


def _place(backup: "Backup") -> str:
    return escape(str(backup.path.resolve()))


def _print_contents(backup: "Backup") -> None:
    if held := backup.contents:
        console.print(f"  組合員 {held.people:,}人  契約 {held.contracts:,}件")
        console.print(f"  控えの日付 {held.made_on or '不明'}  最後の取り込み {held.last_import_on or 'なし'}")


def _document(backup: "Backup") -> dict[str, object]:
    place = {"path": str(backup.path.resolve())}
    held = backup.contents
    if held is None:
        return place | {"made_on": None, "people": None, "contracts": None}
    return place | {
        "made_on": held.made_on.isoformat() if held.made_on else None,
        "last_import_on": held.last_import_on.isoformat() if held.last_import_on else None,
        "people": held.people, "contracts": held.contracts, "revision": held.revision, "rows": held.rows,
    }  # fmt: skip
