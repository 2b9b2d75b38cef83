"""Any run's rows: unions with and without people, texts of every kind, nothing where nothing may be."""

import polars as pl
from hypothesis import strategies as st

from kyosai_lists.ledger.freezing import PERSON_SCHEMA
from kyosai_lists.workbook.model import LIST_SCHEMA, PEOPLE_SCHEMA, SAID_BY_LIST, UNION_SCHEMA, ListSheet, RunBooks

LISTS = ("fire-only", "young-unenrolled", "own-\"'\\")
TEXT = st.text(max_size=6) | st.sampled_from(["髙﨑　𠮷", '"\\\t\r\n', "=1+1", "\u2028", "null"])
KINDS: dict[pl.DataType, st.SearchStrategy[object]] = {
    pl.String(): TEXT,
    pl.Int64(): st.integers(-(2**40), 2**40) | st.none(),
    pl.Boolean(): st.booleans(),
    pl.Date(): st.dates() | st.none(),
}


def cells(schema: dict[str, pl.DataType], **given: object) -> st.SearchStrategy[dict[str, object]]:
    fixed = {name: st.just(value) for name, value in given.items()}
    return st.fixed_dictionaries({name: fixed.get(name, KINDS[kind]) for name, kind in schema.items()})


@st.composite
def run_books(draw: st.DrawFn) -> RunBooks:
    codes = draw(st.lists(st.text("0123456789", min_size=1, max_size=5), max_size=4, unique=True))
    unions, people = [], []
    rows: dict[str, list[dict[str, object]]] = {list_id: [] for list_id in LISTS}
    for code in codes:
        unions.append(draw(cells(UNION_SCHEMA, union_code=code)))
        for no in range(1, draw(st.integers(0, 3)) + 1):
            people.append({"union_code": code} | draw(cells(PEOPLE_SCHEMA, no=no)))
            # On whatever list a person is, it says the same of them, but for what the list says itself.
            person = draw(cells(LIST_SCHEMA)) | {
                name: people[-1][name] for name in LIST_SCHEMA if name in PEOPLE_SCHEMA
            }
            for list_id in draw(st.sets(st.sampled_from(LISTS), min_size=1)):
                own = draw(cells({name: LIST_SCHEMA[name] for name in SAID_BY_LIST}))
                rows[list_id].append({"union_code": code} | person | own)
    of_union = {"union_code": pl.String()}
    sheets = (
        ListSheet(list_id, list_id, "A", "", "", pl.DataFrame(rows[list_id], schema=of_union | LIST_SCHEMA))
        for list_id in LISTS
    )
    return RunBooks(
        pl.DataFrame(unions, schema=UNION_SCHEMA), pl.DataFrame(people, schema=of_union | PEOPLE_SCHEMA), tuple(sheets)
    )


BOOKS = run_books()


def persons_of(books: RunBooks) -> pl.DataFrame:
    key = pl.format("17-{}{}", "union_code", "no").alias("member_key")
    listed = pl.concat(sheet.rows for sheet in books.lists).unique(["union_code", "no"], keep="any")
    everybody = books.people.select("union_code", "no", key).join(
        listed, on=["union_code", "no"], how="left", maintain_order="left"
    )
    return everybody.select(*PERSON_SCHEMA).cast(PERSON_SCHEMA)  # type: ignore[arg-type]
