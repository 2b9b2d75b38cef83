"""What the scheduled runs did and what a person decided of them, for programs that watch: one line of JSON for each event, no
personal data.

A file for each month; those that are older than `_KEPT` months are taken away.
"""

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from kyosai_lists.campaigns.slots import SlotKey
from kyosai_lists.usecases.act import Act

LOGS = "記録"  # in the workspace
_NAME = "run-due-{}.jsonl"
_KEPT = 24


@dataclass(frozen=True)
class Event:
    """`what`: issued, failed, blocked, elsewhere, missed, ran; by a person: closed, reopened, and of unions that joined later
    declined, undeclined. `slot`: 募集コード and 開始日.
    """

    what: str
    slot: SlotKey | None = None
    details: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class EventLog:
    folder: Path

    def write(self, act: Act, event: Event) -> None:
        """Adds a line; several programs may do so at once. A disk that takes none does not keep the lists from coming out."""
        with suppress(OSError):
            self._add(act, event)

    def _add(self, act: Act, event: Event) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self.folder / _NAME.format(f"{act.day:%Y-%m}")
        if not path.exists():
            self._rotate(path.name)
        slot = {"campaign": event.slot[0], "starts_on": event.slot[1].isoformat()} if event.slot else {}
        line = {"at": act.made_at, "machine": act.machine, "event": event.what, **slot, **event.details}
        with path.open("a", encoding="utf-8", newline="\n") as file:
            file.write(f"{json.dumps(line, ensure_ascii=False)}\n")

    def _rotate(self, new: str) -> None:
        names = sorted({*(path.name for path in self.folder.glob(_NAME.format("????-??"))), new})
        for name in names[:-_KEPT]:
            (self.folder / name).unlink(missing_ok=True)
