"""A program of its own, to be killed or to race others: runs what is due in WORKSPACE on TODAY, at 9 o'clock in Japan.

python run_due_and_wait.py WORKSPACE TODAY MACHINE [STOP_AT]
STOP_AT: it says so there and waits: claimed, books (all aside), held (in the entering transaction), entered, placed; "start": before
anything, until a line comes in
"""

import json
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from kyosai_lists.usecases.act import Act
from kyosai_lists.usecases.exporting import enter_run, export_lists
from kyosai_lists.usecases.exporting.staging import Staging
from kyosai_lists.usecases.running import claims
from kyosai_lists.usecases.running.run_due import run_due
from kyosai_lists.usecases.workspace import open_workspace

workspace, day, machine, stop_at = (*sys.argv[1:], "")[:4]
today = date.fromisoformat(day)


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def waiting_after(step: Callable[..., Any], name: str) -> Callable[..., Any]:
    def stepped(*given: Any) -> Any:
        done = step(*given)
        if stop_at == name and done is not False:
            say("there")
            time.sleep(600)
        return done

    return stepped


claims._is_ours = waiting_after(claims._is_ours, "claimed")
export_lists.run_record = waiting_after(export_lists.run_record, "books")
enter_run.hold_slot = waiting_after(enter_run.hold_slot, "held")
export_lists.enter_run = waiting_after(export_lists.enter_run, "entered")
Staging.place = waiting_after(Staging.place, "placed")  # type: ignore[method-assign]
opened = open_workspace(Path(workspace))
if stop_at == "start":
    say("there")
    sys.stdin.readline()
nine = datetime(today.year, today.month, today.day, tzinfo=UTC)
result = run_due(opened, today, acting=lambda: Act(nine, "tanaka", machine), passwords=None)
say(json.dumps([one.happened for one in result.outcomes]))
