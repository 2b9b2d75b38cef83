"""The whole row as the user has it, and which of its columns are not used."""

import polars as pl

from kyosai_lists.intake.headings.header import Header
from kyosai_lists.intake.opening.sheet import Sheet, cell_columns
from kyosai_lists.intake.reading import Remark
from kyosai_lists.intake.rows.check import heading_of


def originals(body: pl.DataFrame, header: Header) -> pl.Series:
    """For each row a JSON object: heading → cell as it came, in the order of the file.

    A 単組コード that only a title row gives is added, so that the row can be read again by itself.
    """
    cells = [pl.col(name).alias(heading_of(index, header)) for index, name in _shown(body, header)]
    if header.unit_code:
        cells.append(pl.lit(header.unit_code).alias(header.layout.column("union_code").header))
    return body.select(pl.struct(cells).struct.json_encode().alias("raw"))["raw"]


def unused_headings(body: pl.DataFrame, header: Header, sheet: Sheet) -> list[Remark]:
    """One remark that names the columns that are not taken in."""
    unused = [heading_of(i, header) for i, _ in _shown(body, header) if i not in header.match.explained]
    if not unused:
        return []
    names = "、".join(name.strip().replace("\n", "") for name in unused)
    return [Remark(sheet.name, header.index + 1, None, f"使わない列があります: {names}", len(unused))]


def _shown(body: pl.DataFrame, header: Header) -> list[tuple[int, str]]:
    """The columns that have a heading or anything in them."""
    names = cell_columns(body)
    filled = body.select(pl.col(names).ne("").any())
    titled = {index for index, heading in enumerate(header.written) if heading.strip()}
    shown = [(i, name) for i, name in enumerate(names) if i in titled or filled[name].item()]
    return [(i, name) for i, name in shown if i not in header.aside]
