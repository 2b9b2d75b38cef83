"""What is under way, on stderr when that is a terminal; nothing when it is a pipe or a file."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic
from typing import Protocol

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, ProgressColumn, Task, TaskID, TextColumn
from rich.text import Text


class Steps(Protocol):
    """Told of every step; where it is known how many things there are to do, how many are done."""

    def __call__(self, step: str, done: int = 0, total: int = 0) -> None: ...


@contextmanager
def progress(text: str) -> Iterator[Steps]:
    """A bar; with what is done and the time left, once there are numbers."""
    if not sys.stderr.isatty():
        yield lambda step, done=0, total=0: None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), _Done(), _TimeLeft())
    console = Console(file=sys.stderr)
    with Progress(*columns, console=console, transient=True, get_time=monotonic) as bar:
        yield _Bar(bar, text)


class _Bar:
    def __init__(self, bar: Progress, text: str) -> None:
        self._bar = bar
        self._text = text
        self._task = bar.add_task(text, total=None)

    def __call__(self, step: str, done: int = 0, total: int = 0) -> None:
        said = f"{self._text}: {escape(step)}" if step else self._text
        if not total:
            self._bar.update(self._task, description=said, refresh=True)
            return
        task = self._counting(total)
        elapsed = self._bar.tasks[-1].elapsed or 0.0
        takes = elapsed * total / done if done else None
        self._bar.update(task, description=said, completed=done, takes=takes)

    def _counting(self, total: int) -> TaskID:
        """A new bar for a new number, so that its time begins with it."""
        if self._bar.tasks[-1].total != total:
            self._bar.remove_task(self._task)
            self._task = self._bar.add_task(self._text, total=total, takes=None)
        return self._task


class _Done(ProgressColumn):
    def render(self, task: Task) -> Text:
        return Text(f"{task.completed:,.0f}/{task.total:,.0f}" if task.total else "")


class _TimeLeft(ProgressColumn):
    """From the pace since the bar began, as it was when something was last done: workers finish in bursts, which rich's own
    estimate takes for their speed.
    """

    def render(self, task: Task) -> Text:
        takes = task.fields.get("takes")
        if takes is None:
            return Text("")
        minutes, seconds = divmod(round(max(0.0, takes - (task.elapsed or 0.0))), 60)
        return Text(f"残り {minutes}分{seconds:02}秒" if minutes else f"残り {seconds}秒")
