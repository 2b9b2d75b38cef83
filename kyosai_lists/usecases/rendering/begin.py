"""The first thing a worker process does. Nothing heavy is imported here: polars reads its number of threads when it is."""

import os
import signal
import threading
from multiprocessing import parent_process
from multiprocessing.process import BaseProcess

from kyosai_lists import limits


def begin(threads: int) -> None:
    """Leaves Ctrl-C to the program that started it, writes neither dump nor log, and ends when that program ends.

    `threads`: of polars, which otherwise takes every core in every process.
    """
    os.environ["POLARS_MAX_THREADS"] = str(threads)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    limits.leave_no_dump()
    _say_nothing()
    if parent := parent_process():
        threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _say_nothing() -> None:
    """The text of a panic may hold a person's data."""
    nothing = os.open(os.devnull, os.O_WRONLY)
    for standard in (1, 2):
        os.dup2(nothing, standard)


def _end_with(parent: BaseProcess) -> None:
    """A killed program cannot end its workers, and they would wait for work for ever."""
    parent.join()
    os._exit(1)
