"""What is proposed for one sheet. Holds no cell of it: examples are masked, headings are all that is repeated."""

from dataclasses import dataclass
from enum import Enum

from kyosai_lists.intake.layouts import Layout


class Confidence(Enum):
    KNOWN = "known"  # the program understands the heading by itself
    CERTAIN = "certain"
    LIKELY = "likely"
    UNKNOWN = "unknown"


class State(Enum):
    RECOGNISED = "recognised"  # can be read as it is
    PROPOSED = "proposed"  # can be read once the proposed lines stand in kyosai.toml
    LACKING = "lacking"  # a bold column has no proposal, or headings must be changed in the file first
    NO_HEADING = "no_heading"  # the columns are guessed, but there is no heading to write into kyosai.toml
    NO_TABLE = "no_table"


@dataclass(frozen=True)
class ProposedColumn:
    """One column of the sheet. `standard`: the standard heading it stands for, or None. `check`: what a person must look at.

    `writable`: whether the heading can be told from the others, so that kyosai.toml can name it.
    """

    letter: str
    heading: str
    standard: str | None
    bold: bool
    confidence: Confidence
    reason: str
    example: str
    check: str | None = None
    writable: bool = True

    @property
    def to_write(self) -> bool:
        """Whether a line in kyosai.toml is wanted for it."""
        return self.standard is not None and self.writable and self.confidence is not Confidence.KNOWN


@dataclass(frozen=True)
class Proposal:
    """`heading_row` counts from 1, None where there is no heading. `missing`: bold columns without a proposal.

    `todo`: what a person has to do in the file, complete sentences.
    """

    sheet: str
    state: State
    heading_row: int | None = None
    layout: Layout | None = None
    layout_reason: str = ""
    columns: tuple[ProposedColumn, ...] = ()
    missing: tuple[str, ...] = ()
    todo: tuple[str, ...] = ()
    unit_code_in_title: bool = False
