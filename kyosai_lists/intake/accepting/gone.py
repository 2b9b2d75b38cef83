"""Who is stored but no longer in a file that is said to be complete. Told, never acted on. Pure."""

import polars as pl

from kyosai_lists.intake.accepting.accept import Accepted
from kyosai_lists.intake.layouts import Layout

# Layout → the stored column whose values in the file tell what the file covers.
SCOPE = {"unions": "pref", "members": "union_code", "contracts": "pref", "applications": "pref", "suppressions": "pref"}


def gone(layout: Layout, accepted: Accepted, stored: pl.DataFrame) -> pl.DataFrame:
    """The rows of `stored` that the file covers and does not have, not even on 保留.

    Args:
        stored: record_key (as the store has it), member_key, scope (the layout's SCOPE column), all String.
    """
    if layout.id not in SCOPE:
        return stored.clear()
    covered = accepted.rows[SCOPE[layout.id]].unique().implode()
    there = pl.concat([_record_keys(layout, accepted.rows), _record_keys(layout, accepted.quarantined)]).implode()
    return stored.filter(pl.col("scope").is_in(covered) & ~pl.col("record_key").is_in(there))


def _record_keys(layout: Layout, rows: pl.DataFrame) -> pl.Series:
    """As the store joins them: the prefecture and the number are one part."""
    parts = (
        pl.col("record_key").str.replace("\x1f", "-", literal=True) if layout.key[0] == "pref" else pl.col("record_key")
    )
    return rows.select(parts.str.replace_all("\x1f", "\t", literal=True))["record_key"]
