"""What a union's workbook is made from: plain frozen values and frames, nothing of the store or the rules."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

import polars as pl

# One row per person, in the order in which they stand in the workbook. `no` runs through 名簿 and then 担当限り.
PEOPLE_SCHEMA: dict[str, pl.DataType] = {
    "no": pl.Int64(),
    "row_id": pl.String(),  # opaque, the same person in another run has another
    "discreet": pl.Boolean(),  # True: stands on 担当限り, not on 名簿
    "workplace": pl.String(),  # "" when unknown
    "kana": pl.String(),  # full width
    "name": pl.String(),
    "hint": pl.String(),  # 声かけの手がかり
    "letters": pl.String(),  # ご案内, e.g. "A C", most important first, at most RunHeader.max_offers
    "previous": pl.String(),  # 前回
}

# One row per person of one list, ordered by `no`.
LIST_SCHEMA: dict[str, pl.DataType] = {
    "no": pl.Int64(),
    "workplace": pl.String(),
    "member_no": pl.String(),
    "name": pl.String(),
    "kana": pl.String(),
    "age": pl.Int64(),
    "phone": pl.String(),
    "reason": pl.String(),
    "contracts": pl.String(),
    "holdings": pl.String(),
    "other_lists": pl.String(),
    "household": pl.String(),  # 同じ世帯: "No.3 山田　花子", "" when nobody
}
# What a list says itself; beside `no` the rest is the same on every list of a person.
SAID_BY_LIST = ("reason", "contracts", "other_lists")


@dataclass(frozen=True)
class ListSheet:
    """A list of the run as its sheet and the cover show it."""

    id: str
    title: str  # as in lists.md; becomes the sheet's name (at most 31 characters)
    letter: str  # "A"
    document: str  # what the officer hands over, in words that give nothing away
    parameters: str  # "若年層の上限年齢 35歳", "" when the rule has none
    rows: pl.DataFrame  # LIST_SCHEMA; may be empty: then the sheet is left out

    def without_rows(self) -> "ListSheet":
        return replace(self, rows=self.rows.clear())


@dataclass(frozen=True)
class RunHeader:
    """What all workbooks of a run have in common."""

    run_id: str
    as_of: date
    title: str  # the campaign's name, else "2026年11月1日現在"
    file_title: str  # in file names: the campaign's name, else "2026-11-01"
    return_by: date
    return_to: str  # branch and contact, may hold line ends
    purpose: str  # 利用目的
    max_offers: int  # letters a person has on 名簿 and 担当限り, at most


@dataclass(frozen=True)
class UnionBook:
    """One union's workbook."""

    pref: str
    union_code: str
    union_name: str
    book_no: str  # 名簿番号
    roster_on: date | None
    people: pl.DataFrame  # PEOPLE_SCHEMA
    lists: tuple[ListSheet, ...]  # every list of the run, most important first


UNION_SCHEMA: dict[str, pl.DataType] = {
    "union_code": pl.String(),
    "pref": pl.String(),
    "union_name": pl.String(),
    "book_no": pl.String(),  # 名簿番号
    "roster_on": pl.Date(),
}


@dataclass(frozen=True)
class RunBooks:
    """The workbooks of a run as whole frames. The people of one union stand together, in the order of its workbook."""

    unions: pl.DataFrame  # UNION_SCHEMA; one workbook each
    people: pl.DataFrame  # union_code and PEOPLE_SCHEMA
    lists: tuple[ListSheet, ...]  # every list of the run, most important first; rows: union_code and LIST_SCHEMA

    @classmethod
    def none(cls) -> "RunBooks":
        return cls(
            pl.DataFrame(schema=UNION_SCHEMA), pl.DataFrame(schema={"union_code": pl.String(), **PEOPLE_SCHEMA}), ()
        )

    def books(self) -> Iterator[UnionBook]:
        """The same, one union at a time, in the order of `unions`."""
        people = self.people.partition_by("union_code", as_dict=True, include_key=False)
        rows = [found.rows.partition_by("union_code", as_dict=True, include_key=False) for found in self.lists]
        nobody, none = pl.DataFrame(schema=PEOPLE_SCHEMA), pl.DataFrame(schema=LIST_SCHEMA)
        for union in self.unions.iter_rows(named=True):
            key = (union["union_code"],)
            lists = tuple(replace(found, rows=own.get(key, none)) for found, own in zip(self.lists, rows, strict=True))
            yield UnionBook(**union, people=people.get(key, nobody), lists=lists)


@dataclass(frozen=True)
class FinishedBook:
    """A union's workbook as bytes, not sealed. `rows`: by the sheet's name, the numbers of the rows that people stand in."""

    union_code: str
    data: bytes
    rows: Mapping[str, range]

    @property
    def counts(self) -> dict[str, int]:
        return {name: len(rows) for name, rows in self.rows.items()}


# -- まとめ.xlsx: counts only, stays in the branch ----------------------------------------------------------------------


@dataclass(frozen=True)
class SummaryList:
    """A list of the run with its control totals, in rows: matched = delivered + suppressed + unplaced."""

    id: str
    title: str
    letter: str
    parameters: str
    rule_hash: str
    matched: int
    delivered: int
    suppressed: int
    unplaced: int
    printed: int  # of those delivered: people whose ご案内 has the letter


@dataclass(frozen=True)
class SummaryUnion:
    """A union: how many people on each list, and what became of its workbook."""

    code: str
    name: str
    people: int  # each person once
    counts: Mapping[str, int]  # list id -> people; a missing list counts 0
    outcome: str  # "作成", "該当者なし", "作成できず: …"
    path: str = ""  # relative to the export's folder
    sha256: str = ""
    sheet_rows: Mapping[str, int] = field(
        default_factory=dict
    )  # sheet -> rows, as counted when the file was opened again
    roster_on: date | None = None
    roster_warning: str = ""  # "基準日の60日前の名簿です"


@dataclass(frozen=True)
class SummaryPref:
    """A prefecture; who was left out is counted here and never by union, where one death would name a person."""

    code: str
    name: str
    unions: tuple[SummaryUnion, ...]
    suppressed: Mapping[str, int]  # reason -> rows


@dataclass(frozen=True)
class RunSummary:
    """What まとめ.xlsx shows of a run."""

    run_id: str
    as_of: date
    title: str  # the campaign's name, else "2026年11月1日現在"
    sealed: bool
    max_offers: int  # letters a person has at most
    lists: tuple[SummaryList, ...]
    prefs: tuple[SummaryPref, ...]
    notes: tuple[str, ...] = ()
    campaign: str = ""  # 募集コード
    slot: str = ""  # the slot that it fills: 開始日, day of issue, whether it came out in time
    entry: tuple[int, str] | None = None  # number and hash of the run's entry in the 台帳, once it is there
