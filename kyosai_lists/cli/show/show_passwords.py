"""Which passwords there are. The passwords themselves are shown only where a union's were asked for."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.markup import escape

from kyosai_lists.cli.terminal import as_document, console, plain, table

if TYPE_CHECKING:
    from kyosai_lists.usecases.sealing.keyring import MadePassword
    from kyosai_lists.usecases.sealing.make_passwords import PasswordsOfYear, UnionPassword
    from kyosai_lists.usecases.sealing.notices import WrittenNotices


def overview(found: "PasswordsOfYear", *, as_json: bool) -> None:
    if as_json:
        as_document(_document(found))
        return
    rows = table("単組", f"{found.year}年度", "作った日", "作り直した回数", numbers=False)
    for one in found.unions:
        made_on = str(one.current.made_on) if one.current else ""
        state = "あり" if one.current else "[yellow]まだありません[/]"
        rows.add_row(plain(f"{one.union_code} {one.union_name}"), state, made_on, str(one.earlier or ""))
    console.print(rows)


def made(result: "PasswordsOfYear", *, as_json: bool) -> None:
    if as_json:
        as_document({**_document(result), "made": list(result.made), "kept_to_owner": result.kept_to_owner})
        return
    there = sum(one.current is not None for one in result.unions)
    console.print(
        f"{result.year}年度のパスワードを{len(result.made):,}単組に作りました(全部で{there:,}/{len(result.unions):,}単組)。"
    )
    console.print("kyosai-lists passwords notices で、単組に渡すお知らせを作ってください。")
    _tell_open(kept=result.kept_to_owner)


def notices(result: "WrittenNotices", *, as_json: bool) -> None:
    if as_json:
        as_document(
            {
                "year": result.year, "unions": result.unions, "paths": [str(path) for path in result.paths],
                "without": list(result.without), "kept_to_owner": result.kept_to_owner,
            }
        )  # fmt: skip
        return
    console.print(f"{result.year}年度のお知らせを{result.unions:,}単組分作りました。")
    for path in result.paths:
        console.print(f"  {escape(str(path))}", soft_wrap=True)
    console.print("印刷して、名簿とは別の方法で渡してください。渡したら、このファイルは消してかまいません。")
    if result.without:
        codes = "、".join(result.without)
        console.print(f"パスワードのない単組があります: {plain(codes)}", style="yellow", soft_wrap=True)
    _tell_open(kept=result.kept_to_owner)


def of_union(found: "Sequence[MadePassword]", *, as_json: bool) -> None:
    if as_json:
        as_document([{"year": one.year, "made_on": one.made_on.isoformat(), "password": one.password} for one in found])
        return
    rows = table("年度", "作った日", "パスワード", numbers=False)
    for one in found:
        rows.add_row(str(one.year), str(one.made_on), plain(one.password))
    console.print(rows)


def _tell_open(*, kept: bool) -> None:
    if not kept:
        console.print(
            "「パスワード」フォルダーを、あなただけが読めるようにできませんでした。このパソコンのほかの利用者が"
            "読めるかもしれません。自分だけが使える場所に作業フォルダーを移してください。",
            style="yellow",
            soft_wrap=True,
        )


def _document(found: "PasswordsOfYear") -> dict[str, object]:
    return {"year": found.year, "unions": [_union(one) for one in found.unions]}


def _union(one: "UnionPassword") -> dict[str, object]:
    made_on = one.current.made_on.isoformat() if one.current else None
    return {"union": one.union_code, "name": one.union_name, "made_on": made_on, "earlier": one.earlier}
