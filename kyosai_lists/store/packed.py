"""Many rows as one value: SQLite puts them together itself, and polars takes them apart.

The driver comes back to Python after each row, which takes as long as finding it and keeps other threads from running.
"""

from collections.abc import Mapping

import polars as pl
import sqlalchemy as sa

from kyosai_lists.store.query import Bind, dates_read, dialect, fetch, rows_of, texts_for

# Hardly a text holds one of them: a row with a control character is put on hold when it comes in. If one does, it is noticed.
_BETWEEN, _END, _NULL = b"\x1f", b"\x1e", b"\x1a"
_EDGE = "."  # before and behind each row, where a reader of CSV would take away blanks, a mark of the byte order, an empty line
_KINDS = (pl.String(), pl.Int64(), pl.Date())  # a number with a point would lose digits


def fetch_packed(
    connection: sa.Connection, sql: str, binds: Mapping[str, Bind], schema: Mapping[str, pl.DataType]
) -> pl.DataFrame:
    """As `query.fetch`."""
    if dialect(connection) != "sqlite" or any(kind not in _KINDS for kind in schema.values()):
        return fetch(connection, sql, binds, schema)
    try:
        ((count, values, data),) = rows_of(connection, sa.text(_packing(sql, len(schema))), binds)
    except sa.exc.DataError:  # more than fits one value
        return fetch(connection, sql, binds, schema)
    if not count:
        return pl.DataFrame(schema=dict(schema))
    frame = _unpacked(bytes(data), int(count), int(count) * len(schema) - int(values), schema)
    return fetch(connection, sql, binds, schema) if frame is None else frame


def _packing(sql: str, width: int) -> str:
    """How many rows, how many values in them that are not NULL, and all of them as one.

    A limit that is none: without it, SQLite would work a value out each time that it is named here, which is twice.
    """
    names = [f"c{number}" for number in range(width)]
    values = " + ".join(f"COUNT({name})" for name in names)
    cells = (f"ifnull({name}, char({_NULL[0]}))" for name in names)
    row = f" || char({_BETWEEN[0]}) || ".join([f"'{_EDGE}'", *cells, f"'{_EDGE}'"])
    return (
        f"WITH packed ({', '.join(names)}) AS (SELECT * FROM ({sql}\n) LIMIT -1)\n"
        f"SELECT COUNT(*), {values}, CAST(GROUP_CONCAT({row}, char({_END[0]})) AS BLOB) FROM packed"
    )


def _unpacked(data: bytes, count: int, nulls: int, schema: Mapping[str, pl.DataType]) -> pl.DataFrame | None:
    """None: a text holds one of our marks after all, or ends as the reader of CSV takes a line to end."""
    marks = data.count(_BETWEEN), data.count(_END), data.count(_NULL)
    if marks != (count * (len(schema) + 1), count - 1, nulls) or b"\r" + _BETWEEN in data:
        return None
    frame = pl.read_csv(
        data,
        has_header=False,
        separator=_BETWEEN.decode(),
        eol_char=_END.decode(),
        quote_char=None,
        null_values=[_NULL.decode()],
        empty_string_is_null=False,
        infer_schema=False,
    )
    texts = dict(zip(schema, frame.get_columns()[1:-1], strict=True))
    typed = pl.DataFrame([texts[name].cast(kind).alias(name) for name, kind in texts_for(schema).items()])
    return dates_read(typed, schema)
