"""The next of several things made in a second thread while this one is used: polars, deflating and hashes need no Python."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Made = TypeVar("Made")


def one_ahead(made: Iterator[Made]) -> Iterator[Made]:
    """What `made` brings, in its order, never None, and what it raises, where it would have come."""
    with ThreadPoolExecutor(1, "ahead") as thread:
        following = thread.submit(next, made, None)
        while (found := following.result()) is not None:
            following = thread.submit(next, made, None)
            yield found
