"""What a clerk types, taken in as an import like any other: whom it is about, the same checks, the same record.

A file's wrong row goes on 保留; a wrong entry is refused instead, since whoever typed it is there to put it right.
"""

import re
from dataclasses import dataclass
from datetime import date

import polars as pl

from kyosai_lists.errors import UsageError
from kyosai_lists.intake.accepting.belonging import Known
from kyosai_lists.intake.layouts import Column, Kind, Layout
from kyosai_lists.intake.reading import FileReading, ReadingOptions
from kyosai_lists.intake.typed import typed_rows
from kyosai_lists.store import entries, read
from kyosai_lists.store.engine import Connection
from kyosai_lists.store.imports import TYPED
from kyosai_lists.text import code_key, forbidden_control
from kyosai_lists.usecases.find_person import row_on_hold, several
from kyosai_lists.usecases.importing.import_files import file_fate, record
from kyosai_lists.usecases.importing.take_in import TakenIn, take_in
from kyosai_lists.usecases.workspace import Workspace

_WITH_PREF = re.compile(r"(0[1-9]|[1-3]\d|4[0-7])-(.+)")
_NUMBER = re.compile(r"(?=.*\d)[0-9A-Za-z]+(-[0-9A-Za-z]+)*")

# What a file's cell may say in its own way and is remarked upon; typed, it can be put right at once.
_EXACT = {Kind.DATE, Kind.CHOICE, Kind.NUMBER}


@dataclass(frozen=True)
class Whom:
    """Whom an entry is about. `member_no`: as registered, else as typed. `name`: None while nobody has the number.

    `on_hold`: the person's row of the 名簿 is on 保留. `alike`: registered numbers with other zeros at the front.
    """

    pref: str
    member_no: str
    name: str | None
    on_hold: bool = False
    alike: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        return f"{self.pref}-{code_key(self.member_no)}"

    @property
    def registered(self) -> bool:
        return self.name is not None


def whom(connection: Connection, workspace: Workspace, text: str, pref: str | None) -> Whom:
    """The person whom 組合員番号 or 県コード-番号 names, or the number alone where nobody has it yet.

    Raises:
        UsageError: it is no number, or does not tell which prefecture's.
    """
    _refuse_unreadable("組合員番号", text)
    number = code_key(text)
    pref = code_key(pref).zfill(2) if pref else None
    keys = _known_keys(connection, number, pref)
    if len(keys) > 1:
        raise several(text, keys)
    if keys:
        own = keys[0].partition("-")
        registered = entries.named(connection, keys[0])
        return Whom(own[0], *registered) if registered else _stranger(connection, own[0], own[2])
    if (found := _WITH_PREF.fullmatch(number)) and pref in (None, found[1]):
        pref, number = found[1], found[2]
    if not _NUMBER.fullmatch(number):
        raise UsageError("組合員番号の形ではありません。", "番号を、先頭の0も含めて書いてください(例: 00000090)。")
    return _stranger(connection, pref or _only_prefecture(connection, workspace, text), number)


def _known_keys(connection: Connection, number: str, pref: str | None) -> list[str]:
    """Of those registered; else of those who are only named by an entry. With `pref` of that prefecture alone."""
    registered, others = read.member_keys(connection, number), entries.keys_of(connection, number)
    if pref:
        return [key for key in sorted({*registered, *others}) if key.startswith(f"{pref}-")]
    return registered or others


def _stranger(connection: Connection, pref: str, number: str) -> Whom:
    alike = entries.numbers_like(connection, f"{pref}-{number}")
    return Whom(pref, number, None, row_on_hold(connection, number), alike)


def _only_prefecture(connection: Connection, workspace: Workspace, text: str) -> str:
    unions = read.unions(connection).select("union_code", "pref")
    only = Known(unions, pl.DataFrame(), workspace.settings.workspace.prefectures).only_prefecture
    if only is None:
        raise UsageError(
            f"組合員番号 {text} は、どの県の番号か決められません。",
            "--pref で県コードを指定してください(例: --pref 17)。",
        )
    return only


def read_typed(layout: Layout, rows: list[dict[str, str]], today: date) -> FileReading:
    """`rows`: standard heading → text, all with the same headings.

    Raises:
        UsageError: a cell is not what a file's cell must be, or is read only with a doubt.
    """
    for heading, text in (cell for row in rows for cell in row.items()):
        _refuse_unreadable(heading, text)
    reading = typed_rows(layout, rows, ReadingOptions(today), TYPED)
    if not reading.problems.is_empty():
        raise _refusal(reading.problems)
    if reading.rows.height < len(rows):
        raise UsageError("番号などが空欄か、合計の行のように見えます。", "番号を確かめて、もう一度入れてください。")
    for remark in reading.remarks:
        column = next((c for c in layout.columns if c.header == remark.column), None)
        if column is not None and column.kind in _EXACT:
            raise UsageError(f"{remark.column}を確かめてください({remark.text})。", _exactly(column))
    return reading


def _exactly(column: Column) -> str:
    if column.kind is Kind.CHOICE and column.choices:
        return f"決められたことば({'、'.join(column.choices.words.values())})で、もう一度入れてください。"
    return f"{'2026-11-01 のように' if column.kind is Kind.DATE else '数字だけで'}書いて、もう一度入れてください。"


def take_typed(connection: Connection, workspace: Workspace, reading: FileReading, today: date) -> TakenIn:
    """Takes in what `read_typed` gave, with the record that `imports` shows.

    Raises:
        UsageError: it would go on 保留; the transaction is not to be kept.
    """
    taken = take_in(connection, workspace, [reading], today)
    if not taken.problems.is_empty():
        raise _refusal(taken.problems)
    record(connection, taken.import_id, [reading], (file_fate(0, reading, taken),))
    return taken


def remarks_of(reading: FileReading) -> tuple[str, ...]:
    return tuple(f"{remark.column or ''}: {remark.text}" for remark in reading.remarks)


def _refuse_unreadable(heading: str, text: str) -> None:
    if forbidden_control(text):
        raise UsageError(
            f"{heading}に、文字として読めない部分か、目に見えない制御文字が入っています。",
            "打ち直して、もう一度入れてください。",
        )


def _refusal(problems: pl.DataFrame) -> UsageError:
    first = problems.row(0, named=True)
    reasons = problems["reason"].unique(maintain_order=True).to_list()
    return UsageError("".join(f"{reason}。" for reason in reasons), f"{first['remedy']}。")
