"""A program of its own, to be killed: seals made-up unions by two processes into OUT; names these when the first are done.

python -m tests.rendering.render_and_be_killed OUT
"""

import multiprocessing
import sys
from pathlib import Path

from kyosai_lists.usecases.exporting.passwords import Passwords
from kyosai_lists.usecases.exporting.staging import staged
from kyosai_lists.usecases.rendering import portion
from tests.benchmarks.made_unions import made_run
from tests.rendering.making import TWO, written

SEALED_WITH = Passwords("himitu-1", {})


def name_workers(_step: str, done: int = 0, total: int = 0) -> None:
    if done == 1:
        sys.stdout.write(" ".join(str(process.pid) for process in multiprocessing.active_children()) + "\n")
        sys.stdout.flush()


def main(out: Path) -> None:
    portion.SEALED_FILES = 4
    with staged(out, "killed") as stage:
        written(stage.folder, TWO, made_run(200, mean_people=5), SEALED_WITH, name_workers)
        stage.place()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
