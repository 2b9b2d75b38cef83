"""Many files read at the same time, each process with bounds of its own; the readings come in the order of the files."""

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import AbstractContextManager, ExitStack
from pathlib import Path
from queue import SimpleQueue
from typing import Protocol

from kyosai_lists.intake.reading import FileReading

_WORTH_A_PROCESS = 8 << 20  # bytes of files; to start one takes as long as to read a part of that
_MOST_PROCESSES = 4  # each may take as much memory as its file needs
_GLANCE_SECONDS = 0.5  # Windows hears Ctrl-C only between two waits


class Reads(Protocol):
    """Whoever reads a file: `apart.Readers`, in a process of its own."""

    def read(self, path: Path) -> FileReading: ...


def read_all(
    paths: Sequence[Path], opened: Callable[[], AbstractContextManager[Reads]], progress: Callable[[str], None]
) -> Iterator[FileReading]:
    """What `read` gives for each of `paths`; `progress` is told which file is waited for. Each process is one `opened()`.

    Raises:
        FileRefused, UsageError, ConfigError: as `read` does, for the first file in this order that is refused.
    """
    with ExitStack() as stack:
        readers = [stack.enter_context(opened()) for _ in range(_processes(paths))]
        if len(readers) > 1:
            yield from _side_by_side(paths, readers, stack, progress)
            return
        for path in paths:
            progress(path.name)
            yield readers[0].read(path)


def _processes(paths: Sequence[Path]) -> int:
    size = sum(path.stat().st_size for path in paths if path.is_file())
    return max(1, min(size // _WORTH_A_PROCESS, len(paths), os.cpu_count() or 1, _MOST_PROCESSES))


def _side_by_side(
    paths: Sequence[Path], readers: Sequence[Reads], stack: ExitStack, progress: Callable[[str], None]
) -> Iterator[FileReading]:
    free: SimpleQueue[Reads] = SimpleQueue()
    for reader in readers:
        free.put(reader)

    def read(path: Path) -> FileReading:
        reader = free.get()
        try:
            return reader.read(path)
        finally:
            free.put(reader)

    with ThreadPoolExecutor(len(readers), "reading") as threads:
        coming = [threads.submit(read, path) for path in paths]
        try:
            for path, reading in zip(paths, coming, strict=True):
                progress(path.name)
                yield _arrived(reading)
        except BaseException:
            threads.shutdown(wait=False, cancel_futures=True)
            stack.close()  # ends the processes in whatever they are busy with
            raise


def _arrived(reading: Future[FileReading]) -> FileReading:
    while not wait([reading], _GLANCE_SECONDS).done:
        pass
    return reading.result()
