"""What `person --json` answers: stored values as the store has them, with its own field names."""

from typing import TYPE_CHECKING

from kyosai_lists.cli.show.show_disclosures import disclosure
from kyosai_lists.usecases.wording import is_number

if TYPE_CHECKING:
    from kyosai_lists.usecases.asking.explain_member import Explanation
    from kyosai_lists.usecases.asking.look_up_person import LookedUp, Person, StoredRow
    from kyosai_lists.usecases.asking.person_history import Event
    from kyosai_lists.usecases.asking.search_people import FoundPerson

_ON_HOLD = ("number", "layout", "file", "sheet", "row", "problems", "raw")


def document(found: "LookedUp") -> dict[str, object]:
    """`person` is null where several people may be meant."""
    return {
        "as_of": found.as_of.isoformat(),
        "matches": len(found.people),
        "people": [_found(one) for one in found.people],
        "person": _person(found.person) if found.person else None,
    }


def _found(one: "FoundPerson") -> dict[str, object]:
    return {
        "key": one.member_key, "member_no": one.member_no, "name": one.name, "kana": one.kana or None,
        "union": one.union_code or None, "union_name": one.union_name or None, "workplace": one.workplace or None,
        "status": one.status or None, "on_hold": one.on_hold,
    }  # fmt: skip


def _person(person: "Person") -> dict[str, object]:
    return {
        "key": person.who.member_key,
        "member_no": person.who.member_no,
        "union_name": person.who.union_name or None,
        "member": _values(person.own) if person.own else None,
        "contracts": [_row(row) for row in person.contracts],
        "applications": [_row(row) for row in person.applications],
        "stops": [_row(row) for row in person.stops],
        "on_hold": [{name: getattr(row, name) for name in _ON_HOLD} for row in person.on_hold],
        "lists": [_list(one) for one in person.lists],
        "handed_out": [disclosure(one) for one in person.handed_out],
        "history": [_event(event) for event in person.history],
    }


def _row(row: "StoredRow") -> dict[str, object]:
    """`in_force`, `to_come` … under `now`: an application has a field `state` of its own."""
    return {"now": row.state} | _values(row)


def _values(row: "StoredRow") -> dict[str, object]:
    return {
        field: (int(value) if is_number(row.table, field) else value) if value else None
        for field, value in row.values.items()
    }


def _list(one: "Explanation") -> dict[str, object]:
    return {
        "list": one.list_id,
        "title": one.title,
        "listed": one.listed,
        "suppressed": one.suppressed,
        "unmet": [{"text": c.text, "value": c.value} for c in one.unmet],
        "from": one.listed_from.isoformat() if one.listed_from else None,
    }


def _event(event: "Event") -> dict[str, object]:
    return {
        "import": event.import_number,
        "on": event.on.isoformat(),
        "undone_on": event.undone_on.isoformat() if event.undone_on else None,
        "files": list(event.files),
        "table": event.table,
        "record": event.record,
        "kind": event.kind,
        "changes": [vars(change) for change in event.changes],
    }
