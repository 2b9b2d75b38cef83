"""A row on 保留 as people are told of it."""

import json
from dataclasses import dataclass
from typing import Any

from kyosai_lists.intake.layouts import BY_ID
from kyosai_lists.store import quarantine


@dataclass(frozen=True)
class OnHold:
    """One open row. `number`: its 保留番号; `member_no` "" when it could not be read; `problems`: column, value, reason, remedy.

    `title`: the layout's. `raw`: heading → cell as it came.
    """

    number: str
    layout: str
    title: str
    file: str
    sheet: str
    row: int
    member_no: str
    problems: list[dict[str, str]]
    raw: dict[str, str]


def on_hold_of(row: dict[str, Any]) -> OnHold:
    """`row`: of `store.quarantine.SCHEMA`."""
    return OnHold(
        quarantine.number(row["id"], row["raw"]), row["layout"], BY_ID[row["layout"]].title, row["file"], row["sheet"],
        row["row"], row["member_key"].partition("-")[2], json.loads(row["problems"]), json.loads(row["raw"]),
    )  # fmt: skip
