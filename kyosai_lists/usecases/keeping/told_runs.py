"""What the entries of the 台帳 say of runs, read once for all who hold it against something."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from kyosai_lists.ledger.chain import Entry
from kyosai_lists.ledger.reprint_entry import REPRINT, ReprintEntry
from kyosai_lists.ledger.run_entry import RUN, RunEntry


@dataclass(frozen=True)
class ToldRuns:
    """`runs`, `seqs`: by run, what its entry says and the entry's number; `unreadable`: entries of runs that cannot be read.
    `reprints`: by run, the oldest first.
    """

    runs: Mapping[str, RunEntry]
    seqs: Mapping[str, int]
    unreadable: frozenset[int]
    reprints: Mapping[str, Sequence[ReprintEntry]]


def told_runs(entries: Sequence[Entry]) -> ToldRuns:
    runs: dict[str, RunEntry] = {}
    seqs: dict[str, int] = {}
    unreadable = set()
    reprints: dict[str, list[ReprintEntry]] = {}
    for entry in entries:
        if entry.kind == RUN:
            try:
                run = RunEntry.read(entry.body)
            except ValueError:
                unreadable.add(entry.seq)
            else:
                runs[run.header.run_id], seqs[run.header.run_id] = run, entry.seq
        elif entry.kind == REPRINT:
            with suppress(ValueError):  # its hash does not fit, which is told of the chain
                again = ReprintEntry.read(entry.body)
                reprints.setdefault(again.run_id, []).append(again)
    return ToldRuns(runs, seqs, frozenset(unreadable), reprints)
