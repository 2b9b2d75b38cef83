"""A program of its own, to be killed: imports FILES into WORKSPACE; with STOP_AT, says so after that table and waits.

"rows": not after a table, but while the rows of contracts are on their way into it.

python import_and_wait.py WORKSPACE STOP_AT FILE…
"""

import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

from kyosai_lists.store import load
from kyosai_lists.usecases.importing import take_in
from kyosai_lists.usecases.importing.import_files import import_files
from kyosai_lists.usecases.workspace import open_workspace

folder, stop_at, *files = sys.argv[1:]


def say(word: str) -> None:
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


def wait() -> None:
    say("written")
    time.sleep(600)


def merge_then_wait(connection: Any, table: Any, *rest: Any) -> Any:
    merged = load.merge(connection, table, *rest)
    if table.name == stop_at:
        wait()
    return merged


def take_then_wait(table: Any, *rest: Any) -> Any:
    if table.name == "contracts" and stop_at == "rows":
        wait()
    return as_driver_takes(table, *rest)


as_driver_takes, load._as_driver_takes = load._as_driver_takes, take_then_wait
take_in.merge = merge_then_wait
import_files(open_workspace(Path(folder)), [Path(file) for file in files], today=date(2026, 11, 1))
