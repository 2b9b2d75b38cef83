"""A program of its own, to be killed: loads everything, says so, and does a step of `steps` in WORKSPACE when a line comes in.

python -m tests.kills.step_when_told WORKSPACE      the line: STEP NUMBER
"""

import sys
from pathlib import Path

from kyosai_lists.usecases.workspace import open_workspace
from tests.kills.steps import STEPS


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    say("ready")
    name, number = sys.stdin.readline().split()
    STEPS[name](open_workspace(Path(sys.argv[1])), int(number))
    say("done")
