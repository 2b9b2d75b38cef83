"""Killed while its workers are at work: they end too, nothing appears, nothing readable is left, the next run completes (faults 29, 32)."""

import subprocess
import sys
import time
from pathlib import Path

import psutil

from kyosai_lists.usecases.exporting.staging import staged
from tests.rendering.making import TWO, files, written

ROOT = Path(__file__).parents[2]
SEALED = bytes.fromhex("d0cf11e0")


def test_a_killed_export_takes_its_workers_along_and_leaves_nothing_to_read(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.rendering.render_and_be_killed", str(tmp_path / "out")]
    program = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    assert program.stdout
    workers = [int(word) for word in program.stdout.readline().split()]
    program.kill()
    program.communicate()
    assert len(workers) == 2
    end = time.monotonic() + 20
    while any(psutil.pid_exists(worker) for worker in workers) and time.monotonic() < end:
        time.sleep(0.05)
    assert not [worker for worker in workers if psutil.pid_exists(worker)]
    assert not (tmp_path / "out").exists()
    left = [data for name, data in files(tmp_path).items() if not name.endswith(".lock")]
    assert left
    assert all(data[:4] in (SEALED, b"") for data in left)  # the last one may only have been opened
    with staged(tmp_path / "out", "next") as stage:
        written(stage.folder, TWO)
        stage.place()
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
