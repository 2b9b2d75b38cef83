"""Who makes the workbooks, as they are asked for and as they are there; any Executor will do."""

from collections.abc import Callable
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from typing import ParamSpec, TypeVar

from kyosai_lists.errors import UsageError

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True)
class Workers:
    """`number`: portions that are worked on at once. `near`: they write into this machine's folders themselves.

    `size`: of a portion, in batches. `patience`: seconds after which no answer at all means that nobody is working any more; None: for ever.
    """

    executor: Executor
    number: int
    near: bool
    size: int = 1
    patience: float | None = None


@dataclass(frozen=True)
class WorkersWanted:
    """`number`: of processes, None: as many as are worth it; `dask`: the address of a cluster, "" for none.

    Raises:
        UsageError: both are given.
    """

    number: int | None = None
    dask: str = ""

    def __post_init__(self) -> None:
        if self.number and self.dask:
            raise UsageError(
                "--workers と --dask が、両方指定されています。",
                "どちらか一つを指定してください。",
                "ファイルは作っていません。",
            )


class InTurn(Executor):
    """Does the work at once, in this process."""

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        done: Future[T] = Future()
        done.set_result(fn(*args, **kwargs))
        return done


BY_WORTH = WorkersWanted()
