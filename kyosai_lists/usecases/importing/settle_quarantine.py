"""Rows mended by a call come off 保留, rows that cannot be taken in go on it."""

import json
from dataclasses import dataclass
from typing import Any

import polars as pl

from kyosai_lists.intake.accepting.accept import PLACE, Accepted
from kyosai_lists.intake.accepting.alarms import hold_numbers_without_effect
from kyosai_lists.intake.accepting.mend import mended
from kyosai_lists.intake.as_it_came import places_as_they_came
from kyosai_lists.intake.layouts import Layout
from kyosai_lists.intake.reading import FileReading
from kyosai_lists.store import quarantine
from kyosai_lists.store.engine import Connection


@dataclass(frozen=True)
class Settled:
    """`mended`: rows that came off 保留 because they were mended, `withdrawn`: because the clerk wants them no more.

    `held`: the rows of this call that are on 保留 now (`store.quarantine.SCHEMA`). `alarms`: 保留番号 that did nothing.
    """

    mended: int
    withdrawn: int
    held: pl.DataFrame
    alarms: list[str]


def settle_quarantine(
    connection: Connection,
    layout: Layout,
    readings: list[FileReading],
    accepted: Accepted,
    told_anew: pl.DataFrame,
    import_id: int,
) -> Settled:
    """`accepted`: what came of `readings`. `told_anew`: the accepted rows that were new or changed something."""
    withdrawn = [number for reading in readings for number in reading.withdrawn]
    waiting = quarantine.open_rows(connection, layout.id)
    returned = _with_raw(readings, accepted.fates.filter(pl.col("hold").is_not_null()))
    unwanted, by_number, alarms = (
        _by_number(waiting, returned, withdrawn) if withdrawn or returned.height else ([], [], [])
    )
    rest = waiting.filter(~pl.col("id").is_in([*by_number, *unwanted]))
    still = rest.join(accepted.quarantined, on=["record_key", "raw"], how="anti")
    ids = sorted({*by_number, *mended(still, accepted.rows, lambda: _with_raw(readings, told_anew))})
    quarantine.resolve(connection, [*ids, *unwanted], import_id)
    if accepted.quarantined.is_empty():
        return Settled(len(ids), len(unwanted), waiting.clear(), alarms)
    quarantine.add(connection, _on_hold(layout, accepted), import_id)
    held = quarantine.open_rows(connection, layout.id).join(accepted.quarantined, on=["record_key", "raw"], how="semi")
    return Settled(len(ids), len(unwanted), held, alarms)


def _with_raw(readings: list[FileReading], rows: pl.DataFrame) -> pl.DataFrame:
    return rows.with_columns(places_as_they_came(readings, rows).alias("raw"))


def _by_number(
    waiting: pl.DataFrame, returned: pl.DataFrame, withdrawn: list[str]
) -> tuple[list[int], list[int], list[str]]:
    """The ids of `waiting` rows that are given up; of those whose 保留番号 stands on their own row (of `returned`, as
    `Accepted.fates`, and raw), taken in or mended into another that is wrong; and what is to be said of the other numbers.
    """
    numbers = [quarantine.number(row_id, raw) for row_id, raw in waiting.select("id", "raw").iter_rows()]
    numbered = waiting.with_columns(pl.Series("hold", numbers, dtype=pl.String))
    unwanted = numbered.filter(pl.col("hold").is_in(withdrawn))["id"].to_list()
    came = returned.select("hold", "fate", raw_now="raw", key_now="member_key", record_now="record_key")
    named, strangers = set(), set()
    for row in numbered.join(came, on="hold").iter_rows(named=True):
        if not _same_row(row):
            strangers.add(row["hold"])
        elif not (row["fate"] == "quarantined" and row["raw_now"] == row["raw"]):
            named.add(row["id"])
    gone = {*withdrawn, *returned["hold"]} - set(numbers)
    return unwanted, sorted(named), hold_numbers_without_effect(gone, strangers)


def _same_row(row: dict[str, Any]) -> bool:
    """Whether the mended row is of the same person and record as far as the one on 保留 could be read.

    Sorting some columns only, or copying a number, must not free a person whose row was not mended.
    """
    of_person, of_record = _last(row["member_key"], "-"), _last(row["record_key"], "\x1f")
    if of_person and of_person != _last(row["key_now"], "-"):
        return False
    if of_record:
        return bool(of_record == _last(row["record_now"], "\x1f"))
    before, now = json.loads(row["raw"]), json.loads(row["raw_now"])
    wrong = {problem["column"] for problem in json.loads(row["problems"])}
    rest = [heading for heading, text in before.items() if heading not in wrong and text.strip()]
    same = [heading for heading in rest if before[heading] == now.get(heading)]
    return 2 * len(same) >= len(rest)


def _last(key: str, separator: str) -> str:
    """The key without the prefecture it begins with, which may be what was wrong."""
    return key.partition(separator)[2]


def _on_hold(layout: Layout, accepted: Accepted) -> pl.DataFrame:
    told = accepted.problems.group_by(PLACE, maintain_order=True).agg(
        pl.col("file").first(), problems=pl.struct("column", "value", "reason", "remedy")
    )
    return accepted.quarantined.join(told, on=PLACE, how="left", maintain_order="left").select(
        "file", "sheet", "row", "record_key", "member_key", "raw", layout=pl.lit(layout.id),
        problems=pl.col("problems").map_elements(_as_json, return_dtype=pl.String),
    )  # fmt: skip


def _as_json(problems: pl.Series) -> str:
    return json.dumps(problems.to_list(), ensure_ascii=False)
