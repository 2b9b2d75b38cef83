"""What became of each workbook on its way to a shared drive."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.markup import escape

from kyosai_lists.cli.terminal import as_document, console, plain

if TYPE_CHECKING:
    from kyosai_lists.usecases.custody.deliver import Delivered

_NAMED = 10


def delivered(result: "Delivered", *, as_json: bool) -> None:
    if as_json:
        as_document(delivery_document(result))
        return
    there = len(result.copied) + len(result.same)
    console.print(
        f"共有フォルダーに {there:,}冊あります(今回コピー {len(result.copied):,}冊、前からあるもの {len(result.same):,}冊)。"
    )
    console.print(f"  {escape(str(result.out))}", soft_wrap=True)
    if result.made:
        console.print(f"新しいフォルダーを作りました: {escape(str(result.made))}", style="yellow", soft_wrap=True)
    again = f"kyosai-lists deliver {result.run_id} で、続きからそろいます"
    _tell("同じ名前の別のファイルがあるので、置いていません(書き込みのある名簿かもしれません)", result.other)
    _tell("出したあとで変わったか、なくなったので、置いていません", result.changed)
    _tell(
        f"共有フォルダーに届きませんでした(つながっていないか、空きがありません)。名簿は出来ています。{again}",
        result.failed,
    )


def _tell(what: str, union_codes: Sequence[str]) -> None:
    if union_codes:
        more = f" ほか{len(union_codes) - _NAMED:,}単組" if len(union_codes) > _NAMED else ""
        named = "、".join(union_codes[:_NAMED])
        console.print(f"{what}: {plain(named)}{more}", style="yellow", soft_wrap=True)


def delivery_document(result: "Delivered") -> dict[str, object]:
    return {
        "run": result.run_id, "out": str(result.out), "copied": list(result.copied), "same": list(result.same),
        "other": list(result.other), "changed": list(result.changed), "failed": list(result.failed),
        "made_folder": str(result.made) if result.made else None,
    }  # fmt: skip
