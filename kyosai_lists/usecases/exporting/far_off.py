"""Lists far larger or smaller than last time: they come out all the same, and it is said loudly (faults.md 44).

Last time is the last run of the same campaign that had a union of this one, compared over the unions of both; failing that, the
last run of the same list for the very same unions.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kyosai_lists.ledger.records import RunRecord
from kyosai_lists.store import runs
from kyosai_lists.store.engine import Connection
from kyosai_lists.usecases.exporting.export_result import ExportResult, FarOff

_MOST = 0.3
_Rows = Mapping[str, int]  # by union code


@dataclass(frozen=True)
class _Before:
    """An earlier run: by list id, how many people by union; every union it was for."""

    run_id: str
    lists: Mapping[str, _Rows]
    unions: frozenset[str]


def far_off(connection: Connection, campaign: str, result: ExportResult) -> tuple[FarOff, ...]:
    """What is to be said of a campaign's `result`, which is not in the 台帳 yet."""
    unions = frozenset(book.union_code for book in result.books)
    wanted = dict(result.titles)
    found: dict[str, FarOff] = {}
    for before in _earlier(connection, campaign, unions):
        for list_id in [one for one in wanted if one in before.lists]:
            both = unions & before.unions
            now = sum(book.rows.get(list_id, 0) for book in result.books if book.union_code in both)
            then = sum(rows for code, rows in before.lists[list_id].items() if code in both)
            found[list_id] = FarOff(list_id, wanted.pop(list_id), before.run_id, then, now)
        if not wanted:
            break
    return tuple(found[list_id] for list_id in result.titles if list_id in found and _is_far(found[list_id]))


def _is_far(one: FarOff) -> bool:
    return abs(one.now - one.before) > _MOST * one.before


def _earlier(connection: Connection, campaign: str, unions: frozenset[str]) -> Iterator[_Before]:
    """Runs to compare with, the likest first."""
    for run_id, record in runs.records(connection, campaign):
        before = _before(run_id, RunRecord.thaw(record).manifest)
        if before.unions & unions:
            yield before
    for run_id, record in runs.records(connection, None):
        before = _before(run_id, RunRecord.thaw(record).manifest)
        if before.unions == unions:
            yield before


def _before(run_id: str, manifest: Mapping[str, Any]) -> _Before:
    books = manifest["workbooks"]
    rows = {
        one["id"]: {book["union"]: book["rows"][one["id"]] for book in books if one["id"] in book["rows"]}
        for one in manifest["lists"]
    }
    return _Before(run_id, rows, frozenset(book["union"] for book in books))
