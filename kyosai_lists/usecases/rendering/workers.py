"""Who makes the workbooks, as they are asked for and as they are there; any Executor will do."""

from concurrent.futures import Executor
from dataclasses import dataclass

from kyosai_lists.errors import UsageError


@dataclass(frozen=True)
class Workers:
    """`executor`: None: this process does it all, nobody is asked. `number`: portions that are worked on at once.

    `near`: they write into this machine's folders themselves. `patience`: seconds after which no answer at all means that nobody is
    working any more; None: for ever.
    """

    executor: Executor | None
    number: int
    near: bool
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


BY_WORTH = WorkersWanted()
