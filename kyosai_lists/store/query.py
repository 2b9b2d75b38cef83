"""Running a SELECT with named parameters and getting a frame, the same on both databases."""

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Any

import polars as pl
import sqlalchemy as sa

from kyosai_lists.store.driver_errors import as_sqlalchemy_says

# Rows as (SQLite, PostgreSQL) make them of a JSON list of texts.
_LISTED = {
    "sqlite": "SELECT value FROM json_each(:{})",
    "postgresql": "SELECT json_array_elements_text(CAST(:{} AS json))",
}

_ROWS_AT_ONCE = 50_000
Bind = str | int | float | date | None


def fetch(
    connection: sa.Connection, sql: str, binds: Mapping[str, Bind], schema: Mapping[str, pl.DataType]
) -> pl.DataFrame:
    """Runs `sql`, whose `:name` marks are all in `binds`; the columns come out as `schema` says, in its order.

    A value is only ever bound, never put into the text. SQLite has no dates: they travel as ISO text, both ways.
    """
    rows = rows_of(connection, sa.text(sql), binds)
    if dialect(connection) != "sqlite":
        return pl.DataFrame(rows, schema=dict(schema), orient="row")
    return dates_read(pl.DataFrame(rows, schema=texts_for(schema), orient="row"), schema)


def texts_for(schema: Mapping[str, pl.DataType]) -> dict[str, pl.DataType]:
    """As SQLite has it: a date is a text."""
    return {name: pl.String() if kind == pl.Date else kind for name, kind in schema.items()}


def dates_read(frame: pl.DataFrame, schema: Mapping[str, pl.DataType]) -> pl.DataFrame:
    dates = [name for name, kind in schema.items() if kind == pl.Date]
    return frame.with_columns(pl.col(dates).str.to_date("%Y-%m-%d"))


def listed(connection: sa.Connection, mark: str) -> str:
    """SQL for the texts that are bound to `mark` as `as_list`, for `column IN (…)`: a million of them are one value."""
    return _LISTED[dialect(connection)].format(mark)


def as_list(texts: Iterable[str]) -> str:
    return json.dumps(list(texts), ensure_ascii=False)


def fetch_each(
    connection: sa.Connection, sql: str, binds: Iterable[Mapping[str, Bind]]
) -> Iterator[list[tuple[object, ...]]]:
    """The rows of `sql` for each of `binds`, one after the other and only as far as read; the database plans it once.

    Dates come as the database gives them: on SQLite as ISO text.
    """
    statement = sa.text(sql)
    with _planned_once(connection):
        for values in binds:
            yield rows_of(connection, statement, values)


@contextmanager
def _planned_once(connection: sa.Connection) -> Iterator[None]:
    """PostgreSQL's driver would plan a statement anew until it has seen it five times."""
    driver: Any = connection.connection.driver_connection
    if dialect(connection) == "sqlite":
        yield
        return
    before, driver.prepare_threshold = driver.prepare_threshold, 0
    try:
        yield
    finally:
        driver.prepare_threshold = before


def rows_of(connection: sa.Connection, statement: sa.TextClause, binds: Mapping[str, Bind]) -> list[tuple[Any, ...]]:
    """The driver's own rows: a nation has millions of them."""
    used = {name: binds[name] for name in statement._bindparams}  # the names that the text really holds
    if dialect(connection) == "sqlite":
        used = {name: value.isoformat() if isinstance(value, date) else value for name, value in used.items()}
    cursor: Any = connection.execute(statement, used).cursor
    if cursor is None:
        raise sa.exc.ResourceClosedError("no SELECT")
    with as_sqlalchemy_says(connection):
        return cursor.fetchall()  # type: ignore[no-any-return]


def frame(connection: sa.Connection, query: sa.Executable, schema: Mapping[str, pl.DataType]) -> pl.DataFrame:
    """The rows of `query`, whose columns stand in the order of `schema`. (Types are SQLAlchemy's to convert here.)

    As Python's objects a row takes ten times the room that it takes in a frame, so it is never all of them.
    """
    empty = pl.DataFrame(schema=dict(schema))
    parts = connection.execute(query).partitions(_ROWS_AT_ONCE)
    return pl.concat(
        [empty, *(pl.DataFrame(list(map(tuple, rows)), schema=dict(schema), orient="row") for rows in parts)]
    )


def dialect(connection: sa.Connection) -> str:
    """ "sqlite" or "postgresql" """
    return connection.dialect.name
