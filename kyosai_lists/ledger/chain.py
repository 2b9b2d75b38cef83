"""Entries chained by hash: each holds the hash of the one before it, so that none can be changed or taken out unseen.

Source: design.md decision 6. What stands behind the last entry is not in the chain: that the tail was cut shows only
against a hash that is kept elsewhere, which is why まとめ prints the 台帳の先頭 (head), for paper.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from kyosai_lists.ledger.canonical import sha256
from kyosai_lists.text import match_key

BEFORE_THE_FIRST = "0" * 64
SHORTEST_HEAD = 16  # characters of a hash that is typed from paper
_HEAD = re.compile(rf"[0-9a-f]{{{SHORTEST_HEAD},64}}")
_BETWEEN = re.compile(r"[-.:]")


@dataclass(frozen=True)
class Entry:
    """`seq` 1, 2, 3 …; `kind` run, reprint, custody, recall or purge; `made_at` UTC as ISO text; `body` canonical JSON."""

    seq: int
    kind: str
    made_at: str
    made_by: str
    body: str
    previous_hash: str = ""
    hash: str = ""


@dataclass(frozen=True)
class Break:
    """Where the chain does not hold. `what`: "changed" (the entry), "removed" (entries `seq` to `last`), "unlinked" (the
    entry before it is another one), "head" (no entry has the hash `head`)."""

    what: str
    seq: int = 0
    last: int = 0
    head: str = ""


def chained(entry: Entry, previous_hash: str) -> Entry:
    """`entry` linked to the one before it.

    Raises:
        ValueError: a field other than the body holds a line end, which keeps fields apart here.
    """
    linked = replace(entry, previous_hash=previous_hash)
    return replace(linked, hash=_hash(linked))


def _hash(entry: Entry) -> str:
    fields = (entry.previous_hash, str(entry.seq), entry.kind, entry.made_at, entry.made_by)
    if any("\n" in field for field in fields):
        raise ValueError("a line end in a field of an entry")
    return sha256("\n".join((*fields, entry.body)))


def breaks(entries: Iterable[Entry], heads: Iterable[str] = ()) -> list[Break]:
    """Everything that is wrong with `entries`, which come by `seq`; `heads`: hashes, or their beginnings, that were printed."""
    ordered = list(entries)
    found = [broken for entry in ordered if (broken := _changed(entry))]
    found += _between([Entry(0, "", "", "", "", hash=BEFORE_THE_FIRST), *ordered])
    hashes = {entry.hash for entry in ordered}
    missing = [head for head in heads if not any(known.startswith(head) for known in hashes)]
    return sorted(found, key=lambda broken: broken.seq) + [Break("head", head=head) for head in missing]


def _changed(entry: Entry) -> Break | None:
    try:
        whole = _hash(entry) == entry.hash
    except ValueError:
        whole = False
    return None if whole else Break("changed", entry.seq)


def _between(entries: list[Entry]) -> Iterator[Break]:
    for before, entry in pairwise(entries):
        if entry.seq > before.seq + 1:
            yield Break("removed", before.seq + 1, entry.seq - 1)
        elif entry.previous_hash != before.hash:
            yield Break("unlinked", entry.seq)


def read_head(text: str) -> str | None:
    """A 台帳の先頭 as it is typed from paper, in groups or not; None when it is none, or too short to tell."""
    head = _BETWEEN.sub("", match_key(text).casefold())
    return head if _HEAD.fullmatch(head) else None
