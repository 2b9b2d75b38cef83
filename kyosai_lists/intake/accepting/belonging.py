"""Whose a row is: codes normalised, the prefecture it belongs to, and the keys that follow from both. Pure.

Source: interface.md §1, "Everyone belongs to a prefecture".
"""

from collections.abc import Callable
from dataclasses import dataclass

import polars as pl

from kyosai_lists.intake.layouts import Layout
from kyosai_lists.products import riders_key, type_key
from kyosai_lists.text import UNCLEAR_PREF, code_key

# Columns that are compared by a normalised form beside them, because they are kept as they came.
KEY_OF = {
    "member_no": "member_number",
    "contract_no": "contract_number",
    "main_contract_no": "main_number",
    "type": "type_key",
    "riders": "riders_key",
}
# A code of these characters alone is its own key, and almost all are; Python need not look at millions of them.
_PLAIN_CODE = "[0-9A-Za-z-]*"
_KEY_MADE_BY = {"type": type_key, "riders": riders_key}  # the others are codes


@dataclass(frozen=True)
class Known:
    """What the store and the settings know before the rows come in.

    `unions`: union_code, pref. `members`: member_key, pref, number (normalised). `prefectures`: the workspace's own, () for any.
    """

    unions: pl.DataFrame
    members: pl.DataFrame
    prefectures: tuple[str, ...]

    @property
    def only_prefecture(self) -> str | None:
        candidates = self.prefectures or tuple(self.unions["pref"].unique())
        return candidates[0] if len(candidates) == 1 else None


def with_keys(layout: Layout, rows: pl.DataFrame, known: Known) -> pl.DataFrame:
    """`rows` with `pref` filled where it is known, and `member_key`, `contract_key`, `main_contract_key`, `record_key`.

    A key is "" where it could not be read, and begins with UNCLEAR_PREF where the prefecture is not known.
    """
    return _keys(layout, _prefecture(layout, _codes(layout, rows), known))


def is_prefecture(column: str) -> pl.Expr:
    return pl.col(column).str.contains(r"^(0[1-9]|[1-3]\d|4[0-7])$")


def over_unique(column: pl.Series, function: Callable[[str], str], same: str = "") -> pl.Expr:
    """`function` applied to each different value once, but to none that is of the pattern `same`: that one stays as it is."""
    values = column.drop_nulls()
    odd = values.filter(~values.str.contains(f"^{same}$")).unique()
    return pl.col(column.name).replace(odd, pl.Series([function(v) for v in odd], dtype=pl.String))


def _codes(layout: Layout, rows: pl.DataFrame) -> pl.DataFrame:
    """Normalised codes: `pref`, `union_code` and a campaign's `code` in place, member and contract numbers as keys beside the text."""
    changes: dict[str, pl.Expr] = {}
    for name in ("pref", "union_code", "code"):
        if name in rows.columns:
            changes[name] = over_unique(rows[name], code_key, _PLAIN_CODE)
    for name, key in KEY_OF.items():
        if name in rows.columns:
            made_by = _KEY_MADE_BY.get(name)
            changes[key] = over_unique(rows[name], *((made_by,) if made_by else (code_key, _PLAIN_CODE)))
    one_digit = pl.col("pref").str.contains(r"^\d$")
    rows = rows.with_columns(**changes)
    return (
        rows.with_columns(pref=pl.when(one_digit).then("0" + pl.col("pref")).otherwise("pref"))
        if "pref" in rows.columns
        else rows
    )


def _prefecture(layout: Layout, rows: pl.DataFrame, known: Known) -> pl.DataFrame:
    """Fills `pref`: as given, else the union's, else the workspace's only one, else that of the one person with the number."""
    if layout.id == "guides":
        return rows
    given = pl.col("pref").replace("", None)
    if layout.id == "unions":
        own = pl.lit(known.prefectures[0] if len(known.prefectures) == 1 else None, pl.String)
        rows = rows.with_columns(in_code=pl.col("union_code").str.slice(0, 2))
        of_code = pl.when(is_prefecture("in_code")).then("in_code").otherwise(own)
        return rows.with_columns(pref=given.fill_null(of_code)).drop("in_code")
    rows = rows.with_columns(pref=given)
    if not rows["pref"].null_count():
        return rows
    if "union_code" in rows.columns:
        of_union = known.unions.select("union_code", of_union="pref")
        rows = rows.join(of_union, on="union_code", how="left", maintain_order="left")
        rows = rows.with_columns(pref=pl.col("pref").fill_null(pl.col("of_union"))).drop("of_union")
    if layout.id == "targets":  # neither prefecture nor union: the nation's target
        return rows.with_columns(pl.col("pref").fill_null(""))
    rows = rows.with_columns(pl.col("pref").fill_null(pl.lit(known.only_prefecture, pl.String)))
    if layout.id == "campaigns":
        return rows.with_columns(pl.col("pref").fill_null(""))
    sole = known.members.group_by("number").agg(sole=pl.col("pref").first(), many=pl.len()).filter(pl.col("many") == 1)
    rows = rows.join(
        sole.select("number", "sole"), left_on="member_number", right_on="number", how="left", maintain_order="left"
    )
    return rows.with_columns(pref=pl.col("pref").fill_null(pl.col("sole"))).drop("sole")


def _keys(layout: Layout, rows: pl.DataFrame) -> pl.DataFrame:
    """Adds `member_key`, `contract_key`, `main_contract_key` and `record_key`, each "" where it could not be read."""
    # A wrong prefecture is an unclear one: a stop under it must still find its person by the number.
    pref = (
        pl.when(is_prefecture("pref")).then("pref").otherwise(pl.lit(UNCLEAR_PREF))
        if "pref" in rows.columns
        else pl.lit("")
    )

    def key(number: str) -> pl.Expr:
        readable = pl.col(number).is_not_null() & (pl.col(number) != "")
        return pl.when(readable).then(pref + "-" + pl.col(number)).otherwise(pl.lit(""))

    if "member_number" in rows.columns:
        rows = rows.with_columns(member_key=key("member_number"))
    else:
        rows = rows.with_columns(member_key=pl.lit(""))
    if "contract_number" in rows.columns:
        rows = rows.with_columns(contract_key=key("contract_number"))
    if "main_number" in rows.columns:
        named = key("main_number")
        rows = rows.with_columns(main_contract_key=pl.when(pl.col("main_number").is_null()).then(None).otherwise(named))
    parts = [pl.col(KEY_OF.get(name, name)) for name in layout.key]
    required = [p for p, name in zip(parts, layout.key, strict=True) if layout.column(name).filled]
    readable = pl.all_horizontal(*(p.is_not_null() for p in parts), *(p != "" for p in required))
    joined = pl.concat_str(parts, separator="\x1f")
    return rows.with_columns(record_key=pl.when(readable).then(joined).otherwise(pl.lit("")))
