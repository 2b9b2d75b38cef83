"""The run of a 名簿番号: its row and what its entry in the 台帳 says, or in words why there is none."""

from dataclasses import dataclass

from kyosai_lists.errors import StoreError, UsageError
from kyosai_lists.ledger.chain import Entry
from kyosai_lists.ledger.run_entry import RunEntry
from kyosai_lists.store import ledger, runs
from kyosai_lists.store.engine import Connection


@dataclass(frozen=True)
class FoundRun:
    """`row`: every column of `runs`; `told`: what `entry` says."""

    row: runs.Row
    entry: Entry
    told: RunEntry


def find_run(connection: Connection, run_id: str) -> FoundRun:
    """
    Raises:
        UsageError: there is no such run.
        StoreError: its entry is gone, is another one's, or was changed.
    """
    row, entry = runs.one(connection, run_id), ledger.entry_of_run(connection, run_id)
    if row is None:
        raise UsageError(
            f"名簿番号 {run_id} は、台帳にありません。", "kyosai-lists ledger で番号を確かめてください。", _NOTHING
        )
    if entry is None:
        raise StoreError(
            f"名簿番号 {run_id} の名簿の中身は残っていますが、台帳の記録が切られています。", ledger.HOW_TO_GO_BACK
        )
    try:
        told = RunEntry.read(entry.body)
    except ValueError:
        raise damaged_run(run_id) from None
    if told.header.run_id != run_id:
        raise damaged_run(run_id)
    return FoundRun(row, entry, told)


def damaged_run(run_id: str) -> StoreError:
    return StoreError(
        f"台帳にある名簿番号 {run_id} の中身が、あとから変わっています。",
        "kyosai-lists ledger verify で確かめ、変わる前の控えに戻してください。",
    )


_NOTHING = "何も変えていません。"
