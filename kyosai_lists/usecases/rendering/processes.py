"""Several processes on this machine. They are spawned, as on Windows, wherever the program runs."""

import os
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from importlib import import_module
from multiprocessing import get_context

from kyosai_lists.usecases.rendering.begin import begin
from kyosai_lists.usecases.rendering.workers import Workers


@contextmanager
def processes(number: int) -> Iterator[Workers]:
    """At the end whatever is under way is waited for, so that nobody writes any more into a folder that is taken away.

    A program of one's own that exports this way starts under `if __name__ == "__main__"`: each process imports it again.
    """
    threads = max(1, (os.cpu_count() or 1) // number)
    pool = ProcessPoolExecutor(number, get_context("spawn"), initializer=begin, initargs=(threads,))
    for _ in range(number):
        pool.submit(_ready)  # each starts now, while this program still puts people in order
    try:
        yield Workers(pool, number, near=True)
    finally:
        pool.shutdown(cancel_futures=True)


def _ready() -> None:
    """The libraries are loaded."""
    import_module("kyosai_lists.usecases.rendering.render")
