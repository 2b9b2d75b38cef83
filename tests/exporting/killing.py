"""Exports in a process of their own, killed where they are told to wait."""

import subprocess
import sys
from pathlib import Path

from kyosai_lists.usecases.exporting.export_lists import export_lists
from kyosai_lists.usecases.exporting.order import Order
from kyosai_lists.usecases.workspace import Workspace
from tests.conftest import ACT, AS_OF

PROGRAM = Path(__file__).with_name("export_and_wait.py")


def started(
    workspace: Workspace, out: Path, run_id: str, stop_at: str = "", password: str = ""
) -> subprocess.Popen[str]:
    words = [str(workspace.folder), str(out), run_id, stop_at, password]
    return subprocess.Popen([sys.executable, str(PROGRAM), *words], stdout=subprocess.PIPE, text=True)


def killed_there(program: subprocess.Popen[str]) -> None:
    assert program.stdout is not None
    assert program.stdout.readline() == "there\n"
    program.kill()
    program.communicate()


def exported(workspace: Workspace, out: Path, run_id: str | None = None) -> dict[str, bytes]:
    export_lists(workspace, Order(as_of=AS_OF, run_id=run_id), act=ACT, passwords=None, out=out)
    return contents(out)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
