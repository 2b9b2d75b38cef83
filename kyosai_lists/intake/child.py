"""The process in which files are read: one request after another from its standard input, until that ends.

Started by `apart`. Whatever a file does to it, the program that asked lives on.
"""

import faulthandler
import os
import signal
import sys
import traceback
from dataclasses import replace
from pathlib import Path
from typing import IO

import polars as pl

from kyosai_lists import limits
from kyosai_lists.errors import KyosaiError
from kyosai_lists.intake import message
from kyosai_lists.intake.message import Header
from kyosai_lists.intake.read import open_sheets, read_file
from kyosai_lists.intake.reading import FileReading, Remark

_OURS = Path(__file__).parents[1]
_PATIENCE = 5.0  # seconds after which this process ends by itself, should nobody be left to end it
_UNBOUNDED = (
    "このパソコンでは、読み取りに使うメモリーの上限を設けられません。とても大きなファイルは分けて入れてください"
)


def serve() -> None:
    """Says that it is ready, then answers requests."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the asking program's to answer
    limits.leave_no_dump()
    requests, answers = _own_streams()
    message.send(answers, {"says": "ready"})
    while request := message.receive(requests):
        header, _ = request
        # Runs beside Python: a reader that is busy in its own code holds up everything else here.
        faulthandler.dump_traceback_later(header["seconds"] + _PATIENCE, exit=True, file=sys.stderr)
        bounded = limits.bound_own_memory(header["memory"])
        said, frames = _answer(header, bounded=bounded)
        message.send(answers, said, *frames)
        faulthandler.cancel_dump_traceback_later()


def _own_streams() -> tuple[IO[bytes], IO[bytes]]:
    """The pipes, out of reach of whatever else reads from standard input or prints."""
    requests, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1):
        os.dup2(nothing, standard)
    return requests, answers


def _answer(header: Header, *, bounded: bool) -> tuple[Header, tuple[pl.DataFrame, ...]]:
    path, options = Path(header["path"]), message.options_from(header["options"])
    try:
        if header["asks"] == "open":
            open_sheets(path, options)
            return {"says": "opened"}, ()
        reading = read_file(path, options)
    except KyosaiError as error:
        return {"says": "refused", **message.refusal_as_header(error)}, ()
    except MemoryError:
        return {"says": "no room"}, ()
    except BaseException as error:  # a panic inside polars is no Exception
        return {"says": "bug", "kind": type(error).__name__, "places": _places(error)}, ()
    said, rows, problems = message.reading_as_message(reading if bounded else _with_remark(reading))
    return {"says": "read", "reading": said}, (rows, problems)


def _places(error: BaseException) -> list[str]:
    """Where in our code; the text of an exception may hold a person's data."""
    frames = traceback.extract_tb(error.__traceback__)
    return [f"{f.filename}:{f.lineno} {f.name}" for f in frames if Path(f.filename).is_relative_to(_OURS)]


def _with_remark(reading: FileReading) -> FileReading:
    return replace(reading, remarks=(*reading.remarks, Remark("", None, None, _UNBOUNDED)))
