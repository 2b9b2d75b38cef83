"""Which letters a person has on the pages: the most important ones, not more than said, one document not twice before its turn."""

from itertools import product

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kyosai_lists.lists.offers import printed_offers

LISTS = [f"list-{n}" for n in range(8)]
LETTERS = dict(zip(LISTS, "ABCDEFGH", strict=True))
PEOPLE = ("17-1", "17-2", "17-3")

rows_of_people = st.lists(st.sampled_from([*product(LISTS, PEOPLE)]), unique=True)
documents_of_lists = st.lists(st.sampled_from(["共済のご案内", "住まい", "車", "年金"]), min_size=8, max_size=8).map(
    lambda found: dict(zip(LISTS, found, strict=True))
)
each_its_own = {list_id: f"書類{list_id}" for list_id in LISTS}
most = st.integers(1, 9)


def letters(rows: list[tuple[str, str]], documents: dict[str, str], max_offers: int) -> dict[str, list[str]]:
    """By person, the letters in the order in which they come."""
    frame = pl.DataFrame(rows, schema={"list_id": pl.String(), "member_key": pl.String()}, orient="row")
    printed = printed_offers(frame, letters=LETTERS, documents=documents, max_offers=max_offers)
    found: dict[str, list[str]] = {}
    for row in printed.iter_rows(named=True):
        assert row["letter"] == LETTERS[row["list_id"]]
        found.setdefault(row["member_key"], []).append(row["letter"])
    return found


def expected(own: list[str], documents: dict[str, str], max_offers: int) -> list[str]:
    """Person by person, list by list: those that bring a new document, then those that do not, then cut, then in order."""
    own = sorted(own)
    new = [list_id for i, list_id in enumerate(own) if documents[list_id] not in {documents[o] for o in own[:i]}]
    again = [list_id for list_id in own if list_id not in new]
    return [LETTERS[list_id] for list_id in sorted([*new, *again][:max_offers])]


@given(rows_of_people, most)
def test_with_different_documents_the_most_important_lists_are_printed(
    rows: list[tuple[str, str]], max_offers: int
) -> None:
    told = letters(rows, each_its_own, max_offers)
    for person in PEOPLE:
        own = sorted(LETTERS[list_id] for list_id, whose in rows if whose == person)
        assert told.get(person, []) == own[:max_offers]


@given(rows_of_people, documents_of_lists, most)
def test_a_document_that_is_in_hand_waits_until_the_others_had_their_place(
    rows: list[tuple[str, str]], documents: dict[str, str], max_offers: int
) -> None:
    told = letters(rows, documents, max_offers)
    for person in PEOPLE:
        own = [list_id for list_id, whose in rows if whose == person]
        assert told.get(person, []) == expected(own, documents, max_offers)


@given(rows_of_people, documents_of_lists, most)
def test_nobody_loses_every_letter_and_a_higher_number_takes_none_away(
    rows: list[tuple[str, str]], documents: dict[str, str], max_offers: int
) -> None:
    fewer, more = letters(rows, documents, max_offers), letters(rows, documents, max_offers + 1)
    assert fewer.keys() == more.keys() == {whose for _, whose in rows}
    for person, own in fewer.items():
        assert len(own) <= max_offers
        assert set(own) <= set(more[person])


@pytest.mark.parametrize(
    ("own", "printed"),
    [("ABC", "ABC"), ("ABCD", "ACD"), ("AB", "AB"), ("ABD", "ABD"), ("ABDH", "ADH"), ("ABEF", "AEF")],
)
def test_of_two_lists_with_one_document_the_less_important_gives_way_but_is_not_lost(own: str, printed: str) -> None:
    documents = each_its_own | {LISTS[1]: each_its_own[LISTS[0]]}  # B hands over what A does
    rows = [(list_id, "17-1") for list_id, letter in LETTERS.items() if letter in own]
    assert letters(rows, documents, 3) == {"17-1": list(printed)}
