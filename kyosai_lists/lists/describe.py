"""What is said about a person on a list: 理由, 声かけの手がかり, 対象契約, 加入状況. One row per person, however many contracts."""

import re
from collections.abc import Mapping, Sequence

import polars as pl

from kyosai_lists.products import PRODUCTS

# `contracts`: a line for each; `contract_names`: what they are, each once; `renewal_month`: of the earliest.
TOLD_SCHEMA: dict[str, pl.DataType] = {
    "member_key": pl.String(), "contracts": pl.String(), "contract_names": pl.String(), "contract_count": pl.Int64(),
    "renewal_month": pl.Int64(),
}  # fmt: skip
_MARK = re.compile(r"\{(\w+)\}")
_ISO_DAY = r"^(\d+)-0?(\d+)-0?(\d+)$"


def contracts_told(matched: Sequence[pl.DataFrame], held: pl.DataFrame) -> list[pl.DataFrame]:
    """The contracts of each person on several lists, in words; for all lists at once, since an expression has its price.

    Args:
        matched: of each list, the rule's rows: member_key, perhaps contract_key.
        held: contract_key, contract_no, product, type, renews_on.

    Returns:
        For each list TOLD_SCHEMA, a row for each person with a contract, earliest renewal first.
    """
    lines = _lines(held)
    each = pl.concat(
        [
            pl.DataFrame(schema={"place": pl.Int32(), "member_key": pl.String(), "contract_key": pl.String()}),
            *(
                rows.select(pl.lit(place, pl.Int32).alias("place"), "member_key", "contract_key").unique()
                for place, rows in enumerate(matched)
                if "contract_key" in rows.columns
            ),
        ]
    )
    found = each.join(lines.select("contract_key", "at"), on="contract_key").sort("at")
    said = pl.concat(
        [found.select("place", "member_key"), lines.drop("at", "contract_key")[found["at"]]], how="horizontal"
    )
    several = pl.len().over("place", "member_key") > 1
    grouped = pl.concat([_alone(said.filter(~several)), _together(said.filter(several))])
    by_place = grouped.partition_by("place", as_dict=True, include_key=False)
    none = pl.DataFrame(schema=TOLD_SCHEMA)
    return [by_place.get((place,), none) for place in range(len(matched))]


def one_row_per_person(
    matched: pl.DataFrame, people: pl.DataFrame, contracts: pl.DataFrame, *, reason: str, hint: str
) -> pl.DataFrame:
    """Joins the contracts of each matched person and says why the person is on the list.

    Args:
        matched: the rule's rows: member_key, perhaps contract_key, perhaps further String columns for the sentences, of
            which a person's smallest is said; one whose name ends in _on is a day as ISO text.
        people: the relation `people` (`segments.run.Segments.people`).
        contracts: TOLD_SCHEMA, as `contracts_told` gives it for `matched`.
        reason, hint: sentences with {column} marks. A hint with an empty mark says nothing.

    Returns:
        member_key, reason, hint, contracts (all String), one row per person, ordered by member_key.
    """
    extras = [name for name in matched.columns if name not in ("member_key", "contract_key")]
    told = matched.select("member_key", *extras).unique().sort("member_key", *extras, nulls_last=True)
    first = told.unique("member_key", keep="first", maintain_order=True) if extras else told
    facts = first.join(contracts, on="member_key", how="left", maintain_order="left")
    if columns := [name for name in marks(reason + hint) if name not in facts.columns]:
        of_people = people.select("member_key", *dict.fromkeys(columns))
        facts = facts.join(of_people, on="member_key", how="left", maintain_order="left")
    return facts.select(
        "member_key",
        reason=_sentence(reason, facts.schema, empty=""),
        hint=_sentence(hint, facts.schema, empty=None).fill_null(""),
        contracts=pl.col("contracts").fill_null(""),
    )


