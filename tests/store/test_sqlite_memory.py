"""SQLite's count of its own memory is left off, and never while somebody uses it."""

import _sqlite3
import subprocess
import sys

import pytest

_REACHED = pytest.mark.skipif(
    not getattr(_sqlite3, "__file__", ""), reason="SQLite is built into this Python and cannot be told"
)


def _said(program: str) -> list[str]:
    """What a Python of its own prints: the setting is made once in a process."""
    start = "import sqlite3\nfrom kyosai_lists.store.sqlite_memory import *\nfrom kyosai_lists.store import sqlite_memory as of\n"
    return subprocess.check_output([sys.executable, "-c", start + program], text=True).split()


@_REACHED
def test_sqlite_counts_no_memory_once_told_and_works() -> None:
    program = """
print(leave_memory_uncounted())
store = sqlite3.connect(":memory:")
store.execute("CREATE TABLE t AS SELECT value FROM json_each('[1, 2]')")
print(store.execute("SELECT SUM(value) FROM t").fetchone()[0], of._memory_used(of._library()))
"""
    assert _said(program) == ["True", "3", "0"]


def test_nothing_is_changed_while_a_connection_is_open() -> None:
    program = """
store = sqlite3.connect(":memory:")
store.execute("CREATE TABLE t (a)")
print(leave_memory_uncounted(), store.execute("SELECT COUNT(*) FROM t").fetchone()[0])
"""
    assert _said(program) == ["False", "0"]


def test_where_the_library_cannot_be_reached_all_stays_as_it_was() -> None:
    program = """
of._library = lambda: None
print(leave_memory_uncounted(), sqlite3.connect(":memory:").execute("SELECT 7").fetchone()[0])
"""
    assert _said(program) == ["False", "7"]


@_REACHED
def test_a_library_of_another_version_is_left_alone() -> None:
    program = "sqlite3.sqlite_version = '0.0.0'\nprint(of._library())"
    assert _said(program) == ["None"]


@_REACHED
def test_a_store_is_opened_with_it() -> None:
    program = """
from kyosai_lists.store.engine import open_engine
open_engine("sqlite://").connect().close()
print(leave_memory_uncounted.cache_info().currsize, leave_memory_uncounted())
"""
    assert _said(program) == ["1", "True"]
