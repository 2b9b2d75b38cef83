"""The same workbooks stamped by several processes, as `--workers` has them made, but for opening each again: no peer does that."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import wait
from contextlib import contextmanager
from pathlib import Path

from kyosai_lists.usecases.rendering.portion import portions
from kyosai_lists.usecases.rendering.processes import processes
from kyosai_lists.usecases.rendering.render import Job
from kyosai_lists.usecases.rendering.render_all import render_all
from kyosai_lists.usecases.rendering.writers import Stamper
from kyosai_lists.workbook.model import FinishedBook, RunBooks, RunHeader
from kyosai_lists.workbook.template import CallListTemplate

_STARTING = 2.0  # seconds; whoever is ready waits so long for the other ones


class Believing(Stamper):
    """Does not open what it has made."""

    def counted(self, book: FinishedBook) -> dict[str, int]:
        return book.counts


@contextmanager
def stamped_by(number: int, template: Path, run: RunHeader, books: RunBooks) -> Iterator[Callable[[Path], None]]:
    """Writes every workbook into a folder. The processes have begun, with their libraries; they compile the template yet."""

    def stamp(out: Path) -> None:
        writer = Believing.of(CallListTemplate.load(template), run, books.lists)
        paths = {code: f"{code}.xlsx" for code in books.unions["union_code"]}
        for _ in render_all(workers, Job.of(writer), portions(books, paths, None, out)):
            pass

    with processes(number) as workers:
        assert workers.executor is not None
        wait([workers.executor.submit(time.sleep, _STARTING) for _ in range(number)])
        yield stamp
