"""Reading files in a process of its own, bounded in memory and time: a hostile file ends that process, not this one."""

import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

import polars as pl

from kyosai_lists import limits
from kyosai_lists.errors import FileRefused
from kyosai_lists.intake import message
from kyosai_lists.intake.allowance import Allowance, allowance_of
from kyosai_lists.intake.message import Garbled, Header
from kyosai_lists.intake.reading import FileReading, ReadingOptions
from kyosai_lists.intake.refusal import TOO_LARGE, refused

# Exactly our package, wherever this program was started, and nothing that lies beside it: no folder is searched for it.
_CODE = """
import sys
from importlib.machinery import PathFinder
from importlib.util import module_from_spec
spec = PathFinder.find_spec("kyosai_lists", sys.argv[1:])
sys.modules["kyosai_lists"] = package = module_from_spec(spec)
spec.loader.exec_module(package)
from kyosai_lists.intake.child import serve
serve()
"""
_FOLDER = Path(__file__).parents[2]
_START_SECONDS = 120.0
_GLANCE_SECONDS = 0.5  # Windows hears Ctrl-C only between two waits

_Answer = tuple[Header, list[pl.DataFrame]]


class BugWhileReading(Exception):
    """The reading process met a bug. `kind`: the exception's class; `places`: file:line function, in our code."""

    def __init__(self, kind: str, places: list[str]) -> None:
        super().__init__(kind)
        self.kind = kind
        self.places = tuple(places)


class Readers:
    """Reads files one after another in a second process, which starts at once; one that died is replaced by a new one.

    Leave it by `with`, or `close` it: either ends the process, in whatever it is busy with.
    """

    def __init__(self, options: ReadingOptions, allowance: Callable[[Path], Allowance] = allowance_of) -> None:
        self._options = options
        self._allowance = allowance
        self._child: _Child | None = _Child()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def read(self, path: Path, options: ReadingOptions | None = None) -> FileReading:
        """What `read.read_file` gives and raises, and besides:

        Raises:
            FileRefused: reading it took too much memory or time, or ended the process.
            BugWhileReading: something unexpected; it is no fault of the file.
        """
        answer = self._ask("read", path, options or self._options)
        try:
            return _reading(path, *answer)
        except Garbled as error:
            self.close()
            raise _too_much(path) from error

    def try_opening(self, path: Path) -> None:
        """Raises what `read.open_sheets` and `read` raise; a file that passes can be opened in this process too."""
        said, frames = self._ask("open", path, self._options)
        if said.get("says") == "opened":
            return
        try:
            _reading(path, said, frames)
        except Garbled as error:
            self.close()
            raise _too_much(path) from error

    def close(self) -> None:
        if self._child:
            self._child.stop()
            self._child = None

    def _ask(self, what: str, path: Path, options: ReadingOptions) -> _Answer:
        allowed = self._allowance(path)
        if self._child is None:
            self._child = _Child()
        request = {
            "asks": what,
            "path": os.path.abspath(path),  # noqa: PTH100 - resolve() would give the file another name
            "options": message.options_as_header(options),
            "memory": allowed.memory,
            "seconds": allowed.seconds,
        }
        answer = None
        try:
            answer = self._child.answer_to(request, allowed.seconds)
        except TimeoutError as error:
            why = "読み取りに時間がかかりすぎるため、止めました。"
            raise refused(path.name, why, TOO_LARGE) from error
        finally:
            if answer is None or answer[0].get("says") == "no room":
                self.close()
        if answer is None:
            raise _too_much(path)
        return answer


def _reading(path: Path, said: Header, frames: list[pl.DataFrame]) -> FileReading:
    match said.get("says"):
        case "read":
            return message.reading_from(path, said.get("reading", {}), frames)
        case "refused":
            raise message.refusal_from(said)
        case "bug":
            raise BugWhileReading(str(said.get("kind")), [str(place) for place in said.get("places", [])])
        case "no room":
            raise _too_much(path)
        case _:
            raise Garbled


def _too_much(path: Path) -> FileRefused:
    return refused(path.name, "大きすぎるか、壊れているため、読み取りを止めました。", TOO_LARGE)


class _Child:
    """One reading process, and the thread that listens to it (a pipe on Windows cannot be waited for with a time limit)."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-c", _CODE, str(_FOLDER)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # the text of a panic may hold a person's data
            creationflags=limits.NO_WINDOW,
            env={**os.environ, "POLARS_MAX_THREADS": _threads()},
        )
        self._ready = False
        self._answers: queue.SimpleQueue[_Answer | None] = queue.SimpleQueue()
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()

    def answer_to(self, request: Header, seconds: float) -> _Answer | None:
        """What it says, or None if it died.

        Raises:
            TimeoutError: it says nothing in `seconds`. BugWhileReading: it does not even start.
        """
        if not self._ready and not self._wait(_START_SECONDS):
            raise BugWhileReading("start", [])
        self._ready = True
        assert self._process.stdin
        try:
            message.send(self._process.stdin, request)
        except OSError:  # it died since
            return None
        return self._wait(seconds)

    def stop(self) -> None:
        """Ends it, whatever it is doing."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.kill()
        self._process.wait()
        self._listener.join()
        for pipe in (self._process.stdin, self._process.stdout):
            with suppress(OSError):  # what could not be sent any more
                pipe.close()

    def _wait(self, seconds: float) -> _Answer | None:
        end = time.monotonic() + seconds
        while True:
            left = end - time.monotonic()
            try:
                return self._answers.get(timeout=max(0.0, min(left, _GLANCE_SECONDS)))
            except queue.Empty:
                if left <= 0:
                    raise TimeoutError from None

    def _listen(self) -> None:
        assert self._process.stdout
        try:
            while answer := message.receive(self._process.stdout):
                self._answers.put(answer)
        except BaseException:  # whatever arrived, there will be no more of it; a panic inside polars is no Exception
            self._answers.put(None)
        else:
            self._answers.put(None)


def _threads() -> str:
    """Each thread takes room of its own from the bound."""
    return str(min(4, os.cpu_count() or 1))