def marks(sentence: str) -> list[str]:
    """The columns that a sentence names."""
    return _MARK.findall(sentence)


def holdings(held: pl.DataFrame) -> pl.DataFrame:
    """member_key and `holdings`: the names of the products held by the member, in the order of `products.PRODUCTS`.

    Args:
        held: member_key, product, own (Int64: 1 for the member's own).
    """
    order = pl.DataFrame(
        [(p.id, i, p.name) for i, p in enumerate(PRODUCTS)],
        schema={"product": pl.String, "place": pl.Int64, "product_name": pl.String},
        orient="row",
    )
    own = held.filter(pl.col("own") == 1)
    each = own.select("member_key", "product").unique().join(order, on="product").sort("member_key", "place")
    return each.group_by("member_key", maintain_order=True).agg(holdings=pl.col("product_name").str.join("・"))


def _lines(held: pl.DataFrame) -> pl.DataFrame:
    """contract_key, renews_on, contract_name, line, and `at`: the place in this order, earliest renewal first."""
    names = pl.col("product").replace_strict({p.id: p.name for p in PRODUCTS}, default=pl.col("product"))
    typed = pl.when(pl.col("type").fill_null("") != "").then(pl.format("({})", "type")).otherwise(pl.lit(""))
    renewal = (
        pl.when(pl.col("renews_on").is_not_null()).then(pl.format(" 満期{}", _day("renews_on"))).otherwise(pl.lit(""))
    )
    return (
        held.sort("renews_on", "contract_no", nulls_last=True)
        .select("contract_key", "contract_no", "renews_on", contract_name=names + typed, renewal=renewal)
        .with_columns(line=pl.col("contract_no") + " " + pl.col("contract_name") + pl.col("renewal"))
        .select("contract_key", "renews_on", "contract_name", "line")
        .with_row_index("at")
    )


def _alone(said: pl.DataFrame) -> pl.DataFrame:
    """What `_together` makes of people with one contract, as almost all are: there is nothing to join."""
    return said.select(
        "place",
        "member_key",
        contracts="line",
        contract_names="contract_name",
        contract_count=pl.lit(1, pl.Int64),
        renewal_month=pl.col("renews_on").dt.month().cast(pl.Int64),
    )


def _together(said: pl.DataFrame) -> pl.DataFrame:
    """place, and TOLD_SCHEMA."""
    return said.group_by("place", "member_key").agg(
        contracts=pl.col("line").str.join("\n"),
        contract_names=pl.col("contract_name").unique(maintain_order=True).str.join("・"),
        contract_count=pl.len().cast(pl.Int64),
        renewal_month=pl.col("renews_on").first().dt.month().cast(pl.Int64),
    )


def _sentence(template: str, schema: Mapping[str, pl.DataType], empty: str | None) -> pl.Expr:
    """`template` with each {column} replaced; `empty` stands for a missing value (None: the whole sentence falls away)."""
    named = marks(template)
    if not named:
        return pl.lit(template, pl.String)
    values = [_spoken(mark, schema[mark]) for mark in named]
    pieces = _MARK.split(template)[::2]
    if empty is None:
        values = [value.replace("", None) for value in values]
    parts: list[pl.Expr] = [pl.lit(pieces[0])]
    for value, piece in zip(values, pieces[1:], strict=True):
        parts += [value if empty is None else value.fill_null(empty), pl.lit(piece)]
    return pl.concat_str(parts)


def _spoken(mark: str, kind: pl.DataType) -> pl.Expr:
    if kind == pl.Date:
        return _day(mark)
    text = pl.col(mark).cast(pl.String)
    return text.str.replace(_ISO_DAY, "${1}年${2}月${3}日") if mark.endswith("_on") else text


def _day(column: str) -> pl.Expr:
    """`2027年3月31日`"""
    day = pl.col(column)
    return pl.format("{}年{}月{}日", day.dt.year(), day.dt.month(), day.dt.day())
