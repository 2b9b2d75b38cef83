"""Several queries at once, each on a connection and a core of its own."""

import os
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import count

import polars as pl
import sqlalchemy as sa

from kyosai_lists.store.engine import reading
from kyosai_lists.store.moment import same_moment
from kyosai_lists.store.packed import fetch_packed
from kyosai_lists.store.query import Bind, dialect

_MOST = 4  # each holds a whole answer in memory


@dataclass(frozen=True)
class Query:
    """As the arguments of `query.fetch`."""

    sql: str
    binds: Mapping[str, Bind]
    schema: Mapping[str, pl.DataType]


def fetch_at_once(connection: sa.Connection, queries: Sequence[Query]) -> list[pl.DataFrame]:
    """The frames of `queries`, in their order, all of the moment that `connection` reads."""
    with ExitStack() as opened:
        connections = [connection, *_beside(connection, len(queries) - 1, opened)]
        numbers = count()  # handed out one by one, so that nobody waits while there is something to ask
        found: dict[int, pl.DataFrame] = {}

        def ask(own: sa.Connection) -> None:
            while (number := next(numbers)) < len(queries):
                query = queries[number]
                found[number] = fetch_packed(own, query.sql, query.binds, query.schema)

        with ThreadPoolExecutor(len(connections), "ask") as threads:
            for asked in [threads.submit(ask, own) for own in connections]:
                asked.result()
    return [found[number] for number in range(len(queries))]


def _beside(connection: sa.Connection, wanted: int, opened: ExitStack) -> Iterator[sa.Connection]:
    """Up to `wanted` further connections of the same moment; none where somebody wrote meanwhile, or where there is no file."""
    alone = dialect(connection) != "sqlite" or not connection.engine.url.database
    if alone or connection.get_execution_options().get("write"):
        return
    for _ in range(min(wanted, _MOST - 1, (os.cpu_count() or 1) - 1)):
        beside = opened.enter_context(reading(connection.engine))
        if same_moment(connection, beside):
            yield beside
