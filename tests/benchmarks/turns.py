"""Measurements that take turns, each in a process of its own: what else goes on hits all alike. Medians are told."""

import json
import os
import statistics
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Any

Taken = dict[str, float]  # what a measurement printed as JSON


def in_turns(
    rounds: int, commands: Mapping[str, Sequence[Any]], elsewhere: Callable[[], float] = lambda: 0.0
) -> dict[str, Taken]:
    """`commands`: a module of this folder and its arguments. `elsewhere`: processor time used by a server for it."""
    said: dict[str, list[Taken]] = {title: [] for title in commands}
    for _ in range(rounds):
        for title, (module, *arguments) in commands.items():
            before = elsewhere()
            command = [sys.executable, "-m", f"tests.benchmarks.{module}", *map(str, arguments)]
            taken = told(command)
            taken["processor"] += elsewhere() - before
            said[title].append(taken)
    return {title: medians(found) for title, found in said.items()}


def told(command: Sequence[str]) -> Taken:
    """What the process `command` printed. Its Python keeps what it compiled, as a user's does, whatever this one was told."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    printed = subprocess.run(command, check=True, stdout=subprocess.PIPE, env=environment).stdout
    found: Taken = json.loads(printed)
    return found


def medians(found: Sequence[Taken]) -> Taken:
    return {key: statistics.median(one[key] for one in found) for key in found[0]}
