"""One measurement of `national_export`, in a process of its own: python -m … ours|bare LISTS WORKSPACE OUT. Prints JSON."""

import json
import resource
import sys
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

from tests.conftest import ACT, AS_OF


class Clock:
    """A `Progress` that notes when each step began."""

    def __init__(self) -> None:
        self._began: list[tuple[str, float, float, float]] = []
        self("start")

    def __call__(self, step: str, done: int = 0, total: int = 0) -> None:
        if not self._began or step != self._began[-1][0]:
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            self._began.append((step, time.perf_counter(), time.process_time(), peak))

    def stages(self) -> dict[str, tuple[float, float, float]]:
        """By step, seconds, seconds of this process's processor time, and the peak of its memory until then in MB."""
        self("end")
        return {
            step: (end - begin, used - before, peak)
            for (step, begin, before, _), (_, end, used, peak) in pairwise(self._began)
        }


def ours(lists: tuple[str, ...], workspace: Path, out: Path) -> dict[str, object]:
    """The export as the command makes it."""
    clock = Clock()
    from kyosai_lists.usecases.exporting.export_lists import export_lists
    from kyosai_lists.usecases.exporting.order import Order
    from kyosai_lists.usecases.workspace import open_workspace

    opened = open_workspace(workspace)
    order = Order(list_ids=lists, as_of=AS_OF)
    result = export_lists(opened, order, act=ACT, passwords=None, out=out, progress=clock)
    return {"rows": result.delivered, "people": sum(book.people for book in result.books), "stages": clock.stages()}


MEASURED: dict[str, Callable[[tuple[str, ...], Path, Path], dict[str, object]]] = {"ours": ours}


def main(what: str, lists: str, workspace: str, out: str) -> None:
    found = MEASURED[what](tuple(filter(None, lists.split(","))), Path(workspace), Path(out))
    own, child = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    found["processor"] = own.ru_utime + own.ru_stime + child.ru_utime + child.ru_stime
    found["peak"] = own.ru_maxrss / 1024
    found["peak of a worker"] = child.ru_maxrss / 1024
    print(json.dumps(found, ensure_ascii=False))


if __name__ == "__main__":
    main(*sys.argv[1:])
