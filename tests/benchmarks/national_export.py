"""How long an export of the nation takes, start of the program to the folder's name, beside the least that it could: ADBC's
answers to the same questions, and deflating and writing the same workbooks. Each in a process of its own (`national_export_once`).
"""

import sys
import tempfile
import time
from pathlib import Path

from kyosai_lists.usecases.workspace import Workspace
from tests.benchmarks.turns import medians, told

_LISTS = {"the four main lists": "", "all lists of people": "all"}
Figures = dict[str, float]


def beside_the_least(workspace: Workspace, rounds: int) -> None:
    """Prints both, by stage. Each export is entered in the workspace's 台帳."""
    workspace.engine.dispose()
    with tempfile.TemporaryDirectory() as name:
        found: dict[str, dict[str, Figures]] = {}
        for title, lists in _LISTS.items():
            taken = [_one_round(lists, workspace.folder, Path(name) / f"{lists}{turn}") for turn in range(rounds)]
            found[title] = {what: medians([round_[what] for round_ in taken]) for what in taken[0]}
            _print(title, found[title])
    few, every = found.values()
    seconds = every["ours"]["seconds"]
    print(
        f"all lists: {seconds / few['ours']['seconds']:.2f} × the four, {seconds / (2 * _least(few)):.2f} × what these may take"
    )


def _one_round(lists: str, workspace: Path, folder: Path) -> dict[str, Figures]:
    """Its files stay until all is measured: making thousands of files just after deleting thousands takes ten times as long."""
    folder.mkdir()
    return {what: _measured(what, lists, workspace, folder / "out") for what in ("ours", "bare", "floor")}


def _measured(what: str, lists: str, workspace: Path, out: Path) -> Figures:
    command = [sys.executable, "-m", "tests.benchmarks.national_export_once", what, lists, str(workspace), str(out)]
    began = time.perf_counter()
    found = told(command)
    return {**found, "seconds": time.perf_counter() - began}


def _print(title: str, found: dict[str, Figures]) -> None:
    ours = found["ours"]
    least = _least(found)
    print(f"\n{title}: {ours['rows']:,.0f} rows, {found['floor']['rows']:,.0f} workbooks")
    for what, figures in found.items():
        stages = "  ".join(
            f"{name} {seconds:.1f}"
            for name, seconds in figures.items()
            if name not in ("rows", "processor", "peak", "seconds")
        )
        print(
            f"{what:8}{figures['seconds']:8.1f} s{figures['processor']:9.1f} s of processor{figures['peak']:8,.0f} MB   {stages}"
        )
    print(f"{'':8}{ours['seconds'] / least:8.2f} × (asking + writing: {least:.1f} s)")


def _least(found: dict[str, Figures]) -> float:
    return found["bare"]["asking"] + found["floor"]["writing"]
