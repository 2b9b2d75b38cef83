"""The frames of a run cut into batches of whole unions, so that memory stays bounded and expressions stay worth their cost."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Any

import polars as pl

from kyosai_lists.workbook.model import RunBooks

ROWS = 16_000  # of people and lists together: where rows per second were highest, measured (docs/stamping.md)
Union = dict[str, Any]  # UNION_SCHEMA


@dataclass(frozen=True)
class Part:
    """The rows of a batch's unions in one frame, in their order, and how many each union has."""

    rows: pl.DataFrame
    counts: Sequence[int]

    def each(self, column: str) -> Iterator[list[Any]]:
        """The values of a column, for each union."""
        values = self.rows[column].to_list()
        return (values[start:end] for start, end in pairwise(accumulate(self.counts, initial=0)))


@dataclass(frozen=True)
class Batch:
    """Some unions of a run, each with somebody to list. `lists`: by list id."""

    unions: Sequence[Union]
    people: Part
    lists: Mapping[str, Part]


@dataclass(frozen=True)
class _Cut:
    """A frame and where in it the rows of each union begin and how many they are."""

    frame: pl.DataFrame
    spans: Mapping[str, tuple[int, int]]

    @classmethod
    def of(cls, frame: pl.DataFrame) -> "_Cut":
        runs = frame["union_code"].rle().struct.unnest()
        counts, codes = runs["len"].to_list(), runs["value"].to_list()
        spans = dict(zip(codes, zip(accumulate(counts, initial=0), counts, strict=False), strict=True))
        if len(spans) < len(codes):
            raise ValueError("the rows of a union do not stand together")
        return cls(frame, spans)

    def rows(self, code: str) -> int:
        return self.spans.get(code, (0, 0))[1]

    def part(self, codes: Sequence[str]) -> Part:
        """The rows of these unions, in the order of `codes`."""
        spans = [self.spans[code] for code in codes if code in self.spans]
        counts = [self.rows(code) for code in codes]
        if all(start + count == following for (start, count), (following, _) in pairwise(spans)):
            return Part(self.frame.slice(spans[0][0] if spans else 0, sum(counts)), counts)
        return Part(pl.concat([self.frame.slice(*span) for span in spans], rechunk=True), counts)


def batches(books: RunBooks, *, most: int | None = None) -> Iterator[Batch]:
    """Every union that has somebody, in the order of `books.unions`.

    `most`: unions in a batch, None: as many as its rows allow.
    """
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
        if rows >= ROWS or len(waiting) == most:
            yield _batch(waiting, people, lists)
            waiting, rows = [], 0
    if waiting:
        yield _batch(waiting, people, lists)


def _batch(unions: Sequence[Union], people: _Cut, lists: Mapping[str, _Cut]) -> Batch:
    codes = [union["union_code"] for union in unions]
    return Batch(unions, people.part(codes), {id_: cut.part(codes) for id_, cut in lists.items()})
