"""Whether the 台帳 is whole, and a run that was printed again."""

from typing import TYPE_CHECKING

from rich.markup import escape

from kyosai_lists.cli.show.show_ledger import head_in_words, sealed_in_words
from kyosai_lists.cli.terminal import as_document, console

if TYPE_CHECKING:
    from kyosai_lists.usecases.keeping.reprint import Reprinted
    from kyosai_lists.usecases.keeping.verify_ledger import Verdict


def verdict(found: "Verdict", *, as_json: bool) -> None:
    if as_json:
        as_document(
            {
                "whole": not found.problems,
                "entries": found.entries, "runs": found.runs, "files": found.files, "gone": found.gone,
                "head": {"entry": found.head.seq, "hash": found.head.hash} if found.head else None,
                "problems": [vars(problem) for problem in found.problems],
            }
        )  # fmt: skip
        return
    for problem in found.problems:
        console.print(f"[bold red]{escape(problem.place)}[/]: {escape(problem.what)}", soft_wrap=True)
    if found.problems:
        console.print(
            f"台帳に{len(found.problems)}件の食い違いがあります。控えの台帳と比べて、いつからかを調べてください。"
        )
    else:
        console.print("台帳は、はじめから今までつながっていて、書き換えられていません。")
    console.print(f"  記録 {found.entries:,}件(名簿 {found.runs:,}回)、渡したときのままのファイル {found.files:,}冊")
    if found.gone:
        console.print(f"  もとの場所にないファイル {found.gone:,}冊(移したか消したもので、確かめていません)")
    if found.head:
        console.print(f"  台帳の先頭: {head_in_words(found.head.seq, found.head.hash)}", soft_wrap=True)


def reprinted(result: "Reprinted", *, as_json: bool) -> None:
    if as_json:
        as_document(
            {
                "run": result.run_id, "out": str(result.out), "sealed": result.sealed, "books": result.books,
                "changed": list(result.changed), "password_year": result.password_year,
                "finished": result.finished,
            }
        )  # fmt: skip
        return
    done = "途中で止まっていた名簿を仕上げました" if result.finished else "もう一度出しました"
    console.print(f"名簿番号 {escape(result.run_id)} の名簿を{done}({result.books:,}冊)。")
    if result.changed:
        console.print(
            f"載っている人と中身は同じですが、{len(result.changed):,}冊はファイルの作りが前と違います"
            "(プログラムの版が変わったため)。",
            style="yellow",
        )
    if result.password_year:
        console.print(
            f"パスワードは、単組の{result.password_year}年度のもの(今のもの)です。kyosai-lists passwords show 単組コード で見られます。",
            soft_wrap=True,
        )
    console.print(f"出力先({sealed_in_words(result.sealed)}): [bold]{escape(str(result.out))}[/]", soft_wrap=True)
