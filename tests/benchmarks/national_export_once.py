"""One measurement of `national_export`, in a process of its own: python -m … ours|bare|floor LISTS WORKSPACE OUT. Prints JSON.

LISTS: ids with commas between, "" for the four main ones. `floor` needs the OUT that `ours` has written.
"""

import json
import re
import sys
import time
from collections.abc import Callable
from datetime import date
from itertools import pairwise
from pathlib import Path
from types import SimpleNamespace

import polars as pl

from kyosai_lists.lists.arrange import SHOWN_COLUMNS
from kyosai_lists.store import read
from kyosai_lists.store.at_once import Query
from kyosai_lists.store.query import as_list
from kyosai_lists.usecases.draw import Occasion, bind_for, segments_of
from kyosai_lists.usecases.exporting.export_lists import export_lists
from kyosai_lists.usecases.exporting.order import Order, asked_for
from kyosai_lists.usecases.workspace import Workspace, open_workspace
from tests.benchmarks.peers import deflated, parts_of
from tests.benchmarks.use import peak, processor
from tests.conftest import ACT, AS_OF

Figures = dict[str, float]
_MARK = re.compile(r"(?<!:):([a-z_]+)\b")


class Clock:
    """A `Progress` that notes when each step began."""

    def __init__(self) -> None:
        self._began: list[tuple[str, float]] = []

    def __call__(self, step: str, done: int = 0, total: int = 0) -> None:
        if not self._began or step != self._began[-1][0]:
            self._began.append((step, time.perf_counter()))

    def stages(self) -> Figures:
        """Seconds by step."""
        self("end")
        return {step or "rendering": end - begin for (step, begin), (_, end) in pairwise(self._began)}


def ours(lists: tuple[str, ...], workspace: Workspace, out: Path) -> Figures:
    """The export as the command makes it."""
    clock = Clock()
    result = export_lists(
        workspace, Order(list_ids=lists, as_of=AS_OF), act=ACT, passwords=None, out=out, progress=clock
    )
    return {"rows": result.delivered, **clock.stages()}


def bare(lists: tuple[str, ...], workspace: Workspace, _out: Path) -> Figures:
    """The same questions, by ADBC alone, into frames: whom the lists match, then what is told of them."""
    from adbc_driver_sqlite import dbapi

    rules, _ = asked_for(workspace, Order(list_ids=lists, as_of=AS_OF), None)
    only_its_name = SimpleNamespace(dialect=SimpleNamespace(name="sqlite"))
    segments = segments_of(only_its_name, workspace)  # type: ignore[arg-type]
    bound = [bind_for(workspace, rule, Occasion(AS_OF)) for rule in rules]
    with dbapi.connect(f"file:{workspace.engine.url.database}?mode=ro") as connection:
        for setting in ("mmap_size = 4000000000", "cache_size = -400000"):
            with connection.cursor() as cursor:
                cursor.execute(f"PRAGMA {setting}")
        began = time.perf_counter()
        matched = [_asked(connection, segments.ask_members(one)) for one in bound]
        keys = as_list(pl.concat(frame.to_series() for frame in matched).unique())
        for query in (
            segments.ask_past_retirement(AS_OF),
            read.ask_waiting_contracts(),
            segments.ask_people(AS_OF, keys, SHOWN_COLUMNS),
            segments.ask_held(AS_OF, keys),
            read.ask_addresses(segments.connection, keys),
        ):
            _asked(connection, query)
        return {"rows": sum(frame.height for frame in matched), "asking": time.perf_counter() - began}


def _asked(connection: object, query: Query) -> pl.DataFrame:
    used = {name: query.binds[name] for name in set(_MARK.findall(query.sql))}
    binds = {f":{name}": str(value) if isinstance(value, date) else value for name, value in used.items()}
    with connection.cursor() as cursor:  # type: ignore[attr-defined]
        cursor.adbc_statement.set_options(**{"adbc.sqlite.query.batch_rows": "10000000"})  # types are guessed by batch
        cursor.execute(query.sql, binds)
        return pl.DataFrame(cursor.fetch_arrow())


def floor(_lists: tuple[str, ...], _workspace: Workspace, out: Path) -> Figures:
    """Deflating the same parts and writing the files, nothing else."""
    beside = out.with_name(f"{out.name}_floor")
    beside.mkdir()
    seconds, files = 0.0, sorted(out.glob("*/*.xlsx"))
    for number, path in enumerate(files):
        contents = [parts_of(path.read_bytes())]
        began = time.perf_counter()
        for data in deflated(contents):
            (beside / f"{number}.xlsx").write_bytes(data)
        seconds += time.perf_counter() - began
    return {"rows": len(files), "writing": seconds}


MEASURED: dict[str, Callable[[tuple[str, ...], Workspace, Path], Figures]] = {
    "ours": ours,
    "bare": bare,
    "floor": floor,
}


def main(what: str, lists: str, workspace: str, out: str) -> None:
    found = MEASURED[what](tuple(filter(None, lists.split(","))), open_workspace(Path(workspace)), Path(out))
    print(json.dumps({**found, "processor": processor(), "peak": peak()}, ensure_ascii=False))


if __name__ == "__main__":
    main(*sys.argv[1:])
