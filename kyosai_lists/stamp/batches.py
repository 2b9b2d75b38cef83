"""The frames of a run cut into batches of whole unions, so that memory stays bounded and expressions stay worth their cost."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any

import polars as pl

from kyosai_lists.workbook.model import RunBooks

ROWS = 16_000  # of people and lists together: where rows per second were highest, measured (docs/stamping.md)
Union = dict[str, Any]  # UNION_SCHEMA


@dataclass(frozen=True)
class Batch:
    """Some unions of a run, each with somebody to list. `lists`: by list id, the rows of these unions."""

    unions: tuple[Union, ...]
    people: pl.DataFrame
    lists: Mapping[str, pl.DataFrame]


@dataclass(frozen=True)
class _Cut:
    """A frame and where in it the rows of each union begin and how many they are."""

    frame: pl.DataFrame
    spans: Mapping[str, tuple[int, int]]

    @classmethod
    def of(cls, frame: pl.DataFrame) -> "_Cut":
        runs = frame["union_code"].rle().struct.unnest()
        counts, codes = runs["len"].to_list(), runs["value"].to_list()
        starts = accumulate(counts, initial=0)
        spans = {code: (start, count) for code, start, count in zip(codes, starts, counts, strict=False)}
        if len(spans) < len(codes):
            raise ValueError("the rows of a union do not stand together")
        return cls(frame, spans)

    def rows(self, code: str) -> int:
        return self.spans.get(code, (0, 0))[1]

    def of_unions(self, codes: Sequence[str]) -> pl.DataFrame:
        """The rows of these unions, in the order of `codes`."""
        pieces = [self.frame.slice(*self.spans[code]) for code in codes if code in self.spans]
        return pl.concat(pieces) if pieces else self.frame.clear()


def batches(books: RunBooks) -> Iterator[Batch]:
    """Every union that has somebody, in the order of `books.unions`."""
    people = _Cut.of(books.people)
    lists = {found.id: _Cut.of(found.rows) for found in books.lists}
    waiting: list[Union] = []
    rows = 0
    for union in books.unions.iter_rows(named=True):
        code = union["union_code"]
        if not people.rows(code):
            continue
        waiting.append(union)
        rows += people.rows(code) + sum(cut.rows(code) for cut in lists.values())
        if rows >= ROWS:
            yield _batch(waiting, people, lists)
            waiting, rows = [], 0
    if waiting:
        yield _batch(waiting, people, lists)


def _batch(unions: Sequence[Union], people: _Cut, lists: Mapping[str, _Cut]) -> Batch:
    codes = [union["union_code"] for union in unions]
    return Batch(tuple(unions), people.of_unions(codes), {id_: cut.of_unions(codes) for id_, cut in lists.items()})
