"""A run's rows frozen to bytes and back: nothing is lost, nothing depends on the day or the order of unions."""

import json
import zlib
from datetime import date

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kyosai_lists.ledger import freezing
from kyosai_lists.ledger.canonical import canonical, sha256
from kyosai_lists.ledger.freezing import (
    PERSON_SCHEMA,
    PLACES_SCHEMA,
    content_sha256,
    freeze,
    places,
    places_sha256,
    thaw,
)
from kyosai_lists.workbook.model import LIST_SCHEMA, PEOPLE_SCHEMA, UNION_SCHEMA, ListSheet, RunBooks
from tests.ledger.frozen_books import BOOKS, TEXT, persons_of

FEW = settings(max_examples=40)  # frames are slow to make


def back(books: RunBooks) -> RunBooks:
    return thaw([one.data for one in freeze(books, persons_of(books))], books.lists)


def with_somebody(books: RunBooks) -> pl.DataFrame:
    return books.unions.join(books.people, on="union_code", how="semi", maintain_order="left")


@FEW
@given(BOOKS)
def test_what_was_frozen_comes_back_frame_by_frame(books: RunBooks) -> None:
    found = back(books)
    assert found.unions.equals(with_somebody(books))
    assert found.people.equals(books.people)
    assert found.people.schema == books.people.schema
    assert [sheet.id for sheet in found.lists] == [sheet.id for sheet in books.lists]
    for thawed, sheet in zip(found.lists, books.lists, strict=True):
        assert thawed.rows.equals(sheet.rows)
        assert thawed.rows.schema == sheet.rows.schema


@FEW
@given(BOOKS)
def test_the_same_rows_give_the_same_bytes_and_so_do_those_that_came_back(books: RunBooks) -> None:
    first = list(freeze(books, persons_of(books)))
    assert list(freeze(books, persons_of(books))) == first
    assert list(freeze(back(books), persons_of(books))) == first
    assert [content_sha256(one.data) for one in first] == [one.sha256 for one in first]


@FEW
@given(BOOKS)
def test_a_union_s_bytes_do_not_depend_on_the_other_unions(books: RunBooks) -> None:
    persons = persons_of(books)
    for frozen in freeze(books, persons):
        mine = pl.col("union_code") == frozen.union_code
        alone = RunBooks(
            books.unions.filter(mine),
            books.people.filter(mine),
            tuple(ListSheet(**{**vars(sheet), "rows": sheet.rows.filter(mine)}) for sheet in books.lists),
        )
        assert list(freeze(alone, persons)) == [frozen]


@FEW
@given(BOOKS, st.integers(1, 3))
def test_how_many_unions_are_frozen_at_once_makes_no_difference(books: RunBooks, at_once: int) -> None:
    whole = list(freeze(books, persons_of(books)))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(freezing, "_UNIONS_AT_ONCE", at_once)
        assert list(freeze(books, persons_of(books))) == whole


@FEW
@given(BOOKS)
def test_everybody_stands_in_one_place_with_the_lists_they_are_on(books: RunBooks) -> None:
    found = places(books, persons_of(books))
    assert found.select("union_code", "no").equals(books.people.select("union_code", "no"))
    for row in found.iter_rows(named=True):
        me = (pl.col("union_code") == row["union_code"]) & (pl.col("no") == row["no"])
        on = [sheet.id for sheet in books.lists if sheet.rows.filter(me).height]
        assert row["list_ids"] == ";".join(on)


@FEW
@given(BOOKS.filter(lambda books: books.people.height > 0), st.data())
def test_the_hash_of_places_is_of_every_row_and_of_no_order(books: RunBooks, data: st.DataObject) -> None:
    found = places(books, persons_of(books))
    before = places_sha256(found)
    assert places_sha256(found.reverse()) == before
    row = data.draw(st.integers(0, found.height - 1))
    column = data.draw(st.sampled_from(["member_key", "list_ids"]))
    changed = pl.when(pl.int_range(pl.len()) == row).then(pl.col(column) + "x").otherwise(pl.col(column))
    union = found["union_code"][row]
    assert {code for code, value in places_sha256(found.with_columns(changed)).items() if value != before[code]} == {
        union
    }


