"""What is wrong with rule files, and where a new one is."""

from typing import TYPE_CHECKING

from rich.markup import escape

from kyosai_lists.cli.terminal import as_document, console

if TYPE_CHECKING:
    from kyosai_lists.usecases.rules.check_rules import CheckedRule
    from kyosai_lists.usecases.rules.start_rule import StartedRule


def checked_rules(checked: "list[CheckedRule]", *, as_json: bool) -> None:
    if as_json:
        as_document({"rules": [_document(rule) for rule in checked]})
        return
    if not checked:
        console.print("県支部のルールはありません。kyosai-lists lists new 名前 で作れます。")
    for rule in checked:
        name = f"[bold]{escape(rule.path.name)}[/]" + (
            "(はじめからあるリストと置きかわります)" if rule.replaces else ""
        )
        if rule.findings:
            console.print(f"{name}: [red]直すところが{len(rule.findings)}件あります。[/]")
        else:
            who = "名簿に載る人" if rule.kind == "people" else "リストに載る数"
            console.print(
                f"{name}: [green]正しく書けています。[/] {escape(rule.title)}  {who} {rule.count:,}", soft_wrap=True
            )
        for finding in rule.findings:
            console.print(f"  {finding.line}行目: {escape(finding.what)}", soft_wrap=True)
            console.print(f"      → {escape(finding.todo)}", soft_wrap=True)


def started_rule(started: "StartedRule", *, as_json: bool) -> None:
    if as_json:
        as_document({"id": started.id, "path": str(started.path.resolve()), "from": started.source or None})
        return
    console.print(f"作りました: {escape(str(started.path.resolve()))}", soft_wrap=True)
    console.print(f"メモ帳などで開いて書きかえ、kyosai-lists lists check {started.id} で確かめてください。")


def _document(rule: "CheckedRule") -> dict[str, object]:
    return {
        "id": rule.id, "file": str(rule.path), "kind": rule.kind, "replaces": rule.replaces, "ok": not rule.findings,
        "people": rule.count,
        "findings": [{"line": f.line, "what": f.what, "todo": f.todo} for f in rule.findings],
    }  # fmt: skip
