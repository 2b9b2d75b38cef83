"""All that is stored of a person: rows, what is on 保留, every list with why or why not, where they were handed out, and which import brought it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import polars as pl

from kyosai_lists.errors import KyosaiError
from kyosai_lists.intake.layouts import BY_ID
from kyosai_lists.products import PRODUCTS
from kyosai_lists.store import history, quarantine, tables
from kyosai_lists.store.engine import Connection, reading
from kyosai_lists.store.load import record_key
from kyosai_lists.usecases.asking.explain_member import Explanation, explain_member
from kyosai_lists.usecases.asking.person_history import Event, events
from kyosai_lists.usecases.asking.search_people import FoundPerson, keys_of, search_people
from kyosai_lists.usecases.draw import Occasion
from kyosai_lists.usecases.keeping.disclosures import Disclosure, handed_out
from kyosai_lists.usecases.on_hold import OnHold, on_hold_of
from kyosai_lists.usecases.usable_lists import usable_lists
from kyosai_lists.usecases.workspace import Workspace

_TABLES = ("members", "contracts", "applications", "suppressions")
_PRODUCT_ORDER = [product.id for product in PRODUCTS]


@dataclass(frozen=True)
class StoredRow:
    """`values`: every field of the layout and `contract_key` of an application, as canonical text, "" where nothing is stored.

    `state` at D: of a contract and a stop "in_force", "to_come" or "ended"; of an application "open", "matched" or
    "withdrawn"; "" of the person's own row.
    """

    table: str
    state: str
    values: dict[str, str]


@dataclass(frozen=True)
class Person:
    """`who.member` false: no row of the 名簿 is stored, `own` is None, and the person is on no list.

    `left_out`: why a list of the branch's own is not among `lists`.
    """

    who: FoundPerson
    own: StoredRow | None
    contracts: list[StoredRow]
    applications: list[StoredRow]
    stops: list[StoredRow]
    on_hold: list[OnHold]
    lists: list[Explanation]
    handed_out: tuple[Disclosure, ...]
    history: list[Event]
    left_out: tuple[KyosaiError, ...]


@dataclass(frozen=True)
class LookedUp:
    """`people`: who may be meant, at least one; `person`: everything of the one, None when there are several."""

    as_of: date
    people: list[FoundPerson]
    person: Person | None


def look_up_person(workspace: Workspace, text: str, as_of: date) -> LookedUp:
    """`text`: a 組合員番号 (`17-00000090` names the prefecture too), a name or kana, or a part of one.

    Raises:
        UsageError: nobody is found.
    """
    with reading(workspace.engine) as connection:
        people = search_people(connection, workspace, text)
        if len(people) > 1:
            return LookedUp(as_of, people, None)
        who = people[0]
        stored = {table: history.rows_of(connection, table, who.member_key) for table in _TABLES}
        on_hold, past = _on_hold(connection, who), _history(connection, who.member_key, stored)
        disclosed = handed_out(connection, who.member_key)
    own, contracts, applications, stops = (_rows(table, rows, as_of.isoformat()) for table, rows in stored.items())
    usable = usable_lists(workspace, (), Occasion(as_of), ("people",))
    lists = explain_member(workspace, usable.ids, who.member_key, Occasion(as_of)) if who.member else []
    person = Person(
        who=who,
        own=next(iter(own), None),
        contracts=contracts,
        applications=applications,
        stops=stops,
        on_hold=on_hold,
        lists=lists,
        handed_out=disclosed,
        history=past,
        left_out=usable.left_out,
    )
    return LookedUp(as_of, people, person)


def _rows(table: str, stored: pl.DataFrame, as_of: str) -> list[StoredRow]:
    fields = [column.field for column in BY_ID[table].columns]
    if table == "applications":
        fields.append("contract_key")
    state = _STATES[table]
    rows = [StoredRow(table, state(row, as_of), {field: row[field] for field in fields}) for row in stored.to_dicts()]
    return sorted(rows, key=_current_first)


def _current_first(row: StoredRow) -> tuple[bool, bool, int]:
    product = row.values.get("product")
    place = _PRODUCT_ORDER.index(product) if product in _PRODUCT_ORDER else -1
    return row.state in ("ended", "matched", "withdrawn"), row.state == "to_come", place


def _state_of_contract(row: dict[str, str], as_of: str) -> str:
    return _in_force(row["effective_on"], row["ended_on"], as_of)


def _state_of_stop(row: dict[str, str], as_of: str) -> str:
    return _in_force(row["starts_on"], row["ends_on"], as_of)


def _in_force(first: str, last: str, as_of: str) -> str:
    """Dates as ISO text, "" for an open one."""
    if last and last < as_of:
        return "ended"
    return "to_come" if first > as_of else "in_force"


def _state_of_application(row: dict[str, str], _: str) -> str:
    if row["state"] == "withdrawn":
        return "withdrawn"
    return "matched" if row["contract_key"] else "open"


_STATES: dict[str, Callable[[dict[str, str], str], str]] = {
    "members": lambda _row, _as_of: "",
    "contracts": _state_of_contract,
    "applications": _state_of_application,
    "suppressions": _state_of_stop,
}


def _on_hold(connection: Connection, who: FoundPerson) -> list[OnHold]:
    rows = quarantine.open_rows(connection)
    keys = keys_of(who.member_key)
    mine = pl.col("member_key").is_in(keys) if who.member_key else pl.col("id") == who.hold_id
    return [on_hold_of(row) for row in rows.filter(mine).iter_rows(named=True)]


def _history(connection: Connection, member_key: str, stored: dict[str, pl.DataFrame]) -> list[Event]:
    keyed = []
    for name, rows in stored.items():
        keys = [column.name for column in tables.metadata.tables[name].primary_key]
        keyed.append(rows.select(pl.lit(name).alias("table"), record_key(keys), pl.col("import_id").cast(pl.Int64)))
    changes = history.changes_of(connection, member_key, stored["contracts"]["contract_key"].to_list())
    return events(connection, pl.concat(keyed).rows(), changes)
