"""What an operating system's own scheduler is to be told, as text: crontab lines, systemd units, a Windows task.

Every hour of the working day: a run that has nothing to do does nothing, and one that was killed is made up for within the hour.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from xml.etree import ElementTree as ET

ZONE = "Asia/Tokyo"
LAST_HOUR = 18
_TASK = "http://schemas.microsoft.com/windows/2004/02/mit/task"
_DESCRIPTION = "kyosai-lists run-due"


@dataclass(frozen=True)
class Timetable:
    """`command`: the program and its words, with absolute paths. `first`: when the first run of a day is, in Japan."""

    command: Sequence[str]
    first: time

    @property
    def last_hour(self) -> int:
        return max(self.first.hour, LAST_HOUR)


def cron(timetable: Timetable) -> str:
    """What needs a person goes to stderr, which cron mails; the rest does not."""
    command = " ".join(_shell(word) for word in timetable.command).replace("%", "\\%")
    when = f"{timetable.first.minute} {timetable.first.hour}-{timetable.last_hour} * * *"
    return f"CRON_TZ={ZONE}\n{when} {command} >/dev/null\n"


def _shell(word: str) -> str:
    return "'" + word.replace("'", "'\\''") + "'"


def systemd(timetable: Timetable) -> dict[str, str]:
    """By file name: the service and its timer. What a machine that was off missed is made up for when it is on again."""
    command = " ".join(_unit(word) for word in timetable.command)
    hours = f"{timetable.first.hour:02}..{timetable.last_hour:02}:{timetable.first.minute:02}:00"
    service = ["[Unit]", f"Description={_DESCRIPTION}", "", "[Service]", "Type=oneshot", f"ExecStart={command}"]
    timer = [
        "[Unit]", f"Description={_DESCRIPTION}", "",
        "[Timer]", f"OnCalendar=*-*-* {hours} {ZONE}", "Persistent=true", "",
        "[Install]", "WantedBy=timers.target",
    ]  # fmt: skip
    return {"kyosai-lists.service": "\n".join(service) + "\n", "kyosai-lists.timer": "\n".join(timer) + "\n"}


def _unit(word: str) -> str:
    """Quoted as systemd.service(5) says; % and $ would otherwise be filled in."""
    escaped = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$")
    return f'"{escaped}"'


def windows(timetable: Timetable, starting: date) -> str:
    """A task for `schtasks /Create /XML`, in ASCII: it is the same in whatever encoding a console writes it."""
    ET.register_namespace("", _TASK)
    task = ET.Element(f"{{{_TASK}}}Task", version="1.2")
    _add(task, "RegistrationInfo/Description", _DESCRIPTION)
    trigger = _add(task, "Triggers/CalendarTrigger")
    hours = timetable.last_hour - timetable.first.hour
    if hours:
        repetition = _add(trigger, "Repetition")
        _add(repetition, "Interval", "PT1H")
        _add(repetition, "Duration", f"PT{hours}H1M")
    _add(trigger, "StartBoundary", f"{starting.isoformat()}T{timetable.first:%H:%M}:00+09:00")
    _add(trigger, "ScheduleByDay/DaysInterval", "1")
    settings = _add(task, "Settings")
    _add(settings, "MultipleInstancesPolicy", "IgnoreNew")
    _add(settings, "DisallowStartIfOnBatteries", "false")
    _add(settings, "StopIfGoingOnBatteries", "false")
    _add(settings, "StartWhenAvailable", "true")
    action = _add(task, "Actions/Exec")
    _add(action, "Command", timetable.command[0])
    _add(action, "Arguments", " ".join(_argument(word) for word in timetable.command[1:]))
    ET.indent(task)
    text: bytes = ET.tostring(task, encoding="us-ascii", xml_declaration=False)
    return f'<?xml version="1.0"?>\n{text.decode()}\n'


def _add(parent: ET.Element, path: str, text: str | None = None) -> ET.Element:
    for name in path.split("/"):
        parent = ET.SubElement(parent, f"{{{_TASK}}}{name}")
    parent.text = text
    return parent


def _argument(word: str) -> str:
    """As Windows programs take their command line apart: a path ends in no backslash here, so quotes are enough."""
    return f'"{word}"' if not word or set(word) & set(" \t&()^;,=") else word
