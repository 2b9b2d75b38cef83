"""The order in which people stand in a union's workbook, and what each of its pages says of them.

Source: interface.md §3: 職場順 where the roster has it, else 職場, people without 職場 last; then フリガナ (五十音), 組合員番号.
"""

import hashlib
from collections.abc import Mapping, Sequence

import polars as pl

from kyosai_lists.lists.column_keys import full_width, kana_sort_keys
from kyosai_lists.lists.mapped import mapped
from kyosai_lists.text import match_key

ON_LEAVE = "leave"
# Of the relation `people`: what a workbook shows of a person, and what decides their place in it.
SHOWN_COLUMNS = (
    *("member_key", "union_code", "member_no", "workplace", "workplace_order", "name", "kana", "age", "status"),
    *("phone", "mobile"),
)

_OF_PERSON = ("workplace", "member_no", "name", "kana", "age", "phone")  # on the sheet of a list


def arrange(
    rows: pl.DataFrame, printed: pl.DataFrame, people: pl.DataFrame, *, discreet: frozenset[str], run_id: str
) -> pl.DataFrame:
    """Puts every person of `rows` in their place and numbers them within their union.

    Args:
        rows: list_id, member_key: everyone who may be approached.
        printed: those of `rows` whose letter and hint are printed (`offers.printed_offers`): member_key, letter, hint.
        people: SHOWN_COLUMNS, and whatever else.
        discreet: ids of the lists marked † in lists.md. Whoever is on one stands apart, printed or not.

    Returns:
        One row per person, ordered: union_code, member_key, no (Int64), row_id, discreet (Boolean), workplace, kana,
        name, hint, letters, previous (String), member_no, age (Int64), phone.
    """
    said = pl.col("hint").filter(pl.col("hint") != "").unique(maintain_order=True)
    told = printed.group_by("member_key", maintain_order=True).agg(
        hint=said.str.join("・"), letters=pl.col("letter").str.join(" ")
    )
    apart = rows.filter(pl.col("list_id").is_in(list(discreet)))["member_key"]
    persons = told.with_columns(hidden=pl.col("member_key").is_in(apart.implode()))
    persons = persons.join(people.drop("hint", strict=False), on="member_key", how="inner", maintain_order="left")
    return _numbered(_ordered(_as_shown(persons, run_id)))


def _as_shown(persons: pl.DataFrame, run_id: str) -> pl.DataFrame:
    # One workplace stays one, however its spaces and widths were typed: the first spelling is printed.
    workplace = mapped(persons["workplace"].fill_null(""), match_key)
    persons = persons.with_columns(workplace_key=workplace)
    kana = full_width(persons["kana"].fill_null(""))
    return persons.with_columns(
        discreet=pl.col("hidden") | (pl.col("status") == ON_LEAVE),
        workplace=pl.when(pl.col("workplace_key") == "")
        .then(pl.lit(""))
        .otherwise(pl.col("workplace").first().over("union_code", "workplace_key", order_by="member_no")),
        kana=kana,
        kana_order=kana_sort_keys(kana),
        previous=pl.lit(""),
        phone=pl.coalesce("mobile", "phone", pl.lit("")),
        row_id=mapped(persons["member_key"], lambda key: hashlib.sha256(f"{run_id}|{key}".encode()).hexdigest()[:12]),
    )


def _ordered(persons: pl.DataFrame) -> pl.DataFrame:
    # One workplace stands together even if its people carry different 職場順.
    together = pl.col("workplace_order").min().over("union_code", "workplace")
    nowhere = pl.col("workplace") == ""
    return persons.with_columns(nowhere=nowhere, at=together).sort(
        "union_code", "discreet", "nowhere", "at", "workplace", "kana_order", "member_no", nulls_last=True
    )


def _numbered(persons: pl.DataFrame) -> pl.DataFrame:
    number = pl.int_range(1, pl.len() + 1, dtype=pl.Int64).over("union_code")
    return persons.with_columns(no=number).select(
        *("union_code", "member_key", "no", "row_id", "discreet", "workplace", "kana", "name"),
        *("hint", "letters", "previous", "member_no", "age", "phone"),
    )


def on_every_list(arranged: pl.DataFrame, holdings: pl.DataFrame, households: pl.DataFrame) -> pl.DataFrame:
    """`arranged` with what the sheet of each of a person's lists says of them: holdings, household (String, "" for none).

    Args:
        holdings: member_key, holdings. households: member_key, household.
    """
    told = arranged.join(holdings, on="member_key", how="left", maintain_order="left")
    told = told.join(households, on="member_key", how="left", maintain_order="left")
    return told.with_columns(pl.col("holdings", "household").fill_null(""))


def list_rows(rows: pl.DataFrame, persons: pl.DataFrame, titles: Mapping[str, str]) -> pl.DataFrame:
    """The rows of each list's own sheet: list_id, union_code and `workbook.model.LIST_SCHEMA`, ordered by No.

    Args:
        rows: list_id, member_key, reason, contracts, printed or not. persons: of `on_every_list`. titles: list id → title, in order.
    """
    people = persons.with_row_index("at")
    places = {list_id: place for place, list_id in enumerate(titles)}
    named = (
        rows.with_columns(place=pl.col("list_id").replace_strict(places, return_dtype=pl.Int64))
        .join(people.select("member_key", "at"), on="member_key")
        .sort("place", "at")
    )
    others = _other_lists(named.select("at", "place"), list(titles.values()))
    # Whoever stands on several lists is looked up by number, not joined by key: most of an export's rows are such.
    of_person = people.select("union_code", "no", *_OF_PERSON, "holdings", "household")[named["at"]]
    return pl.concat(
        [named.select("list_id", "reason", "contracts"), of_person, others.to_frame()], how="horizontal"
    ).select(
        *("list_id", "union_code", "no", *_OF_PERSON, "reason", "contracts", "holdings", "other_lists", "household")
    )


def _other_lists(rows: pl.DataFrame, titles: Sequence[str]) -> pl.Series:
    """`other_lists` (String): for each of `rows` the titles of the other lists that the person is on, in order.

    Args:
        rows: at (of the person), place (Int64, of the list), ordered by place; no row twice. titles: by place.
    """
    together = rows.group_by("at").agg(key=pl.col("place").cast(pl.String).str.join(";"))
    keyed = rows.join(together, on="at", how="left", maintain_order="left")
    # Many people are on the same lists: a nation's four million rows have some tens of thousands of different texts.
    kinds = keyed.select("key", "place").unique()
    texts = [
        "、".join(titles[other] for other in map(int, key.split(";")) if other != place)
        for key, place in kinds.iter_rows()
    ]
    said = kinds.with_columns(pl.Series("other_lists", texts, dtype=pl.String))
    return keyed.join(said, on=["key", "place"], how="left", maintain_order="left")["other_lists"]
