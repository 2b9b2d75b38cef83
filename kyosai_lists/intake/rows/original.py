"""The whole row as the user has it, and which of its columns are not used."""

from dataclasses import dataclass

import polars as pl

from kyosai_lists.intake.headings.header import Header
from kyosai_lists.intake.opening.sheet import Sheet, cell_columns
from kyosai_lists.intake.reading import AS_CAME, Remark
from kyosai_lists.intake.rows.check import heading_of
from kyosai_lists.intake.rows.columns import Canonical


@dataclass(frozen=True)
class Originals:
    """`cells`: each heading and the column that has its cells as they came: one of the canonical `values`, or of `others`."""

    cells: list[tuple[str, str]]
    others: list[pl.Series]


def originals(body: pl.DataFrame, read: Canonical, header: Header) -> Originals:
    """In the order of the file. Cells that were read are kept as Categorical, a quarter of the room. A 単組コード that only a title row gives is added, so that the row can be read again by itself."""
    fields = {index: name for name, index in header.fields.items()}
    cells: list[tuple[str, str]] = []
    others: list[pl.Series] = []
    for index, name in _shown(body, header):
        field = fields.get(index, "")
        came = read.came.get(field)
        if field in read.values and read.values[field].equals(body[name], null_equal=True):
            column = field
        elif came is not None and not came.null_count():
            column = f"{AS_CAME}{index} of few"  # so that a column of this name is of one type in all sheets
            others.append(came.alias(column))
        else:
            column = f"{AS_CAME}{index}"
            others.append(body[name].alias(column))
        cells.append((heading_of(index, header), column))
    if header.unit_code:
        cells.append((header.layout.column("union_code").header, "union_code"))
    return Originals(cells, others)


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
