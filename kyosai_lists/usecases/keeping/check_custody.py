"""Whether what the store says of handed-out workbooks is what the entries say."""

from collections.abc import Iterator, Sequence

from kyosai_lists.ledger.chain import Entry
from kyosai_lists.ledger.custody_entry import CUSTODY, CustodyEntry
from kyosai_lists.store import custody
from kyosai_lists.store.engine import Connection


def changed_entries(connection: Connection, entries: Sequence[Entry]) -> Iterator[tuple[int, str]]:
    """The number of each entry with which the rows do not agree, and what is wrong, in office words."""
    told: dict[int, set[tuple[object, ...]]] = {}
    for entry in entries:
        if entry.kind == CUSTODY:
            try:
                told[entry.seq] = set(_told(CustodyEntry.read(entry.body)))
            except ValueError:
                yield entry.seq, "記録が読めません"
    found: dict[int, set[tuple[object, ...]]] = {}
    for row in custody.events(connection):
        names = ("run_id", "union_code", "event", "happened_on", "told_by", "channel", "note")
        found.setdefault(row["seq"], set()).add(tuple(row[name] for name in names))
    for seq in sorted(told.keys() | found.keys()):
        if seq not in told:
            yield seq, "受領・返却・廃棄の記録が残っていますが、台帳のこの号はその記録ではありません"
        elif told[seq] != found.get(seq):
            yield seq, "受領・返却・廃棄の記録が、台帳の記録と違います"


def _told(entry: CustodyEntry) -> Iterator[tuple[object, ...]]:
    for code in entry.unions:
        yield entry.run_id, code, entry.event, entry.on, entry.by, entry.channel, entry.note
