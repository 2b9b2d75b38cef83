"""What became of every row that was read."""

import re
from typing import TYPE_CHECKING

from rich.markup import escape

from kyosai_lists.cli.terminal import as_document, console

if TYPE_CHECKING:
    from kyosai_lists.usecases.import_files import ImportResult
    from kyosai_lists.usecases.workspace import Workspace

_FATES = {
    "new": "新規", "changed": "変更", "unchanged": "前と同じ", "duplicate": "重複", "quarantined": "保留", "held": "組合員待ち",
}  # fmt: skip
_SHOWN_PROBLEMS = 30
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")  # a cell must not recolour or rewrite the terminal


def made_workspace(workspace: "Workspace", *, as_json: bool) -> None:
    if as_json:
        folder, prefectures = workspace.folder.resolve(), workspace.settings.workspace.prefectures
        as_document({"workspace": str(folder), "prefectures": list(prefectures)})
        return
    console.print(f"作業フォルダーを作りました: {escape(str(workspace.folder.resolve()))}")
    console.print(
        "次にすること: kyosai.toml の \\[branch] に返却先を書き、kyosai-lists import で単組一覧・名簿・契約を入れます。"
    )


def import_result(result: "ImportResult", *, dry_run: bool, as_json: bool) -> None:
    if as_json:
        as_document(import_document(result))
        return
    console.print("[bold]試しに読んだ結果[/](取り込んでいません)" if dry_run else "[bold]取り込み結果[/]")
    for file in result.files:
        fates = " + ".join(f"{word} {file.counts[fate]:,}" for fate, word in _FATES.items() if file.counts[fate])
        kind = f"{file.title}・{file.encoding}"
        console.print(f"  {escape(file.path.name)}({kind}): {file.read:,}行 = {fates or '0'}", soft_wrap=True)
    for file in result.files:
        for remark in file.remarks:
            where = " ".join(
                str(part) for part in (remark.sheet, f"{remark.row}行目" if remark.row else "", remark.column) if part
            )
            many = f"({remark.count:,}件)" if remark.count > 1 else ""
            console.print(
                f"  注意 {escape(file.path.name)} {escape(where)}: {escape(remark.text)}{many}", style="yellow"
            )
    _problems(result)
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
        f"\n[bold red]保留 {sum(file.counts['quarantined'] for file in result.files):,}行[/] — 取り込んでいません。直して、同じファイルをもう一度入れてください。"
    )
    for row in result.problems.head(_SHOWN_PROBLEMS).iter_rows(named=True):
        place = " ".join(
            part for part in (row["file"], row["sheet"], f"{row['row']}行目", f"「{row['column']}」") if part
        )
        value = f" 値「{row['value']}」" if row["value"] else ""
        told = f"  {place}{value}: {row['reason']} → {row['remedy']}"
        console.print(escape(_CONTROL.sub("␛", told)), soft_wrap=True)
    if result.problems.height > _SHOWN_PROBLEMS:
        console.print(f"  ほか{result.problems.height - _SHOWN_PROBLEMS:,}件(--json ですべて見られます)")


def import_document(result: "ImportResult") -> dict[str, object]:
    return {
        "files": [
            {"path": str(f.path), "layout": f.layout, "encoding": f.encoding, "read": f.read, **f.counts,
             "remarks": [{"sheet": r.sheet, "row": r.row, "column": r.column, "text": r.text, "count": r.count} for r in f.remarks]}
            for f in result.files
        ],
        "problems": result.problems.to_dicts(),
        "mended": result.mended,
        "waiting": result.waiting,
        "released": result.released,
    }  # fmt: skip
