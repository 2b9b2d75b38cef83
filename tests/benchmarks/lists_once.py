"""One measurement of `lists_beside_duckdb`, in a process of its own: python -m … sqlite|duckdb WORKSPACE DUCKDB. Prints JSON.

Both answer the four main lists' queries, into frames. SQLite is asked as an export asks it; DuckDB the same rules on the
same tables, in PostgreSQL's words.
"""

import json
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import polars as pl

from kyosai_lists.store import tables
from kyosai_lists.store.at_once import Query, fetch_at_once
from kyosai_lists.store.engine import reading
from kyosai_lists.store.packed import fetch_packed
from kyosai_lists.usecases.draw import Occasion, bind_for, segments_of
from kyosai_lists.usecases.exporting.order import Order, asked_for
from kyosai_lists.usecases.workspace import Workspace, open_workspace
from tests.benchmarks.use import peak, processor
from tests.conftest import AS_OF

_TABLES = ("unions", "members", "contracts", "applications", "guides")
_MARK = re.compile(r"(?<!:):([a-z_]+)\b")


def queries(workspace: Workspace, dialect: str) -> list[Query]:
    rules, _ = asked_for(workspace, Order(as_of=AS_OF), None)
    only_its_name = SimpleNamespace(dialect=SimpleNamespace(name=dialect))
    segments = segments_of(only_its_name, workspace)  # type: ignore[arg-type]
    return [segments.ask_members(bind_for(workspace, rule, Occasion(AS_OF))) for rule in rules]


def sqlite(workspace: Workspace, _duckdb: Path) -> int:
    with reading(workspace.engine) as connection:
        return sum(found.height for found in fetch_at_once(connection, queries(workspace, "sqlite")))


def duckdb(workspace: Workspace, path: Path) -> int:
    import duckdb as library

    with library.connect(str(path), read_only=True) as connection:
        connection.execute("SET integer_division = true")  # as both of our databases divide
        rows = 0
        for query in queries(workspace, "postgresql"):
            used = {name: query.binds[name] for name in set(_MARK.findall(query.sql))}
            rows += pl.DataFrame(connection.sql(_MARK.sub(r"$\1", query.sql), params=used)).height
    return rows


def fill_duckdb(workspace: Workspace, path: Path) -> None:
    """The same tables with the same columns, dates as dates."""
    import duckdb as library

    beside = path.with_suffix(".parquet")
    with library.connect(str(path)) as duck:
        for name in _TABLES:
            columns = tables.metadata.tables[name].columns
            with reading(workspace.engine) as connection:
                rows = fetch_packed(connection, _as_text(name), {}, dict.fromkeys(columns.keys(), pl.String()))
            rows.write_parquet(beside)
            typed = ", ".join(f"CAST({column.name} AS {column.type}) AS {column.name}" for column in columns)
            duck.execute(f"CREATE TABLE {name} AS SELECT {typed} FROM read_parquet('{beside}')")
        duck.execute(
            "CREATE MACRO to_char(day, form) AS strftime(day, '%Y%m%d')"
        )  # PostgreSQL's word, as the rules use it
    beside.unlink()


def _as_text(table: str) -> str:
    columns = (f"CAST({column.name} AS TEXT)" for column in tables.metadata.tables[table].columns)
    return f"SELECT {', '.join(columns)} FROM {table}"


MEASURED: dict[str, Callable[[Workspace, Path], int]] = {"sqlite": sqlite, "duckdb": duckdb}


def main(what: str, workspace: str, path: str) -> None:
    opened = open_workspace(Path(workspace))
    began, used = time.perf_counter(), processor()
    rows = MEASURED[what](opened, Path(path))
    took = {"rows": rows, "seconds": time.perf_counter() - began, "processor": processor() - used, "peak": peak()}
    print(json.dumps(took))


if __name__ == "__main__":
    main(*sys.argv[1:])
