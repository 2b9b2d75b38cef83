"""What an import would change, for a person to look at before it is done: who is new, which fields, old → new."""

from collections.abc import Callable
from dataclasses import dataclass

import polars as pl

from kyosai_lists.store import read
from kyosai_lists.store.engine import Connection
from kyosai_lists.usecases.importing.take_in import TakenIn
from kyosai_lists.usecases.wording import heading, shown_key, shown_value


@dataclass(frozen=True)
class Preview:
    """Frames of String columns, as people write things.

    `new`: layout (its id), key, name (of the person, "" for none). `changes`: the same and column (heading), before, after.
    """

    new: pl.DataFrame
    changes: pl.DataFrame


def preview(connection: Connection, taken: TakenIn) -> Preview:
    """To be asked inside the transaction of `taken`: it looks up the names of the people who just came."""
    names = read.member_names(connection)
    changes = _named(taken.changes, names).with_columns(
        column=_each(heading, "layout", "field"),
        before=_each(shown_value, "layout", "field", "before"),
        after=_each(shown_value, "layout", "field", "after"),
    )
    told = changes.filter(pl.col("column").is_not_null())
    return Preview(
        new=_named(taken.brought, names).select("layout", "key", "name"),
        changes=told.select("layout", "key", "name", "column", "before", "after"),
    )


def named_rows(connection: Connection, rows: pl.DataFrame) -> pl.DataFrame:
    """`rows` (`take_in.BROUGHT_SCHEMA`) as people say them: layout (its id), key, name."""
    names = read.member_names(connection) if rows.height else pl.DataFrame(schema=read.NAME_SCHEMA)
    return _named(rows, names).select("layout", "key", "name")


def _named(rows: pl.DataFrame, names: pl.DataFrame) -> pl.DataFrame:
    known = rows.filter(pl.col("table_name") != "rosters").join(
        names, on="member_key", how="left", maintain_order="left"
    )
    return known.with_columns(
        pl.col("name").fill_null(""), layout="table_name", key=_each(shown_key, "table_name", "record_key")
    )


def _each(function: Callable[..., str | None], *columns: str) -> pl.Expr:
    return pl.struct(columns).map_elements(lambda row: function(*row.values()), return_dtype=pl.String)
