"""SQLite told not to add up the memory it holds: nobody here asks for the sum, and every allocation of every thread waits for it.

Two threads that each put 250,000 rows together take 1.7 s instead of 4.7 s, one alone a fifth less (docs/performance.md). It is
a setting of the library, made before its first connection (https://sqlite.org/c3ref/c_config_covering_index_scan.html,
SQLITE_CONFIG_MEMSTATUS), which Python offers no way to. Where the library cannot be reached, all stays as it was.
"""

import _sqlite3
import ctypes
import sqlite3
from contextlib import suppress
from functools import cache

_MEMSTATUS = 9
_MEMORY_USED = 0


@cache
def leave_memory_uncounted() -> bool:
    """Whether it was set; at the first call in a process, and only while SQLite holds nothing at all: then no connection is open."""
    library = _library()
    if library is None or _memory_used(library) != 0:
        return False
    library.sqlite3_shutdown()
    done = library.sqlite3_config(_MEMSTATUS, 0) == sqlite3.SQLITE_OK
    library.sqlite3_initialize()
    return bool(done)


def _library() -> ctypes.CDLL | None:
    """The SQLite that Python uses: through its own module, or, on Windows, by the name under which that has loaded it."""
    for name in (getattr(_sqlite3, "__file__", None), "sqlite3"):
        with suppress(OSError, AttributeError):
            library = ctypes.CDLL(name)
            library.sqlite3_libversion.restype = ctypes.c_char_p
            if library.sqlite3_libversion() == sqlite3.sqlite_version.encode():
                return library
    return None


def _memory_used(library: ctypes.CDLL) -> int:
    """In bytes; -1: it does not tell."""
    now, most = ctypes.c_int(), ctypes.c_int()
    answer = library.sqlite3_status(_MEMORY_USED, ctypes.byref(now), ctypes.byref(most), 0)
    return now.value if answer == sqlite3.SQLITE_OK else -1
