"""How much memory and time the reading of one file may take. Both grow with the file; neither is ever without end."""

from dataclasses import dataclass
from pathlib import Path

_MIB = 1 << 20
_PACKED = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # what is packed in a file is not told by its size
_BASE_MEMORY = 1024 * _MIB
_MEMORY_PER_TEXT_BYTE = 12  # measured: a file of 300 MB takes 2.6 GB, doubled while it is handed over in the worst case
_BASE_SECONDS = 30.0
_SECONDS_PER_MIB = 2.0  # text; an old office computer takes a quarter of it
_SECONDS_PER_PACKED_MIB = 10.0


@dataclass(frozen=True)
class Allowance:
    memory: int  # bytes
    seconds: float


def allowance_of(path: Path) -> Allowance:
    """What the file at `path` may take; one that is not there is refused soon enough by its reader."""
    try:
        if not path.is_file():  # a pipe would keep whoever looks into it waiting
            return Allowance(_BASE_MEMORY, _BASE_SECONDS)
        size = path.stat().st_size
        with path.open("rb") as file:
            packed = file.read(len(_PACKED[0])) in _PACKED
    except OSError:
        return Allowance(_BASE_MEMORY, _BASE_SECONDS)
    if packed:
        return Allowance(_BASE_MEMORY, _BASE_SECONDS + size / _MIB * _SECONDS_PER_PACKED_MIB)
    return Allowance(_BASE_MEMORY + size * _MEMORY_PER_TEXT_BYTE, _BASE_SECONDS + size / _MIB * _SECONDS_PER_MIB)
