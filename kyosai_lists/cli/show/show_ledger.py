"""The 台帳 as a whole, and one run of it."""

import json
from typing import TYPE_CHECKING

from rich.markup import escape

from kyosai_lists.cli.show.show_custody import standing_document, standing_in_words
from kyosai_lists.cli.terminal import as_document, console, table
from kyosai_lists.usecases.act import japanese_moment

if TYPE_CHECKING:
    from kyosai_lists.usecases.keeping.look_at_ledger import Overview, RunLine, ShownRun


def moment(made_at: str) -> str:
    return f"{japanese_moment(made_at):%Y-%m-%d %H:%M}"


def sealed_in_words(sealed: bool) -> str:
    return "パスワード付き" if sealed else "パスワードなし"


def head_in_words(seq: int, found: str) -> str:
    """In groups of eight, as まとめ prints it."""
    return f"第{seq}号 {'-'.join(found[start : start + 8] for start in range(0, len(found), 8))}"


def overview(found: "Overview", *, as_json: bool) -> None:
    if as_json:
        head = {"entry": found.head.seq, "hash": found.head.hash} if found.head else None
        as_document({"head": head, "runs": [_line(run) for run in found.runs]})
        return
    if found.head is None:
        console.print("台帳には、まだ何もありません。名簿を出すと記録されます。")
        return
    rows = table("号", "名簿番号", "出した日時", "だれが", "募集・基準日", "単組", "人数", "備考", numbers=False)
    for run in found.runs:
        rows.add_row(
            str(run.seq), escape(run.run_id), moment(run.made_at), escape(run.made_by), escape(run.title),
            f"{run.books:,}", f"{run.people:,}", "、".join(_remarks(run)),
        )  # fmt: skip
    console.print(rows)
    console.print(f"台帳の先頭: {head_in_words(found.head.seq, found.head.hash)}", soft_wrap=True)


def _remarks(run: "RunLine") -> list[str]:
    remarks = [] if run.placed_on else ["[yellow]仕上がっていません(ledger reprint で仕上げます)[/]"]
    return [*remarks, *(["期日のあと"] if run.late else []), *([] if run.sealed else [sealed_in_words(False)])]


def _line(run: "RunLine") -> dict[str, object]:
    return {
        "run": run.run_id, "entry": run.seq, "made_at": run.made_at, "made_by": run.made_by, "title": run.title,
        "as_of": run.as_of.isoformat(), "campaign": run.campaign or None, "sealed": run.sealed, "late": run.late,
        "books": run.books, "people": run.people, "placed_on": run.placed_on.isoformat() if run.placed_on else None,
    }  # fmt: skip


def run(found: "ShownRun", *, as_json: bool) -> None:
    if as_json:
        as_document(_document(found))
        return
    told, head = found.told, found.told.header
    console.print(f"[bold]{escape(head.title)}の名簿[/] 名簿番号 {escape(head.run_id)}")
    who = f"{told.user}({told.machine})" + (f" データの利用者 {told.database_user}" if told.database_user else "")
    console.print(f"  出した日時 {moment(found.entry.made_at)}  だれが {escape(who)}", soft_wrap=True)
    console.print(f"  基準日 {head.as_of}  募集コード {escape(told.campaign or 'なし')}  返却期限 {head.return_by}")
    console.print(f"  利用目的 {escape(head.purpose)}", soft_wrap=True)
    state = f"{found.placed_on}に出力" if found.placed_on else "[yellow]フォルダーが仕上がっていません[/]"
    console.print(f"  {state}: {escape(found.out)}({sealed_in_words(told.sealed)})", soft_wrap=True)
    _lists(found)
    _books(found)
    for entry, reprint in found.reprints:
        console.print(
            f"再発行 {moment(entry.made_at)} {escape(reprint.user)} {len(reprint.files):,}冊"
            f"({sealed_in_words(reprint.sealed)}) {escape(reprint.out)}",
            soft_wrap=True,
        )
    console.print(f"台帳 {head_in_words(found.entry.seq, found.entry.hash)}", soft_wrap=True)


def _lists(found: "ShownRun") -> None:
    rows = table("記号", "リスト", "数字", "きまり(照合番号)", numbers=False)
    for used in found.told.lists:
        rows.add_row(used.letter, escape(used.title), escape(used.said), used.rule_sha256[:16])
    for listed in found.told.union_lists:
        rows.add_row("", f"{escape(listed.title)} 単組 {listed.rows:,}", "", listed.rule_sha256[:16])
    console.print(rows)


def _books(found: "ShownRun") -> None:
    if not found.told.books:
        return
    rows = table("単組", "ファイル", "人数", "今")
    for book in found.told.books:
        rows.add_row(
            f"{escape(book.union_code)} {escape(book.union_name)}",
            escape(book.path),
            f"{book.people:,}",
            _where(found, book.union_code),
        )
    rows.columns[1].justify = rows.columns[3].justify = "left"
    console.print(rows)


def _where(found: "ShownRun", union_code: str) -> str:
    now = found.standings.get(union_code)
    return standing_in_words(now) if now else ""


def _document(found: "ShownRun") -> dict[str, object]:
    return {
        "entry": found.entry.seq, "hash": found.entry.hash, "previous_hash": found.entry.previous_hash,
        "made_at": found.entry.made_at, "made_by": found.entry.made_by, "out": found.out, "late": found.late,
        "placed_on": found.placed_on.isoformat() if found.placed_on else None,
        "run": json.loads(found.entry.body),
        "custody": {code: standing_document(now) for code, now in found.standings.items()},
        "reprints": [
            {"entry": entry.seq, "made_at": entry.made_at, "made_by": entry.made_by} | json.loads(entry.body)
            for entry, _ in found.reprints
        ],
    }  # fmt: skip
