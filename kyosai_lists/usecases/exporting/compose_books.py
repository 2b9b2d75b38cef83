"""From drawn lists to what each union's workbook says: people in order, sheets, letters, and rows that cannot be written."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from operator import attrgetter

import polars as pl

from kyosai_lists.ledger.freezing import PERSON_SCHEMA
from kyosai_lists.lists.arrange import arrange, list_rows, on_every_list
from kyosai_lists.lists.describe import holdings
from kyosai_lists.lists.households import same_household
from kyosai_lists.lists.offers import printed_offers
from kyosai_lists.segments.parameters import BoundRule
from kyosai_lists.usecases.gathered import DrawnLists
from kyosai_lists.usecases.roster_age import roster_warning
from kyosai_lists.workbook.model import LIST_SCHEMA, PEOPLE_SCHEMA, ListSheet, RunBooks, RunHeader
from kyosai_lists.workbook.texts import fits


@dataclass(frozen=True)
class Composition:
    """`books`: a workbook for each union, empty ones among them; `persons`: who each person in them is and what the
    sheets of lists say of them (PERSON_SCHEMA). `unplaced`: list rows left out, `printed`: those whose letter stands in ご案内 (list_id, member_key).

    `in_households`: people marked as living with another.
    """

    books: RunBooks
    persons: pl.DataFrame
    unplaced: pl.DataFrame
    printed: pl.DataFrame
    roster_warnings: dict[str, str]
    in_households: int


def compose(drawn: DrawnLists, run: RunHeader, roster_max_age_days: int) -> Composition:
    """Arranges everyone who may be approached, union by union: of a whole run, or of whole unions of it."""
    sheets = list_sheets(drawn.bound)
    discreet = frozenset(b.rule.id for b in drawn.bound if b.rule.discreet)
    placed, unplaced = _placeable(drawn)
    letters, documents = ({sheet.id: said(sheet) for sheet in sheets} for said in (_LETTER, _DOCUMENT))
    printed = printed_offers(placed, letters=letters, documents=documents, max_offers=run.max_offers)
    arranged = arrange(placed, printed, drawn.people, discreet=discreet, run_id=run.run_id)
    households = same_household(arranged.join(drawn.addresses, on="member_key", how="left"))
    persons = on_every_list(arranged, holdings(drawn.held), households)
    rows = list_rows(placed, persons, {sheet.id: sheet.title for sheet in sheets})
    of_list = rows.partition_by("list_id", as_dict=True, include_key=False)
    books = RunBooks(
        unions=books_of(drawn.unions, run),
        people=arranged.select("union_code", *PEOPLE_SCHEMA),
        lists=tuple(
            replace(sheet, rows=of_list[sheet.id,].select(sheet.rows.columns)) if (sheet.id,) in of_list else sheet
            for sheet in sheets
        ),
    )
    warnings = {
        union["union_code"]: text
        for union in drawn.unions.iter_rows(named=True)
        if (text := roster_warning(union["roster_on"], run.as_of, roster_max_age_days))
    }
    return Composition(books, persons.select(*PERSON_SCHEMA), unplaced, printed, warnings, households.height)


_LETTER, _DOCUMENT = attrgetter("letter"), attrgetter("document")


def list_sheets(bound: Sequence[BoundRule]) -> tuple[ListSheet, ...]:
    """The lists of a run, most important first, without rows."""
    return tuple(
        ListSheet(
            id=b.rule.id,
            title=b.rule.title,
            letter=_letter(place),
            document=b.rule.document,
            parameters=b.parameters_text() or "変えられる数字はありません",
            rows=pl.DataFrame(schema={"union_code": pl.String(), **LIST_SCHEMA}),
        )
        for place, b in enumerate(bound)
    )


def books_of(unions: pl.DataFrame, run: RunHeader) -> pl.DataFrame:
    """UNION_SCHEMA, of `read.unions`."""
    return unions.select(
        "union_code",
        "pref",
        pl.col("name").alias("union_name"),
        pl.format("{}-{}", pl.lit(run.run_id), "union_code").alias("book_no"),
        "roster_on",
    )


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
