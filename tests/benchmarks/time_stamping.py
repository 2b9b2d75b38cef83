"""Times the stamping writer beside its peers on the same made-up unions: `python -m tests.benchmarks.time_stamping --help`.

Every peer makes the workbooks and writes them into a new folder. The quick ones take turns and make all; of the slow ones a
sample is timed, every n-th union, and scaled up by its rows.
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

import polars as pl

from kyosai_lists.paths import resource_dir
from kyosai_lists.stamp.compiled import compiled
from kyosai_lists.stamp.stamp import stamped
from kyosai_lists.workbook.model import RunBooks
from kyosai_lists.workbook.template import CallListTemplate
from tests.benchmarks.made_unions import RUN, made_run
from tests.benchmarks.peers import cells_of, deflated, filled, parts_of, written_by_xlsxwriter

Files = Callable[[], Iterable[bytes]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--unions", type=int, default=2_600)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--every", type=int, default=20, help="the slow peers make every n-th union")
    arguments = parser.parse_args()
    template = CallListTemplate.load(resource_dir("templates_xlsx") / "call_list.xlsx")
    books = made_run(arguments.unions)
    rows = rows_of(books)
    contents = [parts_of(data) for data in _stamped(template, books)]
    size = sum(len(part) for parts in contents for part in parts.values())
    print(f"{len(contents):,} workbooks, {rows:,} rows, {size / 1e6:,.0f} MB of parts")
    sample = every_nth(books, arguments.every)
    share = rows_of(sample) / rows
    cells = [cells_of(data) for data in _stamped(template, sample)]
    peers = {
        "floor: deflate and write": (lambda: deflated(contents), 1.0),
        "stamping": (lambda: _stamped(template, books), 1.0),
        "XlsxWriter, the same cells": (lambda: written_by_xlsxwriter(cells), share),
        "openpyxl fills the template": (lambda: filled(template, sample), share),
    }
    taken = in_turns(arguments.rounds, *(files for files, _ in peers.values()))
    stamping = taken[list(peers).index("stamping")]
    for (what, (_, part)), (wall, cpu) in zip(peers.items(), taken, strict=True):
        print(
            f"{what:<28} {wall / part:8.2f} s, of one processor {cpu / part:8.2f} s {rows / wall * part:10,.0f} rows/s"
            f" {wall / part / stamping[0]:7.2f} ({cpu / part / stamping[1]:.2f}) × stamping"
        )


def _stamped(template: CallListTemplate, books: RunBooks) -> Iterable[bytes]:
    return (book.data for book in stamped(compiled(template, RUN, books.lists), books))


def rows_of(books: RunBooks) -> int:
    return books.people.height + sum(found.rows.height for found in books.lists)


def every_nth(books: RunBooks, n: int) -> RunBooks:
    unions = books.unions.gather_every(n)

    def own(frame: pl.DataFrame) -> pl.DataFrame:
        return frame.join(unions.select("union_code"), on="union_code", how="semi", maintain_order="left")

    lists = tuple(replace(found, rows=own(found.rows)) for found in books.lists)
    return RunBooks(unions, own(books.people), lists)


def in_turns(rounds: int, *peers: Files) -> list[tuple[float, float]]:
    """The median times of each peer, by the clock and of the processor. They take turns: what else goes on hits all alike."""
    times: list[list[tuple[float, float]]] = [[] for _ in peers]
    for _ in range(rounds):
        for own, files in zip(times, peers, strict=True):
            own.append(_seconds(files))
    return [(statistics.median(wall for wall, _ in own), statistics.median(cpu for _, cpu in own)) for own in times]


def _seconds(files: Files) -> tuple[float, float]:
    with tempfile.TemporaryDirectory() as folder:
        begin = time.perf_counter(), time.process_time()
        for number, data in enumerate(files()):
            (Path(folder) / f"{number}.xlsx").write_bytes(data)
        return time.perf_counter() - begin[0], time.process_time() - begin[1]


if __name__ == "__main__":
    main()
