"""Who makes the workbooks: this process, several on this machine, or a Dask cluster."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from kyosai_lists.usecases.rendering.cluster import cluster
from kyosai_lists.usecases.rendering.processes import processes
from kyosai_lists.usecases.rendering.workers import Workers, WorkersWanted

_STARTING = 2.0  # seconds until a new process has loaded the libraries and compiled the template
_MOST = 61  # processes that Python can wait for on Windows


@contextmanager
def hired(wanted: WorkersWanted, seconds: float) -> Iterator[Workers]:
    """The workers for work that takes one process about `seconds`.

    Raises:
        UsageError: there is no such cluster, or what is needed to ask one is not installed.
    """
    number = _worth(seconds) if wanted.number is None else wanted.number
    if wanted.dask:
        with cluster(wanted.dask) as far:
            yield far
    elif number == 0 or wanted.number == 1:
        yield Workers(None, 1, near=True)
    else:
        with processes(min(number, _MOST)) as near:
            yield near


def _worth(seconds: float) -> int:
    """Processes beside this one, which puts the next people in order meanwhile. Each must save more than its start takes."""
    return min(os.cpu_count() or 1, int(seconds / (2 * _STARTING)))
