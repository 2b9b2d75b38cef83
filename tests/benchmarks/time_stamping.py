"""Times the stamping writer beside its peers on the same made-up unions: `python -m tests.benchmarks.time_stamping --unions 2600`.

Every peer makes the same rows into workbooks in memory and the files are written to a new folder; medians of `--rounds`.
The floor deflates the very bytes of the stamped parts again and writes them.
"""

import argparse
import statistics
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterable
from io import BytesIO
from pathlib import Path

from kyosai_lists.paths import resource_dir
from kyosai_lists.stamp.compiled import compiled
from kyosai_lists.stamp.container import Entry, packed
from kyosai_lists.stamp.stamp import stamped
from kyosai_lists.workbook.fill import fill
from kyosai_lists.workbook.model import RunBooks
from kyosai_lists.workbook.template import CallListTemplate
from tests.benchmarks.made_unions import RUN, made_run


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--unions", type=int, default=2_600)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--sample", type=int, default=60, help="unions that the slow peers make; their time is scaled up")
    arguments = parser.parse_args()
    template = CallListTemplate.load(resource_dir("templates_xlsx") / "call_list.xlsx")
    books = made_run(arguments.unions)
    rows = books.people.height + sum(found.rows.height for found in books.lists)
    print(f"{arguments.unions} unions, {rows:,} rows")
    contents = [_entries(book.data) for book in stamped(compiled(template, RUN, books.lists), books)]
    print(f"{len(contents)} workbooks, {sum(len(part) for book in contents for part in book.values()) / 1e6:,.0f} MB of parts")
    floor = _median(arguments.rounds, lambda: _write(packed(_deflated(book)) for book in contents))
    stamping = _median(arguments.rounds, lambda: _write(_stamp(template, books)))
    _say("floor: deflate and write", floor, floor, rows)
    _say("stamped", stamping, floor, rows)
    part, share = _sample(books, arguments.sample)
    filling = _median(1, lambda: _write(fill(template, book, RUN) for book in part.books())) / share
    _say("openpyxl fills the template", filling, floor, rows)
    print(f"stamped is {filling / stamping:.1f} times faster than openpyxl and takes {stamping / floor:.2f} times the floor")


def _stamp(template: CallListTemplate, books: RunBooks) -> Iterable[bytes]:
    return (book.data for book in stamped(compiled(template, RUN, books.lists), books))


def _entries(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _deflated(parts: dict[str, bytes]) -> list[Entry]:
    return [Entry.of(name, data) for name, data in parts.items()]


def _write(files: Iterable[bytes]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for number, data in enumerate(files):
            (Path(folder) / f"{number}.xlsx").write_bytes(data)
        _write.took = time.perf_counter()  # type: ignore[attr-defined]  # without the time of deleting


def _median(rounds: int, work: Callable[[], None]) -> float:
    times = []
    for _ in range(rounds):
        begin = time.perf_counter()
        work()
        times.append(_write.took - begin)  # type: ignore[attr-defined]
    return statistics.median(times)


def _sample(books: RunBooks, unions: int) -> tuple[RunBooks, float]:
    """Every n-th union, and the share of all rows that they have."""
    ...


def _say(what: str, seconds: float, floor: float, rows: int) -> None:
    print(f"{what:<30} {seconds:8.2f} s  {rows / seconds:12,.0f} rows/s  {seconds / floor:6.2f} × floor")


if __name__ == "__main__":
    main()
