"""A row word for word as the user has it, told from what was read: most cells are their own canonical form, and stand once."""

import polars as pl

from kyosai_lists.intake.reading import FileReading

_PLACE = ("sheet", "row")


def as_it_came(reading: FileReading, places: pl.DataFrame) -> pl.Series:
    """For each of `places` (sheet, row; of rows that the file has) a JSON object: heading → cell as it came, in the file's order."""
    found = places.select(_PLACE).with_row_index("at").join(reading.rows, on=_PLACE, how="left", maintain_order="left")
    parts = [
        found.filter(pl.col("sheet") == sheet).select(
            "at",
            raw=pl.struct(
                pl.col(column).cast(pl.String).alias(heading) for heading, column in cells
            ).struct.json_encode(),
        )
        for sheet, cells in reading.cells.items()
    ]
    return pl.concat(parts).sort("at")["raw"]


def places_as_they_came(readings: list[FileReading], places: pl.DataFrame) -> pl.Series:
    """The same for `places` in several files: source (the place in `readings`), sheet, row."""
    numbered = places.select("source", *_PLACE).with_row_index("at")
    parts = [pl.DataFrame(schema={"at": pl.UInt32(), "raw": pl.String()})]
    for (source,), mine in numbered.group_by("source", maintain_order=True):
        parts.append(mine.select("at").with_columns(as_it_came(readings[int(source)], mine).alias("raw")))
    return pl.concat(parts).sort("at")["raw"]
