"""Whether a run's folder is where entries allow it to be. They name the computer and the folder, not the day it was finished:
of that, they prove only that it was before whatever was told of its workbooks.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date

from kyosai_lists.ledger.chain import Entry
from kyosai_lists.ledger.custody import TAKEN_BACK
from kyosai_lists.ledger.custody_entry import CUSTODY, CustodyEntry
from kyosai_lists.ledger.reprint_entry import ReprintEntry
from kyosai_lists.ledger.run_entry import RunEntry
from kyosai_lists.store.runs import Row


def first_told(entries: Sequence[Entry]) -> dict[str, date]:
    """By run, the earliest day on which something happened to a workbook of it; what can be told only once its folder stands."""
    found: dict[str, date] = {}
    for entry in entries:
        if entry.kind == CUSTODY:
            with suppress(ValueError):  # told of the entry
                told = CustodyEntry.read(entry.body)
                if told.event != TAKEN_BACK:  # its day is not held against anything
                    found[told.run_id] = min(told.on, found.get(told.run_id, told.on))
    return found


def changed_places(
    stored: Sequence[Row],
    told: Mapping[str, RunEntry],
    reprints: Mapping[str, Sequence[ReprintEntry]],
    first: Mapping[str, date],
) -> Iterator[tuple[str, str]]:
    """名簿番号, and what is wrong, in office words. `first` as `first_told` has it."""
    for row in stored:
        run_id = row["run_id"]
        if run_id not in told:
            continue
        places = _places(told[run_id], reprints.get(run_id, ()))
        if not any(row["machine"] == machine and _is_named(row["out"], name) for machine, name in places):
            yield run_id, "名簿を置いた場所(パソコン・フォルダー)が、台帳の記録と違います"
        if run_id in first and (row["placed_on"] is None or row["placed_on"] > first[run_id]):
            yield run_id, "名簿を渡した日が、台帳にある受領や返却の記録と合いません"


def _places(told: RunEntry, reprints: Sequence[ReprintEntry]) -> set[tuple[str, str]]:
    """The computers, and the folders' names there."""
    return {(told.machine, told.out), *((again.machine, again.out) for again in reprints)}


def _is_named(out: str, name: str) -> bool:
    """`out`: a path of any system."""
    return out.endswith((f"/{name}", f"\\{name}"))
