"""Which rows on 保留 have been mended by the rows that just came in."""

import json
from collections.abc import Callable, Iterable

import polars as pl

# Headings, as accept.py names them, that a wrong prefecture comes from.
_DECIDES_PREFECTURE = {"県コード", "単組コード"}


def mended(waiting: pl.DataFrame, arrived: pl.DataFrame, told_anew: Callable[[], pl.DataFrame]) -> list[int]:
    """The ids of `waiting` that `arrived` mends: the same key, or the same row but for the cells that were wrong.

    The second is for rows whose key was not known, because the wrong cell is part of it, such as the 共済種類 of a 案内停止,
    or decides the prefecture. Only a row that told the store something can be such a correction, and only in a file of
    the same name: another stop of the same person often differs in nothing but the 共済種類, and must not lift this one.

    Args:
        waiting: open rows of one layout: id (Int64), file, record_key, member_key, problems (JSON list), raw (JSON object).
        arrived: accepted rows of that layout: record_key.
        told_anew: gives those of them that were new or changed something: file, member_key, raw. (Asked only when needed.)
    """
    if waiting.is_empty() or arrived.is_empty():
        return []
    by_key = waiting.filter(pl.col("record_key") != "").join(arrived, on="record_key", how="semi")["id"]
    others = waiting.filter(~pl.col("id").is_in(by_key.implode()))
    return sorted({*by_key, *_same_but_for_what_was_wrong(others, told_anew)})


def _same_but_for_what_was_wrong(waiting: pl.DataFrame, told_anew: Callable[[], pl.DataFrame]) -> Iterable[int]:
    came: _Arrived | None = None
    for row in waiting.iter_rows(named=True):
        wrong = {problem["column"] for problem in json.loads(row["problems"])}
        other_prefecture = bool(wrong & _DECIDES_PREFECTURE)
        if row["record_key"] and not other_prefecture:
            continue
        came = came or _Arrived(told_anew())
        if came.holds(_whose(row, other_prefecture), json.loads(row["raw"]), wrong):
            yield row["id"]


class _Arrived:
    """The original rows that came in, to be found by what is written in some of their columns."""

    def __init__(self, arrived: pl.DataFrame) -> None:
        rows = arrived.select("file", "member_key", "raw").iter_rows()
        self._rows = [(self._found_by(file, key), json.loads(raw)) for file, key, raw in rows]
        self._indexes: dict[tuple[tuple[str, ...], tuple[str, ...]], set[tuple[str, ...]]] = {}

    @staticmethod
    def _found_by(file: str, member_key: str) -> tuple[str, str, str]:
        return f"file {file}", f"key {member_key} in {file}", f"number {_number(member_key)}"

    def holds(self, whose: str, before: dict[str, str], wrong: set[str]) -> bool:
        """A column may have been added since, such as the 県コード that was missing; none may have gone."""
        rest = tuple(name for name in before if name not in wrong)
        index = self._indexes.get((tuple(before), rest))
        if index is None:
            index = self._indexes[tuple(before), rest] = set(self._index(before.keys(), rest))
        return bool(rest) and (whose, *(before[name] for name in rest)) in index

    def _index(self, columns: Iterable[str], rest: tuple[str, ...]) -> Iterable[tuple[str, ...]]:
        for found_by, row in self._rows:
            if all(name in row for name in columns):
                yield from ((whose, *(row[name] for name in rest)) for whose in found_by)


def _whose(row: dict[str, str], other_prefecture: bool) -> str:
    """Where the number could not be read, the file's name must do."""
    if not row["member_key"]:
        return f"file {row['file']}"
    return f"number {_number(row['member_key'])}" if other_prefecture else f"key {row['member_key']} in {row['file']}"


def _number(member_key: str) -> str:
    return member_key.partition("-")[2]
