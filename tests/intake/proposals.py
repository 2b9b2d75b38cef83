"""Sheets made of the sample files, with other headings; and what is proposed for them."""

import csv
from io import StringIO
from pathlib import Path

from kyosai_lists.intake.opening import delimited
from kyosai_lists.intake.proposing.proposal import Confidence, Proposal, ProposedColumn
from kyosai_lists.intake.proposing.propose import propose
from kyosai_lists.intake.read import open_sheets
from kyosai_lists.intake.reading import ReadingOptions

from .conftest import TODAY

SAMPLES = Path(__file__).parents[1] / "samples"
ROSTER = "組合員名簿_県支部.csv"
CONTRACTS = "契約_基幹システム_20261031.csv"
OPTIONS = ReadingOptions(today=TODAY)
Rows = list[list[str]]


def sample_rows(name: str, most: int = 400) -> Rows:
    sheet = open_sheets(SAMPLES / name, OPTIONS).sheets[0]
    body = sheet.body(1).head(most)
    return [sheet.head[0], *(list(row) for row in body.select(f"c{i}" for i in range(len(sheet.head[0]))).iter_rows())]


def text_of(rows: Rows) -> str:
    out = StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue()


def proposed(rows: Rows, options: ReadingOptions = OPTIONS) -> Proposal:
    return propose(delimited.sheet_of(text_of(rows), ",", "名簿.csv"), options)


def meanings(proposal: Proposal) -> dict[str, str]:
    """Heading → the standard heading that is proposed for it."""
    return {column.heading: column.standard for column in proposal.columns if column.standard}


def of(proposal: Proposal, heading: str) -> ProposedColumn:
    return next(column for column in proposal.columns if column.heading == heading)


def certain(proposal: Proposal) -> set[str]:
    return {column.heading for column in proposal.columns if column.confidence is Confidence.CERTAIN}
