"""A program of its own, to be killed: exports the four lists of WORKSPACE to OUT; with STOP_AT, says so there and waits.

python export_and_wait.py WORKSPACE OUT RUN [books|renamed]
"""

import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

from kyosai_lists.usecases.exporting import export_lists, staging
from kyosai_lists.usecases.exporting.export_lists import Order
from kyosai_lists.usecases.workspace import open_workspace

workspace, out, run_id, stop_at = (*sys.argv[1:], "")[:4]


def say_and_wait() -> None:
    sys.stdout.write("there\n")
    sys.stdout.flush()
    time.sleep(600)


write_records, rename = export_lists.write_records, staging._rename


def records_then_wait(*rest: Any) -> None:
    write_records(*rest)
    if stop_at == "books":
        say_and_wait()


def rename_then_wait(source: Path, target: Path) -> None:
    rename(source, target)
    if stop_at == "renamed":
        say_and_wait()


export_lists.write_records = records_then_wait
staging._rename = rename_then_wait
order = Order(as_of=date(2026, 11, 1), run_id=run_id)
export_lists.export_lists(open_workspace(Path(workspace)), order, passwords=None, out=Path(out))
