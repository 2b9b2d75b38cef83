"""What a process has used."""

import resource
from pathlib import Path


def peak() -> float:
    """The most memory that this process has had, in MB. (`ru_maxrss` would also know the process that started it.)"""
    status = Path("/proc/self/status")
    if not status.exists():  # another system
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return next(int(line.split()[1]) / 1024 for line in status.read_text().splitlines() if line.startswith("VmHWM"))


def processor() -> float:
    """Seconds of the processor, of this process and of those that it has seen end."""
    own, ended = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return own.ru_utime + own.ru_stime + ended.ru_utime + ended.ru_stime
