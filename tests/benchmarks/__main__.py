"""Everything that is measured, in one run: python -m tests.benchmarks [--quick] [--only stamping …]

Ours and its peers on the same frames, each in a process of its own, medians of five rounds, as tables of ratios. What came out
and on which machine: docs/performance.md. Needs `uv sync --extra test --group bench`; the nation takes most of an hour.
"""

import argparse
import os
import platform
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from kyosai_lists.usecases.workspace import Workspace
from kyosai_lists.workbook.model import RunBooks
from tests.benchmarks.bulk_intake import beside_bare
from tests.benchmarks.lists_beside_duckdb import beside_duckdb
from tests.benchmarks.national_export import beside_the_least
from tests.benchmarks.national_store import four_lists, national_files, national_workspace
from tests.benchmarks.stamping import beside_peers, growth

_QUICK_PART, _QUICK_ROUNDS = 0.03, 1
_EVERY = 20  # union is made by the slow peers
_SOME = ("17", "03", "23", "24", "40")  # prefectures with unions as large as the nation's; the first one also alone


@dataclass(frozen=True)
class Measured:
    """What all measurements share; made when the first one asks for it."""

    folder: Path
    part: float
    rounds: int
    every: int

    @cached_property
    def files(self) -> Path:
        return national_files(self.folder / "files", self.part)

    @cached_property
    def workspace(self) -> Workspace:
        return national_workspace(self.folder / "nation", self.files)

    @cached_property
    def books(self) -> RunBooks:
        return four_lists(self.workspace)


MEASUREMENTS: dict[str, Callable[[Measured], None]] = {
    "stamping": lambda m: beside_peers(m.books, m.rounds, m.every),
    "growth": lambda m: growth(m.books, _SOME, m.rounds),
    "lists": lambda m: beside_duckdb(m.workspace, m.rounds),
    "export": lambda m: beside_the_least(m.workspace, m.rounds),
    "intake": lambda m: beside_bare(m.files, m.rounds),
}


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--quick", action="store_true", help="a small part of the nation, one round: does it all run?")
    asked.add_argument("--only", nargs="+", choices=MEASUREMENTS, default=list(MEASUREMENTS))
    asked.add_argument("--rounds", type=int, default=5)
    asked.add_argument("--folder", type=Path, help="where the nation is kept from one run to the next")
    given = asked.parse_args()
    print(f"{platform.processor() or platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    with tempfile.TemporaryDirectory() as name:
        folder = given.folder or Path(name)
        shared = Measured(folder, *((_QUICK_PART, _QUICK_ROUNDS, 4) if given.quick else (1.0, given.rounds, _EVERY)))
        for what in given.only:
            MEASUREMENTS[what](shared)


if __name__ == "__main__":
    main()
