"""Which rows on 保留 have been mended by the rows that just came in."""

import json
from collections import defaultdict

import polars as pl

# Headings, as accept.py names them, that a wrong prefecture comes from.
_DECIDES_PREFECTURE = {"県コード", "単組コード"}


def mended(waiting: pl.DataFrame, arrived: pl.DataFrame) -> list[int]:
    """The ids of `waiting` that `arrived` mends: the same key, or the same row but for the cells that were wrong.

    The second is for rows whose key was not known, because the wrong cell is part of it, such as the 共済種類 of a 案内停止,
    or decides the prefecture.

    Args:
        waiting: open rows of one layout: id (Int64), file, record_key, member_key, problems (JSON list), raw (JSON object).
        arrived: accepted rows of that layout: file, record_key, member_key, raw.
    """
    if waiting.is_empty() or arrived.is_empty():
        return []
    by_key = waiting.filter(pl.col("record_key") != "").join(arrived, on="record_key", how="semi")
    done = set(by_key["id"])
    near = _by_person_and_file(arrived)
    for row in waiting.filter(~pl.col("id").is_in(list(done))).iter_rows(named=True):
        wrong = {problem["column"] for problem in json.loads(row["problems"])}
        other_prefecture = bool(wrong & _DECIDES_PREFECTURE)
        if row["record_key"] and not other_prefecture:
            continue
        if any(_same_but_for(wrong, row["raw"], raw) for raw in near[_near(row, other_prefecture)]):
            done.add(row["id"])
    return sorted(done)


def _by_person_and_file(arrived: pl.DataFrame) -> defaultdict[str, list[str]]:
    """The original rows under everything that `_near` may ask for."""
    near: defaultdict[str, list[str]] = defaultdict(list)
    for file, key, raw in arrived.select("file", "member_key", "raw").iter_rows():
        for found in (f"file {file}", f"key {key}", f"number {_number(key)}"):
            near[found].append(raw)
    return near


def _near(row: dict[str, str], other_prefecture: bool) -> str:
    if not row["member_key"]:
        return f"file {row['file']}"
    return f"number {_number(row['member_key'])}" if other_prefecture else f"key {row['member_key']}"


def _number(member_key: str) -> str:
    return member_key.partition("-")[2]


def _same_but_for(wrong: set[str], before: str, after: str) -> bool:
    """A column may have been added since, such as the 県コード that was missing; none may have gone."""
    old, new = json.loads(before), json.loads(after)
    rest = old.keys() - wrong
    return bool(rest) and old.keys() <= new.keys() and all(old[k] == new[k] for k in rest)
