"""From drawn lists to what each union's workbook says: people in order, sheets, letters, and rows that cannot be written."""

from dataclasses import dataclass

import polars as pl

from kyosai_lists.ledger.freezing import KEYS_SCHEMA
from kyosai_lists.lists.arrange import arrange, list_rows
from kyosai_lists.lists.describe import holdings
from kyosai_lists.lists.households import same_household
from kyosai_lists.lists.offers import printed_offers
from kyosai_lists.segments.parameters import BoundRule
from kyosai_lists.usecases.draw import DrawnLists
from kyosai_lists.usecases.roster_age import roster_warning
from kyosai_lists.workbook.model import LIST_SCHEMA, PEOPLE_SCHEMA, ListSheet, RunBooks, RunHeader
from kyosai_lists.workbook.texts import fits


@dataclass(frozen=True)
class Composition:
    """`books`: a workbook for each union of the scope, empty ones among them; `keys`: who each person in them is (union_code, no,
    member_key). `unplaced`: list rows left out (list_id, member_key).

    `printed`: by list id, people whose ご案内 has its letter. `in_households`: people marked as living with another.
    """

    books: RunBooks
    keys: pl.DataFrame
    unplaced: pl.DataFrame
    roster_warnings: dict[str, str]
    letters: dict[str, str]
    printed: dict[str, int]
    in_households: int


def compose(drawn: DrawnLists, run: RunHeader, roster_max_age_days: int) -> Composition:
    """Arranges everyone who may be approached, union by union.

    Where no list of people is asked for, there are no books.
    """
    if not drawn.bound:
        return Composition(RunBooks.none(), pl.DataFrame(schema=KEYS_SCHEMA), drawn.passed, {}, {}, {}, 0)
    letters = {b.rule.id: _letter(i) for i, b in enumerate(drawn.bound)}
    titles = {b.rule.id: b.rule.title for b in drawn.bound}
    discreet = frozenset(b.rule.id for b in drawn.bound if b.rule.discreet)
    placed, unplaced = _placeable(drawn)
    documents = {b.rule.id: b.rule.document for b in drawn.bound}
    printed = printed_offers(placed, letters=letters, documents=documents, max_offers=run.max_offers)
    arranged = arrange(placed, printed, drawn.people, discreet=discreet, run_id=run.run_id)
    households = same_household(arranged.join(drawn.addresses, on="member_key", how="left"))
    rows = list_rows(placed, arranged, holdings(drawn.held), households, titles)
    books = RunBooks(
        unions=_unions(drawn, run),
        people=arranged.select("union_code", *PEOPLE_SCHEMA),
        lists=tuple(_list_sheet(b, letters[b.rule.id], rows) for b in drawn.bound),
    )
    warnings = {
        union["union_code"]: text
        for union in drawn.unions.iter_rows(named=True)
        if (text := roster_warning(union["roster_on"], run.as_of, roster_max_age_days))
    }
    counts = dict(printed.group_by("list_id").len().iter_rows())
    return Composition(books, arranged.select(*KEYS_SCHEMA), unplaced, warnings, letters, counts, households.height)


def _letter(index: int) -> str:
    """A … Z, then AA …"""
    return chr(ord("A") + index) if index < 26 else _letter(index // 26 - 1) + _letter(index % 26)


def _placeable(drawn: DrawnLists) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Rows with a text that no cell can hold are left out whole and counted, never cut."""
    texts = drawn.people.select("member_key", pl.col("workplace", "name", "kana", "phone", "mobile").fill_null(""))
    rows = drawn.passed.join(texts, on="member_key", how="left", maintain_order="left")
    long = pl.any_horizontal(pl.col(rows.columns).str.len_chars() > 16_000)  # cheap sieve: most rows are far below
    suspects = rows.with_row_index().filter(long)
    too_long = [row["index"] for row in suspects.iter_rows(named=True) if not all(fits(str(v)) for v in row.values())]
    placed = ~pl.int_range(pl.len()).is_in(too_long)
    return drawn.passed.filter(placed), drawn.passed.filter(~placed)


def _unions(drawn: DrawnLists, run: RunHeader) -> pl.DataFrame:
    return drawn.unions.select(
        "union_code",
        "pref",
        pl.col("name").alias("union_name"),
        pl.format("{}-{}", pl.lit(run.run_id), "union_code").alias("book_no"),
        "roster_on",
    )


def _list_sheet(bound: BoundRule, letter: str, rows: pl.DataFrame) -> ListSheet:
    return ListSheet(
        id=bound.rule.id,
        title=bound.rule.title,
        letter=letter,
        document=bound.rule.document,
        parameters=bound.parameters_text() or "変えられる数字はありません",
        rows=rows.filter(pl.col("list_id") == bound.rule.id).select("union_code", *LIST_SCHEMA),
    )
