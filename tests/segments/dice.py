"""Chance, handed in, so that the same seed makes the same world."""

from collections.abc import Iterable, Sequence
from random import Random
from typing import TypeVar

T = TypeVar("T")


class Dice:
    def __init__(self, random: Random) -> None:
        self._random = random

    def pick(self, options: Sequence[T]) -> T:
        return self._random.choice(options)

    def near(self, wanted: T, others: Iterable[T]) -> T:
        """Mostly `wanted`, sometimes one of `others`."""
        return wanted if self._random.random() < 0.8 else self.pick([*others])

    def once_in(self, times: int) -> bool:
        return self._random.randrange(times) == 0
