"""What was worked out for one workbook and comes again in others."""

from collections.abc import Hashable
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)
Made = TypeVar("Made")


class Kept(dict[Key, Made]):
    """Holds at most so many; then it begins anew, so that memory stays bounded however many unions there are."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self._most = most

    def keep(self, key: Key, made: Made) -> Made:
        if len(self) >= self._most:
            self.clear()
        self[key] = made
        return made
