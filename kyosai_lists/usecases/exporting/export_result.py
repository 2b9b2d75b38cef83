"""What became of an export: each union's file, and totals that add up."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from kyosai_lists.campaigns.came_out import Served
from kyosai_lists.ledger.chain import Entry


@dataclass(frozen=True)
class WrittenBook:
    """One union's workbook: `path` relative to the export's folder, "" when nobody is on it; `rows` by list id.

    `sha256`: of the file; `plain_sha256`: of the workbook before it was sealed.
    """

    pref: str
    union_code: str
    union_name: str
    path: str
    sha256: str
    plain_sha256: str
    people: int
    rows: dict[str, int]
    sheet_rows: dict[str, int]


@dataclass(frozen=True)
class WrittenUnionLists:
    """The workbook with the lists of unions: `path` relative to the export's folder; by list id `titles`, `rows` and, of an
    empty list, `notes` (why it is empty).
    """

    path: str
    data: bytes
    sha256: str
    titles: dict[str, str]
    rows: dict[str, int]
    notes: dict[str, str]


@dataclass(frozen=True)
class Finished:
    """Runs that were killed earlier. `done`: they have their folder now; `waiting`: they cannot have it here and now."""

    done: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()


@dataclass(frozen=True)
class FarOff:
    """A list with far more or fewer people than in the run `before_run`, counted over the unions of both."""

    list_id: str
    title: str
    before_run: str
    before: int
    now: int

    @property
    def in_words(self) -> str:
        way = f"{abs(self.now - self.before) * 100 // self.before}%" if self.before else ""
        return (
            f"「{self.title}」が前回(名簿番号 {self.before_run})の{self.before:,}人から{self.now:,}人に"
            f"{way}{'増えて' if self.now > self.before else '減って'}います"
        )


@dataclass(frozen=True)
class ExportResult:
    """matched = delivered + the sum of `suppressed` + unplaced, in rows of lists of people.

    `past_retirement`: 組合員番号 of people in service whose computed leaving date lies before D.
    `titles`, `letters`: by list id, most important first. `on_hold`: rows that still wait on 保留, by the
    layout's title. `waiting`: contracts whose member is not in the store. `replaces`: the run whose untouched files stood in `out` before, "" when none did.
    `remarks`: by list id, why a list of people can have nobody on it.
    `finished`: earlier runs; `far_off`: lists far larger or smaller than in the campaign before; `entry`: this run's in the 台帳. `max_offers`: letters a person has at most. `unmarked`: people living with another for whose mark the template has no column.
    `served`: unions of the campaign's slot that are not in it, because they have their lists already. `declined`: unions that are in it though somebody had said that they need none of the slot's.
    """

    run_id: str
    as_of: date
    title: str
    out: Path
    sealed: bool
    books: tuple[WrittenBook, ...]
    titles: dict[str, str]
    letters: dict[str, str]
    matched: int
    delivered: int
    suppressed: dict[str, int]
    unplaced: int
    past_retirement: tuple[str, ...]
    on_hold: dict[str, int]
    waiting: int
    roster_warnings: dict[str, str]
    max_offers: int
    unmarked: int
    remarks: dict[str, str]
    replaces: str = ""
    union_lists: WrittenUnionLists | None = None
    finished: Finished = Finished()
    entry: Entry | None = None
    far_off: tuple[FarOff, ...] = ()
    served: Served | None = None
    declined: tuple[str, ...] = ()

    @property
    def totals(self) -> dict[str, object]:
        """What the answer and the manifest say alike."""
        return {
            "matched": self.matched,
            "delivered": self.delivered,
            "suppressed": self.suppressed,
            "unplaced": self.unplaced,
            "past_retirement": list(self.past_retirement),
            "on_hold": self.on_hold,
            "waiting": self.waiting,
            "remarks": self.remarks,
        }

    @property
    def needs_a_person(self) -> bool:
        return bool(self.unplaced or self.on_hold or self.finished.waiting or self.far_off)


def on_hold_in_words(on_hold: dict[str, int]) -> str:
    """`組合員 4行、契約 3行`"""
    return "、".join(f"{title} {rows:,}行" for title, rows in on_hold.items())
