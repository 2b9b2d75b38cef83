"""The entries with which a computer's own scheduler starts `run-due` in a workspace."""

import os
from dataclasses import dataclass
from datetime import date, time

from kyosai_lists.campaigns import schedules
from kyosai_lists.campaigns.schedules import Timetable
from kyosai_lists.config import STORE_VARIABLE
from kyosai_lists.usecases.workspace import Workspace


@dataclass(frozen=True)
class Wanted:
    """`program`: how the program is started, its path absolute; `options` of run-due. `first`: when a day's first run is, in Japan;
    `starting`: from which day on."""

    program: tuple[str, ...]
    options: tuple[str, ...]
    first: time
    starting: date


def environment_names_the_store() -> bool:
    """Whether only this console's environment says where the data is: a scheduler's runs would look elsewhere."""
    return bool(os.environ.get(STORE_VARIABLE))


def schedule_entries(workspace: Workspace, wanted: Wanted) -> dict[str, dict[str, str]]:
    """By scheduler ("cron", "systemd", "windows"), then by file name, the text."""
    folder = str(workspace.folder.resolve())
    timetable = Timetable((*wanted.program, "--workspace", folder, "run-due", *wanted.options), wanted.first)
    return {
        "cron": {"crontab": schedules.cron(timetable)},
        "systemd": schedules.systemd(timetable),
        "windows": {"kyosai-lists.xml": schedules.windows(timetable, wanted.starting)},
    }
