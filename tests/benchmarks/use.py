"""What a process has used."""

import multiprocessing
import os
import resource
from pathlib import Path


def peak() -> float:
    """The most memory that this process has had, in MB. (`ru_maxrss` would also know the process that started it.)"""
    if not Path("/proc/self/status").exists():  # another system
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return _peak("self")


def _peak(process: object) -> float:
    status = Path(f"/proc/{process}/status").read_text().splitlines()
    return next(int(line.split()[1]) / 1024 for line in status if line.startswith("VmHWM"))


def of_children() -> tuple[float, float]:
    """What the processes that this one has started, and that are there, have used (on Linux): seconds of the processor, MB."""
    found = [child.pid for child in multiprocessing.active_children()]
    return sum(map(_seconds, found)), sum(map(_peak, found))


def _seconds(process: object) -> float:
    *_, user, system = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def processor() -> float:
    """Seconds of the processor, of this process and of those that it has seen end."""
    own, ended = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + ended.ru_utime + ended.ru_stime
