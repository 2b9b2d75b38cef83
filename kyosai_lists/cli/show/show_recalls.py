"""People on workbooks that are out who are no longer to be approached: by No., never by name and never why."""

from typing import TYPE_CHECKING

from rich.markup import escape

from kyosai_lists.cli.show.show_ledger import sealed_in_words
from kyosai_lists.cli.terminal import as_document, console, plain, table

if TYPE_CHECKING:
    from kyosai_lists.usecases.custody.recalls import RecallLook
    from kyosai_lists.usecases.custody.write_recalls import WrittenRecalls


def looked(found: "RecallLook", *, as_json: bool) -> None:
    if as_json:
        as_document(_document(found))
        return
    _people(found)
    if found.unions_with_news:
        console.print("kyosai-lists custody recalls --write で、単組に送るお知らせを作ってください。")


def written(result: "WrittenRecalls", *, as_json: bool) -> None:
    if as_json:
        entry = {"entry": result.entry.seq, "hash": result.entry.hash} if result.entry else None
        out = str(result.out) if result.out else None
        as_document(
            {
                **_document(result.look), "out": out, "paths": list(result.paths), "sealed": result.sealed,
                "ledger": entry,
            }
        )  # fmt: skip
        return
    _people(result.look)
    if result.out is None:
        console.print("新しく知らせることはありません。お知らせは作っていません。")
        return
    console.print(
        f"{len(result.paths):,}単組へのお知らせを作り、台帳に記録しました({sealed_in_words(result.sealed)})。"
    )
    console.print(f"  {escape(str(result.out))}", soft_wrap=True)


def _people(found: "RecallLook") -> None:
    if not found.recalled:
        console.print("まだ戻っていない名簿に、声をかけなくてよくなった人はいません。")
    else:
        rows = table("単組", "名簿番号", "No.", "お知らせ", "", numbers=False)
        for one in found.recalled:
            what = f"ご案内 {one.letters} は不要" if one.letters else "お声かけ不要"
            union = f"{one.book.union_code} {one.book.union_name}"
            rows.add_row(plain(union), plain(one.book.book_no), str(one.no), what, "新" if one.new else "")
        console.print(rows)
        reasons = "、".join(f"{plain(reason)} {number:,}" for reason, number in found.reasons.items())
        console.print(f"理由(全体、リストごとの延べ人数): {reasons}")
    if found.unchecked:
        titles = "、".join(found.unchecked)
        console.print(
            f"きまりが変わったかなくなったので、加入したかどうかを調べられなかったリスト: {plain(titles)}",
            style="yellow", soft_wrap=True,
        )  # fmt: skip


def _document(found: "RecallLook") -> dict[str, object]:
    people = [
        {
            "union": one.book.union_code, "book": one.book.book_no, "no": one.no,
            "letters": one.letters.split(), "new": one.new,
        }
        for one in found.recalled
    ]  # fmt: skip
    return {"recalled": people, "reasons": dict(found.reasons), "unchecked": list(found.unchecked)}