@given(st.lists(st.tuples(st.sampled_from(["17001", "17002"]), TEXT | st.none(), TEXT | st.none()), max_size=6))
def test_the_hash_of_places_is_that_of_their_canonical_text_whatever_the_texts(
    rows: list[tuple[str, str | None, str | None]],
) -> None:
    numbered = [(code, no, key, ids) for no, (code, key, ids) in enumerate(rows)]
    lines: dict[str, list[list[str | None]]] = {}
    for code, no, key, ids in numbered:
        lines.setdefault(code, []).append([str(no), key, ids])
    found = places_sha256(pl.DataFrame(numbered, schema=PLACES_SCHEMA, orient="row"))
    assert found == {code: sha256(canonical(own)) for code, own in lines.items()}


def test_a_person_without_a_key_is_not_frozen() -> None:
    unions = pl.DataFrame([("17001", "17", "あ", "R-17001", None)], schema=UNION_SCHEMA, orient="row")
    person = [("17001", 1, "id", False, "", "", "", "", "", "")]
    people = pl.DataFrame(person, schema={"union_code": pl.String(), **PEOPLE_SCHEMA}, orient="row")
    with pytest.raises(ValueError, match="without a key"):
        list(freeze(RunBooks(unions, people, ()), pl.DataFrame(schema=PERSON_SCHEMA)))


def a_book() -> tuple[RunBooks, pl.DataFrame]:
    unions = pl.DataFrame([("17001", "17", "髙﨑市", "R-17001", date(2026, 10, 1))], schema=UNION_SCHEMA, orient="row")
    person = [("17001", 1, "id", True, "課", "カナ", "𠮷田", "手がかり", "A B", "")]
    people = pl.DataFrame(person, schema={"union_code": pl.String(), **PEOPLE_SCHEMA}, orient="row")

    def sheet(list_id: str, reason: str) -> ListSheet:
        row = [("17001", 1, "課", "0012", "𠮷田", "カナ", None, "", reason, "", "総合共済", "", "")]
        rows = pl.DataFrame(row, schema={"union_code": pl.String(), **LIST_SCHEMA}, orient="row")
        return ListSheet(list_id, list_id, "A", "案内", "なし", rows)

    books = RunBooks(unions, people, (sheet("fire-only", "火災のみ"), sheet("car-family", "自家用車")))
    key = [("17001", 1, "17-0012", "0012", None, "", "総合共済", "")]
    return books, pl.DataFrame(key, schema=PERSON_SCHEMA, orient="row")


def test_frozen_bytes_are_json_that_says_what_it_is() -> None:
    (frozen,) = freeze(*a_book())
    document = json.loads(zlib.decompress(frozen.data))
    assert document["format"] == 2
    assert "lists" not in document  # the version that knew format 1 alone would have printed empty cells
    assert document["union"]["roster_on"] == "2026-10-01"
    person = {"member_key": "17-0012", "name": "𠮷田", "member_no": "0012", "age": None, "holdings": "総合共済"}
    assert document["people"][0] | person == document["people"][0]
    assert document["rows"]["car-family"] == [{"no": 1, "reason": "自家用車", "contracts": "", "other_lists": ""}]


def test_a_book_that_an_earlier_version_froze_comes_back_as_well() -> None:
    books, persons = a_book()
    (frozen,) = freeze(books, persons)
    document = json.loads(zlib.decompress(frozen.data))
    lists = {sheet.id: sheet.rows.drop("union_code").to_dicts() for sheet in books.lists}
    earlier = {"format": 1, "union": document["union"], "people": document["people"], "lists": lists}
    found = thaw([zlib.compress(json.dumps(earlier).encode())], books.lists)
    assert found.people.equals(books.people)
    for thawed, sheet in zip(found.lists, books.lists, strict=True):
        assert thawed.rows.equals(sheet.rows)


def test_a_book_that_a_later_version_froze_is_refused() -> None:
    (frozen,) = freeze(*a_book())
    later = json.loads(zlib.decompress(frozen.data)) | {"format": 3}
    with pytest.raises(ValueError, match="another version"):
        thaw([zlib.compress(json.dumps(later).encode())], ())


@pytest.mark.parametrize("data", [b"", b"not compressed", zlib.compress(b"{}")[:-3]])
def test_bytes_that_are_damaged_have_no_hash(data: bytes) -> None:
    assert content_sha256(data) is None
