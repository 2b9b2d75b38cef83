"""Freezing the rows of a union's workbook to bytes, and back: the same frames give the same bytes, on any day.

A frozen book is UTF-8 JSON, compressed: `{"format":2,"union":{…},"people":[{…},…],"rows":{"fire-only":[{…},…]}}`; each
person is a line of `PEOPLE_SCHEMA` and `PERSON_SCHEMA`, each row of a list has its No. and what the list says itself. Its hash
is that of the JSON before it is compressed, since another version of zlib may compress otherwise.

Format 1 is still read: it has `lists` instead of `rows`, whole lines of `LIST_SCHEMA`. A program that knows that format alone finds no
`lists` here, and prints nothing.
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
from kyosai_lists.workbook.model import LIST_SCHEMA, PEOPLE_SCHEMA, SAID_BY_LIST, UNION_SCHEMA, ListSheet, RunBooks

FORMAT = 2
# Which person a row is, never in a workbook.
_KEYS: dict[str, pl.DataType] = {"union_code": pl.String(), "no": pl.Int64(), "member_key": pl.String()}
_OF_LIST = {name: kind for name, kind in LIST_SCHEMA.items() if name == "no" or name in SAID_BY_LIST}
_ON_EVERY_LIST = {name: kind for name, kind in LIST_SCHEMA.items() if name not in _OF_LIST}
# Who a person is, and what PEOPLE_SCHEMA does not tell of what all their lists say.
PERSON_SCHEMA = {**_KEYS, **{name: kind for name, kind in _ON_EVERY_LIST.items() if name not in PEOPLE_SCHEMA}}
# Who stands on which lists, by union and No.; `list_ids` joined by ";", most important first.
PLACES_SCHEMA: dict[str, pl.DataType] = {**_KEYS, "list_ids": pl.String()}
_PERSON = {name: kind for name, kind in (PEOPLE_SCHEMA | PERSON_SCHEMA).items() if name != "union_code"}
_ESCAPED_IN_JSON = r'["\\\x00-\x1F]'
_UNIONS_AT_ONCE = 200
_LEVEL = 1  # more effort saves little


@dataclass(frozen=True)
class FrozenBook:
    """`data`: compressed; `sha256`: of what is inside."""

    union_code: str
    people: int
    data: bytes
    sha256: str


def freeze(books: RunBooks, persons: pl.DataFrame) -> Iterator[FrozenBook]:
    """A frozen book for every union that has somebody, in the order of `books.unions`. `persons`: PERSON_SCHEMA, everyone."""
    people = books.people.join(persons, on=["union_code", "no"], how="left", maintain_order="left")
    if people["member_key"].null_count():
        raise ValueError("a person without a key")
    rows = _of_all_lists(books.lists)
    for unions in books.unions.iter_slices(_UNIONS_AT_ONCE):
        own = pl.col("union_code").is_in(unions["union_code"].implode())
        lines = _lines(people.filter(own).with_columns(list_id=pl.lit("")), _PERSON)
        lists = _lines(rows.filter(own), _OF_LIST)
        for union in unions.iter_rows(named=True):
            code = union["union_code"]
            if of_people := lines.get((code, "")):
                of_lists = {one.id: lists[code, one.id][0] for one in books.lists if (code, one.id) in lists}
                yield _frozen(union, of_people, of_lists)


def _of_all_lists(lists: Iterable[ListSheet]) -> pl.DataFrame:
    """All at once, since an expression has its price: list_id, union_code, what the list says."""
    schema = {"list_id": pl.String(), "union_code": pl.String(), **_OF_LIST}
    rows = (one.rows.select(pl.lit(one.id, pl.String).alias("list_id"), "union_code", *_OF_LIST) for one in lists)
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
    data = b'{"format":%d,"union":%b,"people":[%b],"rows":{%b}}' % (FORMAT, head.encode(), people[0], rows)
    return FrozenBook(union["union_code"], people[1], bytes(deflate.zlib_compress(data, _LEVEL)), sha256(data))


def content_sha256(data: bytes) -> str | None:
    """The hash of what is inside a frozen book, None when it cannot be opened."""
    try:
        return sha256(zlib.decompress(data))
    except zlib.error:
        return None


def thaw(frozen: Iterable[bytes], lists: Iterable[ListSheet]) -> RunBooks:
    """The books as they were frozen. `lists`: the run's, as its entry has them; their own rows do not count."""
    documents = [_document(data) for data in frozen]
    unions = [union | {"roster_on": _day(union["roster_on"])} for union in (found["union"] for found in documents)]
    return RunBooks(
        unions=pl.DataFrame(unions, schema=UNION_SCHEMA),
        people=_rows(documents, lambda found: found["people"], PEOPLE_SCHEMA),
        lists=tuple(
            replace(sheet, rows=_rows(documents, lambda found, key=sheet.id: found["lists"].get(key, []), LIST_SCHEMA))
            for sheet in lists
        ),
    )


def _document(data: bytes) -> dict[str, Any]:
    """As format 1 has it."""
    found: dict[str, Any] = json.loads(zlib.decompress(data))
    if found["format"] == FORMAT:
        said = {person["no"]: {name: person[name] for name in _ON_EVERY_LIST} for person in found["people"]}
        found["lists"] = {id_: [said[row["no"]] | row for row in rows] for id_, rows in found["rows"].items()}
    elif found["format"] != 1:
        raise ValueError("a format of another version")
    return found


def places(books: RunBooks, persons: pl.DataFrame) -> pl.DataFrame:
    """PLACES_SCHEMA: everyone of the run, in the order of the workbooks. `persons`: of PERSON_SCHEMA who they are."""
    listed = [found.rows.select("union_code", "no", list_id=pl.lit(found.id, pl.String)) for found in books.lists]
    schema = {"union_code": pl.String(), "no": pl.Int64(), "list_id": pl.String()}
    by_person = (
        pl.concat([pl.DataFrame(schema=schema), *listed])
        .group_by("union_code", "no", maintain_order=True)
        .agg(list_ids=pl.col("list_id").str.join(";"))
    )
    joined = persons.join(by_person, on=["union_code", "no"], how="left", maintain_order="left")
    return joined.with_columns(pl.col("list_ids").fill_null("")).select(*PLACES_SCHEMA)


def places_sha256(places: pl.DataFrame) -> dict[str, str]:
    """By union code, a hash over PLACES_SCHEMA, whatever the order of the rows."""
    texts = places.sort("union_code", "no").with_columns(pl.col("no").cast(pl.String))
    quoted = [_canonical(texts[name]) for name in ("no", "member_key", "list_ids")]
    lines = texts.select("union_code", line=pl.format("[{},{},{}]", *quoted))
    grouped = lines.group_by("union_code", maintain_order=True).agg(pl.col("line").str.join(","))
    return {code: sha256(f"[{found}]") for code, found in grouped.iter_rows()}


def _canonical(texts: pl.Series) -> pl.Series:
    """`canonical` of each; of most a whole column at a time."""
    odd = texts.str.contains(_ESCAPED_IN_JSON)
    said = pl.Series([canonical(text) for text in texts.filter(odd)], dtype=pl.String)
    return pl.select(pl.format('"{}"', texts)).to_series().scatter(odd.arg_true(), said).fill_null("null")


def _rows(documents: list[dict[str, Any]], of: Any, schema: Mapping[str, pl.DataType]) -> pl.DataFrame:
    rows = [row | {"union_code": found["union"]["union_code"]} for found in documents for row in of(found)]
    return pl.DataFrame(rows, schema={"union_code": pl.String(), **schema})


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
