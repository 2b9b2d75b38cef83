"""What a purge deletes, and what it deleted."""

from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape

from kyosai_lists.cli.terminal import as_document, console, plain, table

if TYPE_CHECKING:
    from kyosai_lists.usecases.keeping.purge import DueRun, Purged, PurgePlan


def plan(found: "PurgePlan", *, as_json: bool, to_stderr: bool = False) -> None:
    if as_json:
        as_document({"retention_years": found.retention_years, "due": [_run(run) for run in found.due]})
        return
    screen = Console(stderr=True, highlight=False) if to_stderr else console
    if not found.due:
        screen.print(f"保存期限(その年度のあと{found.retention_years}年度)の過ぎた名簿はありません。")
        return
    rows = table("名簿番号", "名簿", "出した日", "保存期限", "人数", "フォルダー", "備考", numbers=False)
    for run in found.due:
        folders = "\n".join(map(str, run.folders))
        rows.add_row(
            plain(run.run_id), plain(run.title), str(run.made_on), str(run.kept_until), f"{run.people:,}",
            escape(folders), "\n".join(_remarks(run)),
        )  # fmt: skip
    screen.print(rows)
    screen.print("この名簿の中身、載った人の記録、ファイルを消します。いつ、どの単組に渡したかの記録は残ります。")


def _remarks(run: "DueRun") -> list[str]:
    return [
        *(["前に消した名簿のファイルが残っています"] if run.purged else []),
        *([f"返却・廃棄の記録がないもの {run.out:,}冊"] if run.out and not run.purged else []),
        *([f"ファイルは別のパソコン({plain(run.elsewhere)})にあります"] if run.elsewhere else []),
    ]


def purged(result: "Purged", *, as_json: bool) -> None:
    if as_json:
        as_document(
            {
                "done": [_run(run) for run in result.done], "stuck": [_run(run) for run in result.stuck],
                "files": result.files, "strangers": [str(path) for path in result.strangers],
                "other_files": result.others,
                "ledger": {"entry": result.entry.seq, "hash": result.entry.hash} if result.entry else None,
            }
        )  # fmt: skip
        return
    if result.done:
        entered = "台帳に記録しました。" if result.entry else ""
        console.print(f"{len(result.done):,}回分の名簿を消しました(ファイル {result.files:,}個)。{entered}")
    for run in result.done:
        if run.elsewhere:
            console.print(
                f"名簿番号 {plain(run.run_id)} のファイルは {plain(run.elsewhere)} にあります。そのパソコンでも purge を実行してください。",
                style="yellow", soft_wrap=True,
            )  # fmt: skip
    if result.strangers:
        folders = "、".join(map(str, result.strangers))
        console.print(
            f"空でないので残したフォルダーがあります(ほかのファイル {result.others:,}個): {escape(folders)}",
            style="yellow", soft_wrap=True,
        )  # fmt: skip
    for run in result.stuck:
        console.print(
            f"名簿番号 {plain(run.run_id)} は、ファイルが使用中なので消していません。閉じて、もう一度実行してください。",
            style="yellow", soft_wrap=True,
        )  # fmt: skip


def _run(run: "DueRun") -> dict[str, object]:
    return {
        "run": run.run_id, "title": run.title, "made_on": run.made_on.isoformat(),
        "kept_until": run.kept_until.isoformat(), "people": run.people, "out": run.out, "purged_before": run.purged,
        "folders": [str(path) for path in run.folders], "elsewhere": run.elsewhere or None,
    }  # fmt: skip
