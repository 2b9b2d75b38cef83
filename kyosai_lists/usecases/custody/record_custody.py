"""Entering what became of handed-out workbooks: received, returned, destroyed. In order, and each once."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from kyosai_lists import __version__
from kyosai_lists.errors import UsageError
from kyosai_lists.ledger.chain import Entry
from kyosai_lists.ledger.custody import Event, objection
from kyosai_lists.ledger.custody_entry import CUSTODY, CustodyEntry
from kyosai_lists.store import custody, ledger
from kyosai_lists.store.engine import Connection, writing
from kyosai_lists.text import code_key
from kyosai_lists.usecases.act import Act
from kyosai_lists.usecases.custody.look_at_custody import HandedOut, handed_out
from kyosai_lists.usecases.find_run import find_run
from kyosai_lists.usecases.workspace import Workspace

NOTHING = "台帳は前のままです。"
WORDS = {
    "issued": "渡した", "received": "受領", "returned": "返却", "destroyed": "廃棄", "taken-back": "取り消し",
}  # fmt: skip
_NAMED = 5  # unions in an error


@dataclass(frozen=True)
class Told:
    """What somebody tells: `event` on the day `on`; `by`: who received, returned or destroyed it."""

    event: str
    on: date
    by: str
    channel: str = ""
    note: str = ""


@dataclass(frozen=True)
class Recorded:
    """`entered`: the workbooks of which it is entered now; `already`: those of which it was. `entry` None: nothing was entered."""

    entered: tuple[HandedOut, ...]
    already: tuple[HandedOut, ...]
    entry: Entry | None


def record_custody(workspace: Workspace, run_id: str, union_codes: Sequence[str], told: Told, act: Act) -> Recorded:
    """Enters `told` of the run's workbooks of these unions, none named: of all. All of it or nothing.

    Raises:
        UsageError: there is no such run or workbook, the day cannot be, or it cannot have happened in this order.
    """
    if told.on > act.day:
        raise UsageError(f"{told.on} は、まだ来ていない日付です。", "--on の日付を確かめてください。", NOTHING)
    if not told.by.strip():
        raise UsageError("だれが受け取ったか・返したかが空です。", "--by に名前を書いてください。", NOTHING)
    with writing(workspace.engine) as connection:
        files = _files(connection, run_id, union_codes)
        return enter(connection, run_id, files, told, act)


def enter(connection: Connection, run_id: str, files: Sequence[HandedOut], told: Told, act: Act) -> Recorded:
    """In the transaction of `connection`, which writes.

    Raises:
        UsageError: it cannot have happened in this order.
    """
    event = Event(0, told.event, told.on, told.by, told.channel, told.note)
    found = [(one, objection(one.standing, event)) for one in files]
    for what in ("state", "day", "nothing"):
        if wrong := [one for one, why in found if why and why.what == what]:
            raise _refused(what, wrong, told)
    fresh = [one for one, why in found if why is None]
    entry = _appended(connection, run_id, fresh, told, act) if fresh else None
    return Recorded(tuple(fresh), tuple(one for one, why in found if why), entry)


def _appended(connection: Connection, run_id: str, files: Sequence[HandedOut], told: Told, act: Act) -> Entry:
    saying = CustodyEntry(
        run_id=run_id,
        unions=tuple(one.union_code for one in files),
        event=told.event,
        on=told.on,
        by=told.by,
        channel=told.channel,
        note=told.note,
        user=act.user,
        machine=act.machine,
        database_user="",
        program=__version__,
    )
    body = replace(saying, database_user=ledger.database_user(connection)).body()
    entry = ledger.append(connection, CUSTODY, act.made_at, act.user, body)
    about = {
        "run_id": run_id, "event": told.event, "happened_on": told.on, "told_by": told.by,
        "channel": told.channel, "note": told.note,
    }  # fmt: skip
    custody.add(connection, entry.seq, [about | {"union_code": one.union_code} for one in files])
    return entry


def _files(connection: Connection, run_id: str, union_codes: Sequence[str]) -> list[HandedOut]:
    told = find_run(connection, run_id).told
    if not told.books:
        raise UsageError(
            f"名簿番号 {run_id} の回には、単組に渡した名簿がありません(該当者がいないか、単組リストだけの回です)。",
            "kyosai-lists ledger で番号を確かめてください。",
            NOTHING,
        )
    files = {one.union_code: one for one in handed_out(connection, [run_id])}
    if not files:
        raise UsageError(
            f"名簿番号 {run_id} の名簿は、まだ仕上がっていません。",
            f"kyosai-lists ledger reprint {run_id} で仕上げてください。",
            NOTHING,
        )
    codes = [code_key(code) for code in union_codes] or list(files)
    if unknown := [code for code in codes if code not in files]:
        raise UsageError(
            f"名簿番号 {run_id} に、単組コード {'・'.join(unknown)} の名簿はありません。",
            f"kyosai-lists ledger show {run_id} で確かめてください。",
            NOTHING,
        )
    return [files[code] for code in dict.fromkeys(codes)]


def _refused(what: str, wrong: Sequence[HandedOut], told: Told) -> UsageError:
    if what == "nothing":
        unions = _named([one.union_code for one in wrong])
        return UsageError(f"{unions} の名簿には、取り消す記録がありません。", "単組コードを確かめてください。", NOTHING)
    unions = _named([f"{one.union_code}({one.standing.since}に「{WORDS[one.standing.state]}」)" for one in wrong])
    if what == "day":
        return UsageError(
            f"{unions} の名簿には、{told.on} より後の日の記録があります。", "--on の日付を確かめてください。", NOTHING
        )
    return UsageError(
        f"{unions} の名簿には、「{WORDS[told.event]}」を記録できません。",
        "前の記録が間違いなら、--event taken-back で取り消してから記録してください。",
        NOTHING,
    )


def _named(unions: Sequence[str]) -> str:
    more = f" ほか{len(unions) - _NAMED}単組" if len(unions) > _NAMED else ""
    return f"単組コード {'・'.join(unions[:_NAMED])}{more}"
