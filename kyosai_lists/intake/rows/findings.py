"""Collects what is wrong or odd in the rows of one sheet, a whole column at a time."""

import polars as pl

from kyosai_lists.intake.opening.sheet import ROW
from kyosai_lists.intake.reading import PROBLEM_SCHEMA, Remark


class Findings:
    """`mask` below is a Boolean series over the rows of `body`; null counts as False."""

    def __init__(self, file: str, sheet: str, body: pl.DataFrame) -> None:
        self.file = file
        self.sheet = sheet
        self.rows = body[ROW]
        self.remarks: list[Remark] = []
        self._problems: list[pl.DataFrame] = []

    def problem(self, mask: pl.Series, heading: str, values: pl.Series, reason: str, remedy: str) -> None:
        """`reason` may hold `{value}`, which becomes the cell as it came."""
        if not mask.any():
            return
        before, placeholder, after = reason.partition("{value}")
        said = pl.concat_str(pl.lit(before), pl.col("value"), pl.lit(after)) if placeholder else pl.lit(reason)
        frame = pl.DataFrame({"row": self.rows, "value": values, "mask": mask}).filter("mask")
        self._problems.append(
            frame.select(
                pl.lit(self.file).alias("file"),
                pl.lit(self.sheet).alias("sheet"),
                "row",
                pl.lit(heading).alias("column"),
                "value",
                said.alias("reason"),
                pl.lit(remedy).alias("remedy"),
            )
        )

    def remark(self, mask: pl.Series, heading: str | None, text: str) -> None:
        if mask.any():
            found = self.rows.filter(mask.fill_null(False))
            self.remarks.append(Remark(self.sheet, found[0], heading, text, len(found)))

    def problems(self) -> pl.DataFrame:
        """PROBLEM_SCHEMA, in the order of the rows."""
        return pl.concat([pl.DataFrame(schema=PROBLEM_SCHEMA), *self._problems]).sort("row", maintain_order=True)
