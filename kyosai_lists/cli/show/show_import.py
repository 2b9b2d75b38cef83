"""What became of every row that was read."""

from typing import TYPE_CHECKING

from kyosai_lists.cli.show import show_preview
from kyosai_lists.cli.terminal import as_document, console, plain
from kyosai_lists.cli.words import fates_in_words

if TYPE_CHECKING:
    from kyosai_lists.usecases.importing.import_files import ImportResult
    from kyosai_lists.usecases.workspace import Workspace

_SHOWN_PROBLEMS = 30


def made_workspace(workspace: "Workspace", *, as_json: bool) -> None:
    if as_json:
        folder, prefectures = workspace.folder.resolve(), workspace.settings.workspace.prefectures
        as_document({"workspace": str(folder), "prefectures": list(prefectures)})
        return
    console.print(f"作業フォルダーを作りました: {plain(str(workspace.folder.resolve()))}")
    console.print(
        "次にすること: kyosai.toml の \\[branch] に返却先を書き、kyosai-lists import で単組一覧・名簿・契約を入れます。"
    )


def import_result(result: "ImportResult", *, dry_run: bool, as_json: bool) -> None:
    if as_json:
        as_document(import_document(result))
        return
    console.print(
        "[bold]試しに読んだ結果[/](取り込んでいません)" if dry_run else f"[bold]取り込み結果[/](第{result.number}回)"
    )
    for file in result.files:
        kind = f"{file.title}・{file.encoding}"
        console.print(
            f"  {plain(file.path.name)}({kind}): {file.read:,}行 = {fates_in_words(file.counts)}", soft_wrap=True
        )
    for file in result.files:
        for remark in file.remarks:
            where = " ".join(
                str(part) for part in (remark.sheet, f"{remark.row}行目" if remark.row else "", remark.column) if part
            )
            many = f"({remark.count:,}件)" if remark.count > 1 else ""
            console.print(f"  注意 {plain(file.path.name)} {plain(where)}: {plain(remark.text)}{many}", style="yellow")
    for alarm in result.alarms:
        console.print(f"[bold yellow]確認してください[/] {plain(alarm)}", soft_wrap=True)
    if result.preview:
        show_preview.changes(result.preview)
    show_preview.gone(result.gone)
    _problems(result)
    for book in result.hold_books:
        console.print(f"  直すためのブック: {plain(str(book))}", soft_wrap=True)
    if result.withdrawn:
        console.print(f"取りやめとして保留から外した行: {result.withdrawn:,}")
    if result.mended:
        console.print(f"直っていたので保留から外した行: {result.mended:,}")
    if result.released:
        console.print(f"組合員が登録されて有効になった契約: {result.released:,}")
    if result.waiting:
        console.print(f"組合員が登録されるのを待っている契約: {result.waiting:,}")


def _problems(result: "ImportResult") -> None:
    if result.problems.is_empty():
        return
    console.print(
        f"\n[bold red]保留 {sum(file.counts['quarantined'] for file in result.files):,}行[/] — 取り込んでいません。下のブックか元のファイルで直して、もう一度入れてください。"
    )
    for row in result.problems.head(_SHOWN_PROBLEMS).iter_rows(named=True):
        place = " ".join(
            part for part in (row["file"], row["sheet"], f"{row['row']}行目", f"「{row['column']}」") if part
        )
        value = f" 値「{row['value']}」" if row["value"] else ""
        told = f"  {place}{value}: {row['reason']} → {row['remedy']}"
        console.print(plain(told), soft_wrap=True)
    if result.problems.height > _SHOWN_PROBLEMS:
        console.print(f"  ほか{result.problems.height - _SHOWN_PROBLEMS:,}件(--json ですべて見られます)")


def import_document(result: "ImportResult") -> dict[str, object]:
    return {
        "import": None if result.preview else result.number,
        "files": [
            {"path": str(f.path), "layout": f.layout, "encoding": f.encoding, "read": f.read, **f.counts,
             "remarks": [{"sheet": r.sheet, "row": r.row, "column": r.column, "text": r.text, "count": r.count} for r in f.remarks]}
            for f in result.files
        ],
        "problems": result.problems.to_dicts(),
        "hold_books": [str(book) for book in result.hold_books],
        "mended": result.mended,
        "withdrawn": result.withdrawn,
        "waiting": result.waiting,
        "released": result.released,
        "alarms": list(result.alarms),
        "gone": result.gone.to_dicts(),
        **({"new": result.preview.new.to_dicts(), "changes": result.preview.changes.to_dicts()} if result.preview else {}),
    }  # fmt: skip
