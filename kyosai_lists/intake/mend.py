"""Which rows on 保留 have been mended by the rows that just came in."""

import json

import polars as pl


def mended(waiting: pl.DataFrame, arrived: pl.DataFrame) -> list[int]:
    """The ids of `waiting` that `arrived` mends: the same key, or the same row but for the cells that were wrong.

    The second matters where the wrong cell is part of the key, such as the 共済種類 of a 案内停止.

    Args:
        waiting: open rows of one layout: id (Int64), file, record_key, member_key, problems (JSON list), raw (JSON object).
        arrived: accepted rows of that layout: file, record_key, member_key, raw.
    """
    if waiting.is_empty() or arrived.is_empty():
        return []
    by_key = waiting.filter(pl.col("record_key") != "").join(arrived, on="record_key", how="semi")
    done = set(by_key["id"])
    for row in waiting.filter(~pl.col("id").is_in(list(done))).iter_rows(named=True):
        same = pl.col("member_key") == row["member_key"] if row["member_key"] else pl.col("file") == row["file"]
        if any(_same_but_for(row, raw) for raw in arrived.filter(same)["raw"]):
            done.add(row["id"])
    return sorted(done)


def _same_but_for(row: dict[str, str], raw: str) -> bool:
    wrong = {problem["column"] for problem in json.loads(row["problems"])}
    before, after = json.loads(row["raw"]), json.loads(raw)
    rest = before.keys() - wrong
    return before.keys() == after.keys() and bool(rest) and all(before[k] == after[k] for k in rest)
