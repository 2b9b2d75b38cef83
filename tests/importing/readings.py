"""Files as `read_file` gives them, made by hand for `accept`."""

from pathlib import Path

import polars as pl

from kyosai_lists.intake.accepting.belonging import Known
from kyosai_lists.intake.reading import PROBLEM_SCHEMA, FileReading

Row = dict[str, str | None]


def reading(layout: str, rows: list[Row], *, unreadable: tuple[int, ...] = (), name: str = "a.csv") -> FileReading:
    """`rows`: fields by name, all with the same fields; row 2 of the file is the first. `unreadable`: positions in `rows`."""
    fields = list(rows[0])
    frame = pl.DataFrame(
        [(name, "", i, None, *(row[f] for f in fields)) for i, row in enumerate(rows, start=2)],
        schema={"file": pl.String, "sheet": pl.String, "row": pl.Int64, "hold": pl.String}
        | dict.fromkeys(fields, pl.String()),
        orient="row",
    )
    wrong = [(name, "", i + 2, "在籍区分", "?", "読めません", "直してください") for i in unreadable]
    problems = pl.DataFrame(wrong, schema=PROBLEM_SCHEMA, orient="row")
    return FileReading(Path(name), layout, "utf-8", frame, problems, {"": [(field, field) for field in fields]})


def known(
    unions: dict[str, str] | None = None, people: set[tuple[str, str]] | None = None, own: tuple[str, ...] = ()
) -> Known:
    """`unions`: code → prefecture; `people`: (prefecture, number)."""
    return Known(
        unions=pl.DataFrame(
            list((unions or {}).items()), schema={"union_code": pl.String, "pref": pl.String}, orient="row"
        ),
        members=pl.DataFrame(
            [(f"{pref}-{number}", pref, number) for pref, number in sorted(people or ())],
            schema={"member_key": pl.String, "pref": pl.String, "number": pl.String},
            orient="row",
        ),
        prefectures=own,
    )
