"""Who makes the workbooks: this process, several on this machine, or a Dask cluster; any other Executor will do as well."""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from dataclasses import dataclass
from typing import ParamSpec, TypeVar

from kyosai_lists.errors import UsageError

P = ParamSpec("P")
T = TypeVar("T")

_STARTING = 2.0  # seconds until a new process has loaded the libraries and compiled the template
_ALONE = 8  # batches: a writer makes the next one's rows while it puts the files of one together
_MOST = 61  # processes that Python can wait for on Windows


@dataclass(frozen=True)
class Workers:
    """`number`: portions that are worked on at once. `near`: they write into this machine's folders themselves.

    `size`: of a portion, in batches. `patience`: seconds after which no answer at all means that nobody is working any more; None: for ever.
    """

    executor: Executor
    number: int
    near: bool
    size: int = 1
    patience: float | None = None


@dataclass(frozen=True)
class WorkersWanted:
    """`number`: of processes, None: as many as are worth it; `dask`: the address of a cluster, "" for none.

    Raises:
        UsageError: both are given.
    """

    number: int | None = None
    dask: str = ""

    def __post_init__(self) -> None:
        if self.number and self.dask:
            raise UsageError(
                "--workers と --dask が、両方指定されています。",
                "どちらか一つを指定してください。",
                "ファイルは作っていません。",
            )


class InTurn(Executor):
    """Does the work at once, in this process."""

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        done: Future[T] = Future()
        done.set_result(fn(*args, **kwargs))
        return done


BY_WORTH = WorkersWanted()


@contextmanager
def hired(wanted: WorkersWanted, seconds: float) -> Iterator[Workers]:
    """The workers for work that takes one process about `seconds`.

    Raises:
        UsageError: there is no such cluster, or what is needed to ask one is not installed.
    """
    number = _worth(seconds) if wanted.number is None else wanted.number
    if wanted.dask:
        from kyosai_lists.usecases.rendering.cluster import cluster

        with cluster(wanted.dask) as far:
            yield far
    elif number == 0 or wanted.number == 1:
        yield Workers(InTurn(), 1, near=True, size=_ALONE)
    else:
        from kyosai_lists.usecases.rendering.processes import processes

        with processes(min(number, _MOST)) as near:
            yield near


def _worth(seconds: float) -> int:
    """Processes beside this one, which puts the next people in order meanwhile. Each must save more than its start takes."""
    return min(os.cpu_count() or 1, int(seconds / (2 * _STARTING)))
