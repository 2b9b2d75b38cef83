"""What the two processes say to each other. Nothing in it can run: what read a hostile file is not trusted.

A message is a header (JSON) and the frames that it announces, in pieces (Arrow streams); each part stands behind its length.
"""

import json
import struct
from collections.abc import Iterator
from dataclasses import asdict, fields
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import IO, Any

import polars as pl

from kyosai_lists import errors
from kyosai_lists.errors import KyosaiError
from kyosai_lists.intake.layouts import BY_ID
from kyosai_lists.intake.reading import AS_CAME, PLACE_SCHEMA, PROBLEM_SCHEMA, FileReading, ReadingOptions, Remark

Header = dict[str, Any]

_NOT_PLAIN = ("path", "rows", "problems", "cells", "remarks", "roster_on")
_LENGTH = struct.Struct("<Q")
_LONGEST = 1 << 31
_ROWS_AT_ONCE = 50_000  # what is on its way is in memory twice
_REFUSALS = {kind.__name__: kind for kind in (errors.FileRefused, errors.UsageError, errors.ConfigError)}


class Garbled(Exception):
    """What arrived is no message."""


def send(stream: IO[bytes], header: Header, *frames: pl.DataFrame) -> None:
    announced = [len(range(0, frame.height, _ROWS_AT_ONCE)) for frame in frames]
    _send(stream, json.dumps({**header, "frames": announced}).encode())
    for frame in frames:
        _send_frame(stream, frame.clear())
        for piece in frame.iter_slices(_ROWS_AT_ONCE):
            _send_frame(stream, piece)
    stream.flush()


def receive(stream: IO[bytes]) -> tuple[Header, list[pl.DataFrame]] | None:
    """The next message, or None at the stream's end.

    Raises:
        Garbled: it breaks off, or is no message.
    """
    start = stream.read(_LENGTH.size)
    if not start:
        return None
    try:
        header = json.loads(_rest(stream, start))
        return header, [_frame(stream, pieces) for pieces in header.pop("frames")]
    except (ValueError, KeyError, TypeError, AttributeError, struct.error, pl.exceptions.PolarsError) as error:
        raise Garbled from error


def _send(stream: IO[bytes], data: bytes | memoryview) -> None:
    stream.write(_LENGTH.pack(len(data)))
    stream.write(data)


def _send_frame(stream: IO[bytes], frame: pl.DataFrame) -> None:
    out = BytesIO()
    frame.write_ipc_stream(out)
    _send(stream, out.getbuffer())


def _frame(stream: IO[bytes], pieces: int) -> pl.DataFrame:
    return pl.concat(list(_arriving(stream, pieces + 1)))  # the first is empty and names the columns


def _arriving(stream: IO[bytes], pieces: int) -> Iterator[pl.DataFrame]:
    for _ in range(pieces):
        yield pl.read_ipc_stream(BytesIO(_rest(stream, stream.read(_LENGTH.size))))


def _rest(stream: IO[bytes], start: bytes) -> bytes:
    (length,) = _LENGTH.unpack(start)
    if length > _LONGEST:
        raise Garbled
    data = stream.read(length)
    if len(data) < length:
        raise Garbled
    return data


def options_as_header(options: ReadingOptions) -> Header:
    return {**asdict(options), "today": options.today.isoformat()}


def options_from(header: Header) -> ReadingOptions:
    return ReadingOptions(**{**header, "today": date.fromisoformat(header["today"])})


def reading_as_message(reading: FileReading) -> tuple[Header, pl.DataFrame, pl.DataFrame]:
    plain = {f.name: getattr(reading, f.name) for f in fields(FileReading) if f.name not in _NOT_PLAIN}
    return (
        {
            **plain,
            "cells": reading.cells,
            "remarks": [[r.sheet, r.row, r.column, r.text, r.count] for r in reading.remarks],
            "roster_on": reading.roster_on and reading.roster_on.isoformat(),
        },
        reading.rows,
        reading.problems,
    )


def reading_from(path: Path, header: Header, frames: list[pl.DataFrame]) -> FileReading:
    """
    Raises:
        Garbled: this is no reading.
    """
    try:
        rows, problems = frames
        cells = {sheet: [(str(a), str(b)) for a, b in pairs] for sheet, pairs in header.pop("cells").items()}
        header["remarks"] = [Remark(*remark) for remark in header["remarks"]]
        header["roster_on"] = header["roster_on"] and date.fromisoformat(header["roster_on"])
        plain: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value for name, value in header.items()
        }
        reading = FileReading(path=path, rows=rows, problems=problems, cells=cells, **plain)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Garbled from error
    as_came = {
        name: kind for name, kind in rows.schema.items() if name.startswith(AS_CAME) and kind == pl.Categorical()
    }
    row_schema = pl.Schema({name: as_came.get(name, PLACE_SCHEMA.get(name, pl.String())) for name in rows.columns})
    if reading.layout not in BY_ID or rows.schema != row_schema or problems.schema != pl.Schema(PROBLEM_SCHEMA):
        raise Garbled
    if {column for pairs in cells.values() for _, column in pairs} - {*rows.columns}:
        raise Garbled
    return reading


def refusal_as_header(error: KyosaiError) -> Header:
    return {"kind": type(error).__name__, "words": [error.happened, error.todo, error.unchanged]}


def refusal_from(header: Header) -> KyosaiError:
    """
    Raises:
        Garbled: this is no refusal.
    """
    try:
        happened, todo, unchanged = header["words"]
        return _REFUSALS[header["kind"]](happened, todo, unchanged)
    except (ValueError, KeyError, TypeError) as error:
        raise Garbled from error
