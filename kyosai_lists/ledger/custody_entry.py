"""What the entry of something told about handed-out workbooks says: of which, what, when, who."""

import json
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from kyosai_lists.ledger.canonical import canonical

CUSTODY = "custody"


@dataclass(frozen=True)
class CustodyEntry:
    """`unions`: the codes of those whose workbook of the run `run_id` it is about; `event`: one of `ledger.custody.EVENTS`."""

    run_id: str
    unions: tuple[str, ...]
    event: str
    on: date
    by: str
    channel: str
    note: str
    user: str
    machine: str
    database_user: str
    program: str

    def body(self) -> str:
        return canonical(asdict(self) | {"on": self.on.isoformat()})

    @classmethod
    def read(cls, body: str) -> "CustodyEntry":
        """
        Raises:
            ValueError: it is no body of such an entry.
        """
        document: dict[str, Any] = json.loads(body)
        try:
            parts = {"on": date.fromisoformat(document["on"]), "unions": tuple(document["unions"])}
            return cls(**(document | parts))
        except (KeyError, TypeError) as error:
            raise ValueError("no body of a custody entry") from error
