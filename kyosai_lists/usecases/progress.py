"""How a use case says what it is doing."""

from typing import Protocol


class Progress(Protocol):
    """Told of every step; where it is known how many things there are to do, how many are done."""

    def __call__(self, step: str, done: int = 0, total: int = 0) -> None: ...


def silent(step: str, done: int = 0, total: int = 0) -> None:
    """Nobody watches."""
