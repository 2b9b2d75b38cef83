"""What the branch's own papers of a run are made from, frozen: the manifest without its hash of the entry, and まとめ's counts (without it, too)."""

import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, is_dataclass
from datetime import date
from typing import Any

from kyosai_lists.workbook.model import RunSummary, SummaryList, SummaryPref, SummaryUnion


@dataclass(frozen=True)
class RunRecord:
    """`summary` None where no list of people was asked for."""

    manifest: Mapping[str, Any]
    summary: RunSummary | None

    def frozen(self) -> bytes:
        """Compressed JSON, in which the order of names is kept: the papers follow it."""
        document = {"manifest": self.manifest, "summary": self.summary}
        text = json.dumps(document, separators=(",", ":"), ensure_ascii=False, default=_plain)
        return zlib.compress(text.encode())

    @classmethod
    def thaw(cls, data: bytes) -> "RunRecord":
        document = json.loads(zlib.decompress(data))
        return cls(document["manifest"], _summary(document["summary"]) if document["summary"] else None)


def _plain(value: object) -> object:
    if is_dataclass(value):
        return vars(value)
    return date.isoformat(value)  # type: ignore[arg-type]  # anything else is wrong here, and is refused


def _summary(document: dict[str, Any]) -> RunSummary:
    parts = {
        "as_of": date.fromisoformat(document["as_of"]),
        "lists": tuple(SummaryList(**one) for one in document["lists"]),
        "prefs": tuple(_pref(one) for one in document["prefs"]),
        "notes": tuple(document["notes"]),
    }
    return RunSummary(**(document | parts))


def _pref(document: dict[str, Any]) -> SummaryPref:
    return SummaryPref(**(document | {"unions": tuple(_union(one) for one in document["unions"])}))


def _union(document: dict[str, Any]) -> SummaryUnion:
    day = document["roster_on"]
    return SummaryUnion(**(document | {"roster_on": date.fromisoformat(day) if day else None}))
