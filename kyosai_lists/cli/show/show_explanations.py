"""Why one person is or is not on a list, and from when they will be."""

from typing import TYPE_CHECKING

from kyosai_lists.cli.terminal import as_document, console, mark, plain, table
from kyosai_lists.dates import months_between

if TYPE_CHECKING:
    from kyosai_lists.usecases.asking.explain_member import Explanation

_AS_STORED_NOW = "「…から対象」は、今登録されている内容がこのまま変わらないものとして、毎月1日の時点で調べたものです。"


def explanations(found: "list[Explanation]", *, one: bool, as_json: bool) -> None:
    if as_json:
        documents = [_document(e) for e in found]
        as_document(documents[0] if one else documents)
    elif one:
        _every_condition(found[0])
    else:
        console.print(f"組合員番号 {plain(found[0].member_no)}  基準日 {found[0].as_of}")
        all_lists(found)


def _every_condition(e: "Explanation") -> None:
    verdict = "[bold green]載ります[/]" if e.listed else "[bold red]載りません[/]"
    console.print(f"{plain(e.title)} ({e.list_id})  組合員番号 {plain(e.member_no)}  基準日 {e.as_of}: {verdict}")
    for condition in e.conditions:
        console.print(f"  {mark(condition.met)} {plain(condition.text)}  [dim]{plain(condition.value)}[/]")
    if e.suppressed:
        console.print(f"  {mark(False)} 除かれています: {plain(e.suppressed)}")
    if e.listed_from:
        console.print(f"[yellow]{_from(e)}[/]\n{_AS_STORED_NOW}")


def all_lists(found: "list[Explanation]") -> None:
    """Every list in the order given, a row each; of the conditions only those that are not met."""
    near, listed = sum(e.listed_from is not None for e in found), sum(e.listed for e in found)
    console.print(f"[bold]リスト[/] {listed}件に載ります。1年以内に対象になるものが、ほかに{near}件あります。")
    rows = table("", "題名", "リスト", "載らない理由", numbers=False)
    for e in found:
        rows.add_row(mark(e.listed), plain(e.title), e.list_id, "\n".join(_amiss(e)))
    console.print(rows)
    if near:
        console.print(_AS_STORED_NOW)


def _amiss(e: "Explanation") -> list[str]:
    lines = [f"[yellow]{_from(e)}[/]"] if e.listed_from else []
    lines += [f"{plain(c.text)} [dim]({plain(c.value)})[/]" for c in e.unmet]
    return [*lines, f"除かれています: {plain(e.suppressed)}"] if e.suppressed else lines


def _from(e: "Explanation") -> str:
    """`3か月後の4月1日から対象`"""
    if e.listed_from is None:
        return ""
    return f"{months_between(e.as_of, e.listed_from)}か月後の{e.listed_from.month}月1日から対象"


def _document(e: "Explanation") -> dict[str, object]:
    conditions = [{"text": c.text, "met": c.met, "value": c.value} for c in e.conditions]
    return {
        "list": e.list_id, "member_no": e.member_no, "as_of": e.as_of.isoformat(), "listed": e.listed,
        "suppressed": e.suppressed, "conditions": conditions,
        "from": e.listed_from.isoformat() if e.listed_from else None,
    }  # fmt: skip
