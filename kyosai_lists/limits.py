"""Bounds that the operating system holds a process to, and who may read a file. The only module that knows one system from another.

Linux counts what a process may write (RLIMIT_DATA; its address space is mostly reserved, not used). Windows counts what a job
has committed. macOS does neither, and says so here.
"""

import ctypes
import os
import subprocess
import sys
from pathlib import Path

# A window must not flash up at each import; Linux knows no such flag.
NO_WINDOW = 0
if sys.platform == "win32":
    NO_WINDOW = subprocess.CREATE_NO_WINDOW

_PROCESS_MEMORY = 0x100
_DIE_WITHOUT_DIALOG = 0x400
_EXTENDED_LIMITS = 9


class _BasicLimits(ctypes.Structure):
    """JOBOBJECT_BASIC_LIMIT_INFORMATION on 64-bit Windows."""

    _fields_ = (
        ("per_process_user_time", ctypes.c_int64),
        ("per_job_user_time", ctypes.c_int64),
        ("flags", ctypes.c_uint32),
        ("minimum_working_set", ctypes.c_size_t),
        ("maximum_working_set", ctypes.c_size_t),
        ("active_processes", ctypes.c_uint32),
        ("affinity", ctypes.c_size_t),
        ("priority", ctypes.c_uint32),
        ("scheduling", ctypes.c_uint32),
    )


class JobLimits(ctypes.Structure):
    """JOBOBJECT_EXTENDED_LIMIT_INFORMATION on 64-bit Windows: 144 bytes."""

    _fields_ = (
        ("basic", _BasicLimits),
        ("io_counters", ctypes.c_uint64 * 6),
        ("process_memory", ctypes.c_size_t),
        ("job_memory", ctypes.c_size_t),
        ("peak_process_memory", ctypes.c_size_t),
        ("peak_job_memory", ctypes.c_size_t),
    )


def bound_own_memory(size: int) -> bool:
    """Holds this process to `size` bytes from now on; may be called again. False where the system cannot."""
    if sys.platform == "linux":
        return _bound_on_linux(size)
    if sys.platform == "win32":
        return _bound_on_windows(size)
    return False


def keep_to_owner(path: Path) -> bool:
    """Nobody but its owner can look into the folder or the file `path`, nor, on Windows, into what is made in the folder later.

    False where the system or the disk cannot see to that. (An administrator always can look.)
    """
    if sys.platform == "win32":
        done = subprocess.run(access_words(path, _windows_user()), capture_output=True, check=False, creationflags=NO_WINDOW)  # fmt: skip
        return done.returncode == 0
    path.chmod(0o700 if path.is_dir() else 0o600)
    return not path.stat().st_mode & 0o077  # a disk of another system's kind takes any mode, and keeps none


def access_words(path: Path, user: str) -> list[str]:
    """The call of Windows' own icacls: what the folder above allows no longer counts, `user` alone has all rights."""
    inherited = "(OI)(CI)" if path.is_dir() else ""
    return ["icacls", str(path), "/inheritance:r", "/grant:r", f"{user}:{inherited}F"]


def _windows_user() -> str:
    domain, name = os.environ.get("USERDOMAIN", ""), os.environ.get("USERNAME", "")
    return f"{domain}\\{name}" if domain else name


def leave_no_dump() -> None:
    """What this process has in memory is not written to a file when it dies."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if sys.platform == "linux":

    def _bound_on_linux(size: int) -> bool:
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_DATA)
        soft = size if hard == resource.RLIM_INFINITY else min(size, hard)
        try:
            resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))
        except (OSError, ValueError):
            return False
        return True


if sys.platform == "win32":
    _job: int | None = None  # closed with the process

    def _bound_on_windows(size: int) -> bool:
        # The process puts itself into its job: what started it may be the launcher of a virtual environment, which
        # starts the real one, so that from outside the wrong process would be bounded.
        global _job
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.CreateJobObjectW.restype = ctypes.c_void_p
        kernel.CreateJobObjectW.argtypes = (ctypes.c_void_p, ctypes.c_wchar_p)
        kernel.GetCurrentProcess.restype = ctypes.c_void_p
        kernel.GetCurrentProcess.argtypes = ()
        kernel.SetInformationJobObject.restype = ctypes.c_int32
        kernel.SetInformationJobObject.argtypes = (ctypes.c_void_p, ctypes.c_int32, ctypes.c_void_p, ctypes.c_uint32)
        kernel.AssignProcessToJobObject.restype = ctypes.c_int32
        kernel.AssignProcessToJobObject.argtypes = (ctypes.c_void_p, ctypes.c_void_p)
        new = _job is None
        job = kernel.CreateJobObjectW(None, None) if _job is None else _job
        if not job:
            return False
        limits = JobLimits()
        limits.basic.flags = _PROCESS_MEMORY | _DIE_WITHOUT_DIALOG
        limits.process_memory = size
        done = kernel.SetInformationJobObject(job, _EXTENDED_LIMITS, ctypes.byref(limits), ctypes.sizeof(limits))
        if done and new:
            done = kernel.AssignProcessToJobObject(job, kernel.GetCurrentProcess())
        if done:
            _job = job
        return bool(done)
