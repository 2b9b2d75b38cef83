"""Entries for each operating system's scheduler, read by its own parser or the nearest there is."""

import shlex
import shutil
import subprocess
from datetime import date, time
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from crontab import CronTab

from kyosai_lists.campaigns.schedules import Timetable, cron, systemd, windows

WORDS = ("/opt/py thon/bin/python3", "-m", "kyosai_lists", "--workspace", '/home/石川 支部/50% $HOME\'s "w"', "run-due")
TIMETABLE = Timetable(WORDS, time(7, 30))
TASK = {"t": "http://schemas.microsoft.com/windows/2004/02/mit/task"}


@pytest.mark.parametrize(
    ("first", "hours"), [(time(7, 30), "7-18"), (time(18, 0), "18"), (time(22, 15), "22"), (time(0, 0), "0-18")]
)
def test_the_crontab_is_read_by_a_cron_parser_as_hourly_in_japan(first: time, hours: str) -> None:
    (job,) = CronTab(tab=cron(Timetable(WORDS, first)))
    assert job.is_valid()
    assert dict(job.env) == {"CRON_TZ": "Asia/Tokyo"}
    assert (str(job.minute), str(job.hour)) == (str(first.minute), hours)
    assert (str(job.dom), str(job.month), str(job.dow)) == ("*", "*", "*")


def test_cron_and_a_shell_take_the_command_apart_as_it_was_meant() -> None:
    text = cron(TIMETABLE)
    assert "%" not in text.replace("\\%", "")  # cron would end the line there
    (job,) = CronTab(tab=text)
    printing = job.command.replace(" >/dev/null", "").replace(f"'{WORDS[0]}'", "printf '%s\\n'")
    said = subprocess.run(["/bin/sh", "-c", printing], capture_output=True, text=True, check=True).stdout
    assert said.splitlines() == list(WORDS[1:])
    assert job.command.endswith("' >/dev/null")


def analysed(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["systemd-analyze", *words], capture_output=True, text=True, check=False)


needs_systemd = pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd on this machine")


def test_systemd_s_units_say_what_is_started_and_when() -> None:
    units = systemd(TIMETABLE)
    timer = units["kyosai-lists.timer"]
    assert "OnCalendar=*-*-* 07..18:30:00 Asia/Tokyo" in timer.splitlines()
    assert "Persistent=true" in timer.splitlines()
    (start,) = [line for line in units["kyosai-lists.service"].splitlines() if line.startswith("ExecStart=")]
    assert read_unit_words(start.removeprefix("ExecStart=")) == list(WORDS)


def read_unit_words(text: str) -> list[str]:
    """systemd.service(5), "Command lines": double quotes, backslashes, %% and $$."""
    return [word.replace("%%", "%").replace("$$", "$") for word in shlex.split(text)]


@needs_systemd
def test_systemd_itself_takes_its_units(tmp_path: Path) -> None:
    program = tmp_path / "py thon"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    units = systemd(Timetable((str(program), *WORDS[1:]), time(7, 30)))
    for name, text in units.items():
        (tmp_path / name).write_text(text, "utf-8")
    verified = analysed("verify", *(str(tmp_path / name) for name in units))
    assert (verified.returncode, verified.stderr) == (0, "")
    (when,) = [line for line in units["kyosai-lists.timer"].splitlines() if line.startswith("OnCalendar=")]
    assert "Asia/Tokyo" in analysed("calendar", when.removeprefix("OnCalendar=")).stdout


def test_the_windows_task_is_xml_in_plain_ascii_that_says_the_same() -> None:
    text = windows(TIMETABLE, date(2026, 11, 1))
    assert text.isascii()
    assert "encoding" not in text.splitlines()[0]  # whatever a console made of it, it is read as it is
    task = ET.fromstring(text)

    def value(path: str) -> str | None:
        return task.findtext("/".join(f"t:{name}" for name in path.split("/")), namespaces=TASK)

    trigger = "Triggers/CalendarTrigger"
    assert value(f"{trigger}/StartBoundary") == "2026-11-01T07:30:00+09:00"
    assert value(f"{trigger}/Repetition/Interval") == "PT1H"
    assert value(f"{trigger}/Repetition/Duration") == "PT11H1M"
    assert value(f"{trigger}/ScheduleByDay/DaysInterval") == "1"
    assert value("Settings/StartWhenAvailable") == "true"
    assert value("Actions/Exec/Command") == WORDS[0]


def test_windows_takes_the_task_s_arguments_apart_as_they_were_meant() -> None:
    words = ("C:\\Program Files\\Python\\python.exe", "-m", "kyosai_lists", "--workspace", "C:\\県支部 石川", "run-due")
    task = ET.fromstring(windows(Timetable(words, time(18, 0)), date(2026, 11, 1)))
    arguments = task.findtext(".//t:Arguments", namespaces=TASK) or ""
    assert arguments == '-m kyosai_lists --workspace "C:\\県支部 石川" run-due'
    assert task.find(".//t:Repetition", TASK) is None  # a single hour
