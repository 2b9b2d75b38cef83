"""Rows mended by a call come off 保留, rows that cannot be taken in go on it."""

import json
from dataclasses import dataclass

import polars as pl

from kyosai_lists.intake.accepting.accept import PLACE, Accepted
from kyosai_lists.intake.accepting.mend import mended
from kyosai_lists.intake.layouts import Layout
from kyosai_lists.store import quarantine
from kyosai_lists.store.engine import Connection


@dataclass(frozen=True)
class Settled:
    """`mended`: rows that came off 保留 because they were mended, `withdrawn`: because the clerk wants them no more.

    `held`: the ids of the rows of this call that are on 保留 now.
    """

    mended: int
    withdrawn: int
    held: list[int]


def settle_quarantine(
    connection: Connection,
    layout: Layout,
    accepted: Accepted,
    told_anew: pl.DataFrame,
    withdrawn: list[str],
    import_id: int,
) -> Settled:
    """`told_anew`: the accepted rows that were new or changed something. `withdrawn`: 保留番号."""
    waiting = _numbered(quarantine.open_rows(connection, layout.id))
    unwanted = waiting.filter(pl.col("hold").is_in(withdrawn))["id"].to_list()
    by_number = _named(waiting, accepted)
    rest = waiting.filter(~pl.col("id").is_in([*by_number, *unwanted]))
    still = rest.join(accepted.quarantined, on=["record_key", "raw"], how="anti")
    ids = sorted({*by_number, *mended(still, accepted.rows, told_anew)})
    quarantine.resolve(connection, [*ids, *unwanted], import_id)
    if accepted.quarantined.is_empty():
        return Settled(len(ids), len(unwanted), [])
    quarantine.add(connection, _on_hold(layout, accepted), import_id)
    held = quarantine.open_rows(connection, layout.id).join(accepted.quarantined, on=["record_key", "raw"], how="semi")
    return Settled(len(ids), len(unwanted), held["id"].to_list())


def _numbered(waiting: pl.DataFrame) -> pl.DataFrame:
    numbers = [quarantine.number(row_id, raw) for row_id, raw in waiting.select("id", "raw").iter_rows()]
    return waiting.with_columns(pl.Series("hold", numbers, dtype=pl.String))


def _named(waiting: pl.DataFrame, accepted: Accepted) -> list[int]:
    """The ids of `waiting` rows whose 保留番号 stands on a row that was taken in, or mended into another that is wrong."""
    numbered = accepted.fates.filter(pl.col("hold").is_not_null())
    wrong = accepted.quarantined.select(*PLACE, raw_now="raw")
    came = numbered.join(wrong, on=PLACE, how="left").select("hold", "raw_now")
    found = waiting.join(came, on="hold").filter(pl.col("raw_now").is_null() | (pl.col("raw_now") != pl.col("raw")))
    return found["id"].unique().to_list()


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
