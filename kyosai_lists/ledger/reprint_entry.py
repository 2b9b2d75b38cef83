"""What the entry of a reprint says: which files of an earlier run were made again, by whom."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from kyosai_lists.ledger.canonical import canonical

REPRINT = "reprint"


@dataclass(frozen=True)
class ReprintEntry:
    """`files`: by path, the hash of the file as made again; `same`: whether every workbook, before sealing, was the same bytes.

    `out`: the folder's name alone.
    """

    run_id: str
    user: str
    machine: str
    database_user: str
    program: str
    sealed: bool
    out: str
    same: bool
    files: Mapping[str, str]

    def body(self) -> str:
        return canonical(asdict(self))

    @classmethod
    def read(cls, body: str) -> "ReprintEntry":
        """
        Raises:
            ValueError: it is no body of a reprint's entry.
        """
        document: dict[str, Any] = json.loads(body)
        try:
            return cls(**document)
        except TypeError as error:
            raise ValueError("no body of a reprint") from error
