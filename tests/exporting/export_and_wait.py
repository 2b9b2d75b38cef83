"""A program of its own, to be killed: exports the four lists of WORKSPACE to OUT; at STOP_AT it says so there and waits.

python export_and_wait.py WORKSPACE OUT RUN [STOP_AT] [PASSWORD]
STOP_AT: books (all aside), room (the earlier export set aside), entered (in the 台帳), papers (all is there), placed
"""

import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from kyosai_lists.usecases.act import Act
from kyosai_lists.usecases.exporting import export_lists
from kyosai_lists.usecases.exporting.order import Order
from kyosai_lists.usecases.exporting.passwords import Passwords
from kyosai_lists.usecases.exporting.staging import Staging
from kyosai_lists.usecases.workspace import open_workspace

workspace, out, run_id, stop_at, password = (*sys.argv[1:], "", "")[:5]


def waiting_after(step: Callable[..., Any], name: str) -> Callable[..., Any]:
    def stepped(*given: Any) -> Any:
        done = step(*given)
        if stop_at == name:
            sys.stdout.write("there\n")
            sys.stdout.flush()
            time.sleep(600)
        return done

    return stepped


export_lists.run_record = waiting_after(export_lists.run_record, "books")
Staging.make_room = waiting_after(Staging.make_room, "room")  # type: ignore[method-assign]
export_lists.enter_run = waiting_after(export_lists.enter_run, "entered")
export_lists.write_papers = waiting_after(export_lists.write_papers, "papers")
Staging.place = waiting_after(Staging.place, "placed")  # type: ignore[method-assign]
export_lists.export_lists(
    open_workspace(Path(workspace)),
    Order(as_of=date(2026, 11, 1), run_id=run_id),
    act=Act(datetime(2026, 10, 31, 16, 0, tzinfo=UTC), "tanaka", "PC-1"),
    passwords=Passwords(password, {}) if password else None,
    out=Path(out),
)
