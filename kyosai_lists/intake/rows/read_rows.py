"""The rows of one table: clutter left out, each cell in canonical form, and everything that is wrong or odd in them."""

from dataclasses import dataclass

import polars as pl

from kyosai_lists.intake.headings.header import Header
from kyosai_lists.intake.headings.recognise import Table
from kyosai_lists.intake.layouts import CAMPAIGNS
from kyosai_lists.intake.opening.sheet import ROW, cell
from kyosai_lists.intake.reading import ReadingOptions, Remark
from kyosai_lists.intake.rows.check import check_campaign_start, check_characters, check_dates, check_types, check_width
from kyosai_lists.intake.rows.columns import canonical
from kyosai_lists.intake.rows.findings import Findings
from kyosai_lists.intake.rows.hold import returned
from kyosai_lists.intake.rows.left_out import without_clutter
from kyosai_lists.intake.rows.merged import spread_down
from kyosai_lists.intake.rows.original import originals, unused_headings


@dataclass(frozen=True)
class TableRows:
    """`rows`, `problems`, `cells`, `remarks` and `withdrawn` as a `FileReading` has them, of one table."""

    rows: pl.DataFrame
    problems: pl.DataFrame
    cells: list[tuple[str, str]]
    remarks: list[Remark]
    withdrawn: tuple[str, ...]


def rows_of(table: Table, file: str, options: ReadingOptions, *, epoch_1904: bool = False) -> TableRows:
    """
    Raises:
        FileRefused: the unit's code, which a title gives for the whole sheet, changes further down.
    """
    sheet, header = table.sheet, table.header
    whole = _as_wide_as(header, sheet.body(header.index + header.lines))
    spread, merged = spread_down(sheet, header, whole)
    cleared, left_out = without_clutter(sheet, header, spread, file)
    back = returned(cleared, header, sheet)
    body = back.body
    findings = Findings(file, sheet.name, body)
    findings.remarks += [*unused_headings(body, header, sheet), *merged, *left_out, *back.remarks]
    trusted = check_characters(body, header, findings)
    check_width(body, header, findings)
    read = canonical(trusted, header, findings, epoch_1904=epoch_1904)
    values = read.values
    check_dates(body, values, header, findings, options.today)
    check_types(body, values, header, findings)
    if header.layout is CAMPAIGNS:
        check_campaign_start(body, values, header, findings)
    place = [pl.lit(file).alias("file"), pl.lit(sheet.name).alias("sheet"), pl.col(ROW)]
    original = originals(body, read, header)
    columns = [back.numbers.alias("hold"), *(s.alias(name) for name, s in values.items()), *original.others]
    rows = body.select(*place, *columns)
    return TableRows(rows, findings.problems(), original.cells, findings.remarks, back.withdrawn)


def _as_wide_as(header: Header, body: pl.DataFrame) -> pl.DataFrame:
    """Every row of a broken file may end before the header does."""
    there = set(body.columns)  # a stray cell far to the right makes a header of 16,384 columns
    missing = [name for i in range(len(header.written)) if (name := cell(i)) not in there]
    return body.with_columns(pl.lit("").alias(name) for name in missing)
