"""Whether the campaigns' slots came out with the runs of which the 台帳 says so, and the other way round."""

from collections.abc import Iterator

from kyosai_lists.ledger.run_entry import RunEntry
from kyosai_lists.store import runs, slots
from kyosai_lists.store.engine import Connection
from kyosai_lists.store.slots import StoredSlot
from kyosai_lists.usecases.keeping.told_runs import ToldRuns

_Key = tuple[str, str]  # 募集コード, 開始日 as ISO text


def changed_slots(connection: Connection, told: ToldRuns) -> Iterator[tuple[str, str]]:
    """Which slot, and what is wrong, in office words. That a run's entry cannot be read is told of the entry."""
    unread = {run_id for run_id, seq in runs.seqs(connection).items() if seq in told.unreadable}
    stored = {(slot.claim.campaign_code, slot.claim.starts_on.isoformat()): slot for slot in slots.every(connection)}
    for key, slot in sorted(stored.items()):
        if slot.state == slots.ISSUED and slot.run_id not in unread and not _is_of(key, slot, told):
            yield _place(key), f"出したという記録(名簿番号 {slot.run_id or 'なし'})が、台帳と違います"
    for run_id, run in told.runs.items():
        if run.slot_on is not None and not _came_out_with(run_id, stored.get(_key(run, run.slot_on))):
            yield (
                _place(_key(run, run.slot_on)),
                f"台帳では名簿番号 {run_id} を出していますが、募集にその記録がありません",
            )


def _key(run: RunEntry, slot_on: str) -> _Key:
    return run.campaign, slot_on


def _is_of(key: _Key, slot: StoredSlot, told: ToldRuns) -> bool:
    run = told.runs.get(slot.run_id or "")
    return run is not None and (run.campaign, run.slot_on, run.late) == (*key, slot.late)


def _came_out_with(run_id: str, slot: StoredSlot | None) -> bool:
    return slot is not None and slot.state == slots.ISSUED and slot.run_id == run_id


def _place(key: _Key) -> str:
    return f"募集 {key[0]}(開始日 {key[1]})"
