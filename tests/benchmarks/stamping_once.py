"""One measurement of `stamping`, in a process of its own: python -m … PEER FOLDER. Prints JSON.

FOLDER holds what `prepare` left there. A peer makes its workbooks and writes them into a new folder in it; only that is timed.
The files stay until all is measured: making thousands of files just after deleting thousands takes ten times as long.
"""

import json
import pickle
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import polars as pl

from kyosai_lists.paths import resource_dir
from kyosai_lists.stamp.compiled import compiled
from kyosai_lists.stamp.stamp import stamped
from kyosai_lists.workbook.model import RunBooks, RunHeader
from kyosai_lists.workbook.template import CallListTemplate
from tests.benchmarks.beside_xlsxwriter import content_of, written_by_xlsxwriter
from tests.benchmarks.in_processes import stamped_by
from tests.benchmarks.peers import deflated, filled, parts_of
from tests.benchmarks.use import of_children, peak

_TEMPLATE = resource_dir("templates_xlsx") / "call_list.xlsx"
Made = Callable[[], Iterable[bytes]]
Write = Callable[[Path], None]
PROCESSES = 2


def prepare(folder: Path, run: RunHeader, books: RunBooks, every: int) -> None:
    """`every`: the slow peers make every n-th union."""
    _keep(folder / "all", (run, books))
    few = every_nth(books, every)
    _keep(folder / "few", (run, few))
    _keep(folder / "contents", [content_of(data) for data in stamp(run, few)])


def _keep(path: Path, what: object) -> None:
    with path.open("wb") as file:
        pickle.dump(what, file)


def kept(path: Path) -> object:
    with path.open("rb") as file:
        return pickle.load(file)


def books_in(folder: Path, name: str) -> tuple[RunHeader, RunBooks]:
    return kept(folder / name)  # type: ignore[return-value]


def every_nth(books: RunBooks, n: int) -> RunBooks:
    return only(books, books.people.select("union_code").unique(maintain_order=True).gather_every(n))


def only(books: RunBooks, codes: pl.DataFrame) -> RunBooks:
    """The workbooks of the unions of `codes` (union_code)."""

    def own(frame: pl.DataFrame) -> pl.DataFrame:
        return frame.join(codes, on="union_code", how="semi", maintain_order="left")

    lists = tuple(replace(found, rows=own(found.rows)) for found in books.lists)
    return RunBooks(own(books.unions), own(books.people), lists)


def stamp(run: RunHeader, books: RunBooks) -> Iterable[bytes]:
    template = CallListTemplate.load(_TEMPLATE)
    return (book.data for book in stamped(compiled(template, run, books.lists), books))


def _floor(folder: Path) -> Made:
    contents = [parts_of(data) for data in stamp(*books_in(folder, "all"))]
    return lambda: deflated(contents)


def _stamping(folder: Path) -> Made:
    run, books = books_in(folder, "all")
    return lambda: stamp(run, books)


def _compiled(folder: Path) -> Made:
    """The template is compiled, and all workbooks made once, before the clock runs: what is left grows with the rows."""
    run, books = books_in(folder, "all")
    ready = compiled(CallListTemplate.load(_TEMPLATE), run, books.lists)
    for _ in stamped(ready, books):
        pass
    return lambda: (book.data for book in stamped(ready, books))


def _xlsxwriter(folder: Path) -> Made:
    contents = kept(folder / "contents")
    return lambda: written_by_xlsxwriter(contents)  # type: ignore[arg-type]


def _openpyxl(folder: Path) -> Made:
    run, books = books_in(folder, "few")
    template = CallListTemplate.load(_TEMPLATE)
    return lambda: filled(template, run, books)


def _written(made: Made) -> Write:
    def write(out: Path) -> None:
        for number, data in enumerate(made()):
            (out / f"{number}.xlsx").write_bytes(data)

    return write


IN_PROCESSES = "processes"
HERE: dict[str, Callable[[Path], Made]] = {
    "floor": _floor,
    "stamping": _stamping,
    "xlsxwriter": _xlsxwriter,
    "openpyxl": _openpyxl,
    "compiled": _compiled,
}


@contextmanager
def _ready(peer: str, folder: Path) -> Iterator[Write]:
    if peer == IN_PROCESSES:
        with stamped_by(PROCESSES, _TEMPLATE, *books_in(folder, "all")) as write:
            yield write
    else:
        yield _written(HERE[peer](folder))


def main(peer: str, folder: str) -> None:
    with _ready(peer, Path(folder)) as write:
        out = Path(tempfile.mkdtemp(dir=folder))
        wall, processor = time.perf_counter(), time.process_time() + of_children()[0]
        write(out)
        took = time.perf_counter() - wall
        seconds, memory = of_children()
        processor = time.process_time() + seconds - processor
        print(json.dumps({"seconds": took, "processor": processor, "peak": peak() + memory}))


if __name__ == "__main__":
    main(*sys.argv[1:])
