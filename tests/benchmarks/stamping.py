"""The stamping writer beside its peers on the same unions, and whether its time grows with the rows and no faster.

Every peer makes the workbooks and writes them into a new folder, in a process of its own (`stamping_once`). They take turns:
what else goes on hits all alike. Of the slow ones a sample is timed, every n-th union, and scaled up by its rows.
"""

import re
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from kyosai_lists.workbook.model import RunBooks
from tests.benchmarks.made_unions import RUN
from tests.benchmarks.peers import parts_of
from tests.benchmarks.stamping_once import IN_PROCESSES, PROCESSES, books_in, only, prepare, stamp
from tests.benchmarks.turns import Taken, in_turns

_CELL = re.compile(rb"<c r=")
_NAMES = {
    "floor": "floor: deflate and write",
    "stamping": "stamping",
    IN_PROCESSES: f"stamping, {PROCESSES} processes",
    "xlsxwriter": "XlsxWriter, the same content",
    "openpyxl": "openpyxl fills the template",
}
_GOALS = {"floor": "at least 1/3.5", "xlsxwriter": "20", "openpyxl": "40"}


@dataclass(frozen=True)
class Size:
    workbooks: int
    rows: int
    cells: int
    bytes: int


def beside_peers(books: RunBooks, rounds: int, every: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        prepare(folder, RUN, books, every)
        size = _size(books)
        _, few = books_in(folder, "few")
        share = rows_of(few) / size.rows
        taken = in_turns(rounds, {peer: ["stamping_once", peer, folder] for peer in _NAMES})
    print(
        f"\n{size.workbooks:,} workbooks, {size.rows:,} rows, {size.cells:,} cells, {size.bytes / 1e6:,.0f} MB of parts"
    )
    _print({peer: (times, share if peer in ("xlsxwriter", "openpyxl") else 1.0) for peer, times in taken.items()}, size)


def _print(taken: dict[str, tuple[Taken, float]], size: Size) -> None:
    ours, theirs = taken["stamping"][0], taken[IN_PROCESSES][0]
    print(
        f"{'':30}{'seconds':>9}{'processor':>11}{'books/s':>9}{'rows/s':>10}{'cells/s':>11}{'peak MB':>9}"
        f"{'× stamping':>12}{'(processor)':>13}{'× processes':>13}  goal"
    )
    for peer, (times, share) in taken.items():
        wall, processor = times["seconds"] / share, times["processor"] / share
        print(
            f"{_NAMES[peer]:30}{wall:9.2f}{processor:11.2f}{size.workbooks / wall:9,.0f}{size.rows / wall:10,.0f}"
            f"{size.cells / wall:11,.0f}{times['peak']:9,.0f}{wall / ours['seconds']:12.2f}"
            f"{processor / ours['processor']:13.2f}{wall / theirs['seconds']:13.2f}  {_GOALS.get(peer, '')}"
        )


def growth(books: RunBooks, prefectures: Sequence[str], rounds: int) -> None:
    """Rows a second of one prefecture's unions, of a few prefectures', of all: within 20% when it is linear. The start of the program is over before the clock runs.

    A workbook takes its time beside its rows: prefectures with larger unions than the nation's would show that, not growth.
    """
    with tempfile.TemporaryDirectory() as name:
        parts = {
            f"{len(own)} prefecture{'s' if len(own) > 1 else ''}": _of(books, own)
            for own in (prefectures[:1], prefectures)
        } | {"nation": books}
        commands = {}
        for title, part in parts.items():
            folder = Path(name) / title
            folder.mkdir()
            prepare(folder, RUN, part, max(1, part.unions.height))
            commands[title] = ["stamping_once", "compiled", folder]
        taken = in_turns(rounds, commands)
    speeds = {of: {t: rows_of(parts[t]) / times[of] for t, times in taken.items()} for of in ("seconds", "processor")}
    print(f"\n{'stamping':20}{'workbooks':>10}{'rows':>10}{'seconds':>9}{'rows/s':>10}{'rows/s of processor':>21}")
    for title, times in taken.items():
        rows = rows_of(parts[title])
        clock, processor = speeds["seconds"][title], speeds["processor"][title]
        workbooks = parts[title].people["union_code"].n_unique()
        print(f"{title:20}{workbooks:10,}{rows:10,}{times['seconds']:9.3f}{clock:10,.0f}{processor:21,.0f}")
    first, *_, last = taken
    _print_apart(f"{first} and {last}", [{t: found[t] for t in (first, last)} for found in speeds.values()])
    _print_apart("any two", list(speeds.values()))


def _print_apart(which: str, speeds: Sequence[dict[str, float]]) -> None:
    behind = [100 * (1 - min(found.values()) / max(found.values())) for found in speeds]
    print(f"{which}: at most {behind[0]:.0f}% apart, by the processor {behind[1]:.0f}%; asked: 20%")


def _of(books: RunBooks, prefectures: Sequence[str]) -> RunBooks:
    return only(books, books.unions.filter(pl.col("pref").is_in(prefectures)).select("union_code"))


def _size(books: RunBooks) -> Size:
    cells = total = count = 0
    for data in stamp(RUN, books):
        parts = parts_of(data)
        count += 1
        total += sum(map(len, parts.values()))
        cells += sum(len(_CELL.findall(part)) for part in parts.values())
    return Size(count, rows_of(books), cells, total)


def rows_of(books: RunBooks) -> int:
    return books.people.height + sum(found.rows.height for found in books.lists)
