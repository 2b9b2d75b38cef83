"""Rows on 保留: as people are told of them, and as they keep people off the lists."""

import json
from dataclasses import dataclass
from typing import Any

import polars as pl

from kyosai_lists.intake.layouts import BY_ID
from kyosai_lists.products import product_named
from kyosai_lists.store import quarantine
from kyosai_lists.store.engine import Connection


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


def of_people(connection: Connection) -> pl.DataFrame:
    """Every open row: layout, member_key, product: the one that an application names, "" where it names none or several."""
    rows = quarantine.open_rows(connection)
    products = [
        _only_product(raw) if layout == "applications" else "" for layout, raw in rows.select("layout", "raw").rows()
    ]
    return rows.select("layout", "member_key", product=pl.Series(products, dtype=pl.String))


def _only_product(raw: str) -> str:
    products = {product_named(cell) for cell in json.loads(raw).values()} - {None}
    return str(products.pop()) if len(products) == 1 else ""
