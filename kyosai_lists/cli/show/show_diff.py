"""Who came to a list and who left it: reasons first, then people."""

from typing import TYPE_CHECKING

from kyosai_lists.cli.terminal import as_document, console, plain, table
from kyosai_lists.usecases.asking.moved import by_reason

if TYPE_CHECKING:
    from kyosai_lists.usecases.asking.moved import ListDiff, Moved, Reason, Side

_SHOWN = 20
_ASSUMED = "どちらの日も、今登録されているデータで調べました。"


def diff(found: "ListDiff", *, as_json: bool) -> None:
    if as_json:
        as_document(_document(found))
        return
    rule = found.before.bound.rule
    console.print(f"[bold]{plain(rule.title)}[/] ({rule.id})")
    console.print(f"{_side(found.before)} → {_side(found.after)}")
    for remark in found.remarks or (_ASSUMED,):
        console.print(plain(remark), soft_wrap=True)
    _moved("新しく載る人", "理由(それまで満たしていなかった条件)", found.came)
    _moved("載らなくなる人", "理由(満たさなくなった条件)", found.left)


def _side(side: "Side") -> str:
    run = f"名簿番号 {plain(side.run)}・" if side.run else ""
    return f"{run}基準日 {side.as_of}: {side.people:,}人"


def _moved(title: str, why: str, moved: "list[Moved]") -> None:
    console.print(f"\n[bold]{title}[/] {len(moved):,}人")
    if not moved:
        return
    reasons = table(why, "人数")
    for reason, count in by_reason(moved):
        reasons.add_row(plain(_in_words(reason)), f"{count:,}")
    console.print(reasons)
    people = table("組合員番号", "氏名", "単組", "理由", numbers=False)
    for one in moved[:_SHOWN]:
        union = f"{one.union_code} {one.union_name}"
        people.add_row(*map(plain, (one.member_no, one.name, union, _in_words(one.reason))))
    console.print(people)
    if len(moved) > _SHOWN:
        console.print(f"ほか{len(moved) - _SHOWN:,}人(--json ですべて見られます)")


def _in_words(reason: "Reason") -> str:
    words = [*reason.conditions, *([f"除かれている: {reason.suppressed}"] if reason.suppressed else [])]
    remark = f"({reason.remark})" if words and reason.remark else reason.remark
    return "、".join(words) + remark


def _document(found: "ListDiff") -> dict[str, object]:
    rule = found.before.bound.rule
    return {
        "list": rule.id,
        "title": rule.title,
        "from": _side_document(found.before),
        "to": _side_document(found.after),
        "came": _moved_document(found.came),
        "left": _moved_document(found.left),
        "remarks": list(found.remarks),
    }


def _side_document(side: "Side") -> dict[str, object]:
    parameters = {name: str(value) for name, value in side.bound.values.items()}
    return {"as_of": side.as_of.isoformat(), "run": side.run or None, "people": side.people, "parameters": parameters}


def _moved_document(moved: "list[Moved]") -> dict[str, object]:
    return {
        "people": len(moved),
        "reasons": [_reason_document(reason) | {"people": people} for reason, people in by_reason(moved)],
        "members": [
            {"member_no": one.member_no, "name": one.name, "union": one.union_code, "union_name": one.union_name}
            | _reason_document(one.reason)
            for one in moved
        ],
    }


def _reason_document(reason: "Reason") -> dict[str, object]:
    return {
        "conditions": list(reason.conditions),
        "suppressed": reason.suppressed,
        "remark": reason.remark or None,
    }
