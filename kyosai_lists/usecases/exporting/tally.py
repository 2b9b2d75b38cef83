"""What a run comes to, part by part while its workbooks are made: counts, and its rows as the 台帳 keeps them."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from kyosai_lists.ledger.freezing import PLACES_SCHEMA, FrozenBook, freeze, places
from kyosai_lists.usecases.exporting.compose_books import Composition
from kyosai_lists.usecases.gathered import DrawnLists

PASSED, SUPPRESSED, UNPLACED, PRINTED = "passed", "suppressed", "unplaced", "printed"
_ROWS = {"what": pl.String(), "list_id": pl.String(), "pref": pl.String(), "reason": pl.String(), "rows": pl.Int64()}


@dataclass(frozen=True)
class Tally:
    """`rows`: how many list rows passed, were suppressed (why), could not be placed, have their letter printed, by list and
    prefecture. `roster_warnings`: by union code. `frozen`: of each union with a workbook, in order; `people`: PLACES_SCHEMA.
    """

    rows: pl.DataFrame
    in_households: int
    roster_warnings: dict[str, str]
    frozen: list[FrozenBook]
    people: pl.DataFrame

    @classmethod
    def of(cls, drawn: DrawnLists, composition: Composition) -> "Tally":
        """Of one part of a run."""
        where = drawn.people.join(drawn.unions.select("union_code", "pref"), on="union_code").select(
            "member_key", "pref"
        )
        kinds = (
            (PASSED, drawn.passed.with_columns(reason=pl.lit(""))),
            (SUPPRESSED, drawn.suppressed.with_columns(reason="suppressed")),
            (UNPLACED, composition.unplaced.with_columns(reason=pl.lit(""))),
            (PRINTED, composition.printed.with_columns(reason=pl.lit(""))),
        )
        return cls(
            rows=pl.concat([pl.DataFrame(schema=_ROWS), *(_counted(what, rows, where) for what, rows in kinds)]),
            in_households=composition.in_households,
            roster_warnings=composition.roster_warnings,
            frozen=list(freeze(composition.books, composition.persons)),
            people=places(composition.books, composition.persons),
        )

    @classmethod
    def together(cls, parts: Sequence["Tally"]) -> "Tally":
        return cls(
            rows=pl.concat([pl.DataFrame(schema=_ROWS), *(part.rows for part in parts)]),
            in_households=sum(part.in_households for part in parts),
            roster_warnings={code: text for part in parts for code, text in part.roster_warnings.items()},
            frozen=[book for part in parts for book in part.frozen],
            people=pl.concat([pl.DataFrame(schema=PLACES_SCHEMA), *(part.people for part in parts)]),
        )

    def count(self, what: str, list_id: str | None = None) -> int:
        """Of one list, None: of all."""
        own = pl.lit(True) if list_id is None else pl.col("list_id") == list_id
        return int(self.rows.filter(pl.col("what") == what, own)["rows"].sum())

    def suppressed(self, pref: str | None = None) -> dict[str, int]:
        """Rows by reason, of one prefecture, None: of all."""
        own = pl.lit(True) if pref is None else pl.col("pref") == pref
        counted = self.rows.filter(pl.col("what") == SUPPRESSED, own).group_by("reason").agg(pl.col("rows").sum())
        return dict(counted.sort("reason").iter_rows())


def _counted(what: str, rows: pl.DataFrame, where: pl.DataFrame) -> pl.DataFrame:
    known = rows.select("list_id", "member_key", "reason").join(where, on="member_key")
    counted = known.group_by("list_id", "pref", "reason").agg(rows=pl.len().cast(pl.Int64))
    return counted.select(pl.lit(what, pl.String).alias("what"), "list_id", "pref", "reason", "rows")
