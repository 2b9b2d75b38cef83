"""What the columns of a file most likely are, and the lines for kyosai.toml. No cell is shown, only what it looks like."""

from typing import TYPE_CHECKING

from kyosai_lists.cli.terminal import as_document, console, plain, table

if TYPE_CHECKING:
    from kyosai_lists.usecases.importing.explain_files import ExplainedFile, Explanation, Proposal, ProposedColumn

_CONFIDENCE = {"known": "そのまま分かる", "certain": "確か", "likely": "たぶん", "unknown": "分からない"}
_STATES = {
    "recognised": "このまま取り込めます",
    "proposed": "下の設定を加えると取り込めます",
    "lacking": "このままでは取り込めません",
    "no_heading": "見出しの行がありません",
    "no_table": "名簿などの表ではないようです",
}


def mapping(explanation: "Explanation", *, as_json: bool) -> None:
    if as_json:
        as_document(mapping_document(explanation))
        return
    console.print("[bold]列の読み方[/](取り込んでいません。データは前のままです)")
    for file in explanation.files:
        for proposal in file.proposals:
            _sheet(file, proposal)
        for name in file.hidden:
            _say(f"  シート「{name}」は非表示なので、読みません。")
    _lines(explanation)
    for file in explanation.files:
        _what_is_left(file)
    for conflict in explanation.conflicts:
        _say(f"  {conflict}", style="yellow")


def _say(text: str, style: str | None = None) -> None:
    console.print(plain(text), style=style, soft_wrap=True)


def _sheet(file: "ExplainedFile", proposal: "Proposal") -> None:
    place = f"{file.path.name} シート「{proposal.sheet}」" if proposal.sheet else file.path.name
    console.print(f"\n[bold]{plain(place)}[/]: {_STATES[proposal.state.value]}", soft_wrap=True)
    if not proposal.layout:
        return
    row = f"見出しの行: {proposal.heading_row}行目" if proposal.heading_row else "見出しの行: なし"
    _say(f"  {row}  種類: {proposal.layout.title}({proposal.layout_reason})")
    if proposal.unit_code_in_title:
        _say("  単組コードは、見出しより上の行に書かれたものを使います。")
    lines = table("列", "見出し", "標準の見出し", "確かさ", "理由", "中身の例(形だけ)", numbers=False)
    for column in proposal.columns:
        lines.add_row(*(plain(cell) for cell in _cells(column)))
    console.print(lines)
    for column in proposal.columns:
        if column.check:
            _say(f"  確認 {column.letter}列「{_one_line(column.heading)}」: {column.check}", style="yellow")


def _cells(column: "ProposedColumn") -> tuple[str, ...]:
    standard = f"{column.standard}{'(必須)' if column.bold else ''}" if column.standard else "(使いません)"
    confidence = _CONFIDENCE[column.confidence.value]
    return column.letter, _one_line(column.heading) or "(空)", standard, confidence, column.reason, column.example


def _one_line(heading: str) -> str:
    return "".join(heading.split("\n")).replace("\r", "").strip()


def _lines(explanation: "Explanation") -> None:
    if not explanation.toml:
        return
    console.print(
        "\n[bold]kyosai.toml の最後に、次の行を加えてください[/](「たぶん」の行は、確かめて、違えば直すか消してください)"
    )
    for layout in explanation.already_there:
        _say(
            f"  [layouts.{layout}.columns] の行は、もう kyosai.toml にあります。その下に、続きの行だけを加えてください。"
        )
    # Not through rich: what is printed here is pasted, so not one sign of it may change or wrap.
    console.file.write(f"\n{explanation.toml}\n")


def _what_is_left(file: "ExplainedFile") -> None:
    if file.refused:
        console.print(f"\n[bold red]{plain(file.path.name)}: 直すことが残っています[/]", soft_wrap=True)
        todo = [line for proposal in file.proposals for line in proposal.todo]
        for line in todo or [file.refused]:
            _say(f"  {line}")
        return
    held = f"、保留 {file.on_hold:,}行" if file.on_hold else ""
    _say(f"{file.path.name}: 試しに読むと {file.rows:,}行{held}。")
    for heading, count in file.by_column:
        _say(f"  「{_one_line(heading)}」の列で保留: {count:,}行", style="yellow")


def mapping_document(explanation: "Explanation") -> dict[str, object]:
    return {
        "files": [
            {"path": str(file.path), "encoding": file.encoding, "hidden": list(file.hidden), "refused": file.refused,
             "rows": file.rows, "on_hold": file.on_hold, "on_hold_by_column": dict(file.by_column),
             "sheets": [_sheet_document(proposal) for proposal in file.proposals]}
            for file in explanation.files
        ],
        "toml": explanation.toml,
        "already_there": list(explanation.already_there),
        "conflicts": list(explanation.conflicts),
        "needs_a_person": explanation.needs_a_person,
    }  # fmt: skip


def _sheet_document(proposal: "Proposal") -> dict[str, object]:
    return {
        "sheet": proposal.sheet,
        "state": proposal.state.value,
        "heading_row": proposal.heading_row,
        "layout": proposal.layout.id if proposal.layout else None,
        "layout_reason": proposal.layout_reason,
        "unit_code_in_title": proposal.unit_code_in_title,
        "missing": list(proposal.missing),
        "todo": list(proposal.todo),
        "columns": [
            {"letter": c.letter, "heading": c.heading, "standard": c.standard, "bold": c.bold, "reason": c.reason,
             "confidence": c.confidence.value, "check": c.check, "example": c.example, "writable": c.writable}
            for c in proposal.columns
        ],
    }  # fmt: skip
