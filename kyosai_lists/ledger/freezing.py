"""Freezing the rows of a union's workbook to bytes, and back: the same frames give the same bytes, on any day.

A frozen book is UTF-8 JSON, compressed: `{"format":1,"union":{…},"people":[{…},…],"lists":{"fire-only":[{…},…]}}`; each
person is a line of `PEOPLE_SCHEMA` and `member_key`, each row of a list one of `LIST_SCHEMA`. Its hash is that of the JSON
before it is compressed, since another version of zlib may compress otherwise.
"""

import json
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import deflate
import polars as pl

from kyosai_lists.ledger.canonical import canonical, sha256
from kyosai_lists.workbook.model import LIST_SCHEMA, PEOPLE_SCHEMA, UNION_SCHEMA, ListSheet, RunBooks

FORMAT = 1
# Which person a row is: beside PEOPLE_SCHEMA, never in a workbook.
KEYS_SCHEMA: dict[str, pl.DataType] = {"union_code": pl.String(), "no": pl.Int64(), "member_key": pl.String()}
# Who stands on which lists, by union and No.; `list_ids` joined by ";", most important first.
PLACES_SCHEMA: dict[str, pl.DataType] = {**KEYS_SCHEMA, "list_ids": pl.String()}
_PERSON = {**PEOPLE_SCHEMA, "member_key": pl.String()}
_UNIONS_AT_ONCE = 200
_LEVEL = 1  # more effort saves little


@dataclass(frozen=True)
class FrozenBook:
    """`data`: compressed; `sha256`: of what is inside."""

    union_code: str
    people: int
    data: bytes
    sha256: str


def freeze(books: RunBooks, keys: pl.DataFrame) -> Iterator[FrozenBook]:
    """A frozen book for every union that has somebody, in the order of `books.unions`. `keys`: KEYS_SCHEMA, everyone."""
    people = books.people.join(keys, on=["union_code", "no"], how="left", maintain_order="left")
    if people["member_key"].null_count():
        raise ValueError("a person without a key")
    rows = _of_all_lists(books.lists)
    for unions in books.unions.iter_slices(_UNIONS_AT_ONCE):
        own = pl.col("union_code").is_in(unions["union_code"].implode())
        lines = _lines(people.filter(own).with_columns(list_id=pl.lit("")), _PERSON)
        lists = _lines(rows.filter(own), LIST_SCHEMA)
        for union in unions.iter_rows(named=True):
            code = union["union_code"]
            if of_people := lines.get((code, "")):
                of_lists = {one.id: lists[code, one.id][0] for one in books.lists if (code, one.id) in lists}
                yield _frozen(union, of_people, of_lists)


def _of_all_lists(lists: Iterable[ListSheet]) -> pl.DataFrame:
    """All at once, since an expression has its price: list_id, union_code, LIST_SCHEMA."""
    schema = {"list_id": pl.String(), "union_code": pl.String(), **LIST_SCHEMA}
    rows = (one.rows.select(pl.lit(one.id, pl.String).alias("list_id"), "union_code", *LIST_SCHEMA) for one in lists)
    return pl.concat([pl.DataFrame(schema=schema), *rows])


def _lines(frame: pl.DataFrame, schema: Mapping[str, pl.DataType]) -> dict[tuple[str, str], tuple[bytes, int]]:
    """By union code and list id: the rows as JSON objects with commas between, in UTF-8, and how many."""
    objects = frame.select("union_code", "list_id", row=pl.struct(*schema).struct.json_encode())
    grouped = objects.group_by("union_code", "list_id", maintain_order=True).agg(
        text=pl.col("row").str.join(",").cast(pl.Binary), rows=pl.len()
    )
    return {(code, list_id): (text, rows) for code, list_id, text, rows in grouped.iter_rows()}


def _frozen(union: dict[str, Any], people: tuple[bytes, int], lists: Mapping[str, bytes]) -> FrozenBook:
    roster_on = union["roster_on"]
    head = canonical({**union, "roster_on": roster_on.isoformat() if roster_on else None})
    rows = b",".join(b"%b:[%b]" % (canonical(list_id).encode(), text) for list_id, text in lists.items())
    data = b'{"format":%d,"union":%b,"people":[%b],"lists":{%b}}' % (FORMAT, head.encode(), people[0], rows)
    return FrozenBook(union["union_code"], people[1], bytes(deflate.zlib_compress(data, _LEVEL)), sha256(data))


def content_sha256(data: bytes) -> str | None:
    """The hash of what is inside a frozen book, None when it cannot be opened."""
    try:
        return sha256(zlib.decompress(data))
    except zlib.error:
        return None


def thaw(frozen: Iterable[bytes], lists: Iterable[ListSheet]) -> RunBooks:
    """The books as they were frozen. `lists`: the run's, as its entry has them; their own rows do not count."""
    documents = [json.loads(zlib.decompress(data)) for data in frozen]
    unions = [union | {"roster_on": _day(union["roster_on"])} for union in (found["union"] for found in documents)]
    return RunBooks(
        unions=pl.DataFrame(unions, schema=UNION_SCHEMA),
        people=_rows(documents, lambda found: found["people"], PEOPLE_SCHEMA),
        lists=tuple(
            replace(sheet, rows=_rows(documents, lambda found, key=sheet.id: found["lists"].get(key, []), LIST_SCHEMA))
            for sheet in lists
        ),
    )


def places(books: RunBooks, keys: pl.DataFrame) -> pl.DataFrame:
    """PLACES_SCHEMA: everyone of the run, in the order of the workbooks."""
    listed = [found.rows.select("union_code", "no", list_id=pl.lit(found.id, pl.String)) for found in books.lists]
    schema = {"union_code": pl.String(), "no": pl.Int64(), "list_id": pl.String()}
    by_person = (
        pl.concat([pl.DataFrame(schema=schema), *listed])
        .group_by("union_code", "no", maintain_order=True)
        .agg(list_ids=pl.col("list_id").str.join(";"))
    )
    joined = keys.join(by_person, on=["union_code", "no"], how="left", maintain_order="left")
    return joined.with_columns(pl.col("list_ids").fill_null("")).select(*PLACES_SCHEMA)


def places_sha256(places: pl.DataFrame) -> dict[str, str]:
    """By union code, a hash over PLACES_SCHEMA, whatever the order of the rows."""
    line = pl.concat_list(pl.col("no").cast(pl.String), "member_key", "list_ids")
    lines = places.sort("union_code", "no").select("union_code", line=line)
    grouped = lines.group_by("union_code", maintain_order=True).agg("line")
    return {code: sha256(canonical(found)) for code, found in grouped.iter_rows()}


def _rows(documents: list[dict[str, Any]], of: Any, schema: Mapping[str, pl.DataType]) -> pl.DataFrame:
    rows = [row | {"union_code": found["union"]["union_code"]} for found in documents for row in of(found)]
    return pl.DataFrame(rows, schema={"union_code": pl.String(), **schema})


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
