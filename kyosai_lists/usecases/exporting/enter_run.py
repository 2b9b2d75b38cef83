"""A run's entry in the 台帳: one transaction, after which the run exists, whether its folder stands already or not."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from kyosai_lists import __version__
from kyosai_lists.ledger.canonical import sha256
from kyosai_lists.ledger.chain import Entry
from kyosai_lists.ledger.freezing import FrozenBook, places_sha256
from kyosai_lists.ledger.records import RunRecord
from kyosai_lists.ledger.run_entry import RUN, BookIssued, ListUsed, RunEntry, UnionListUsed
from kyosai_lists.segments.parameters import BoundRule
from kyosai_lists.store import ledger, runs
from kyosai_lists.store.engine import Engine, writing
from kyosai_lists.usecases.act import Act
from kyosai_lists.usecases.exporting.export_result import ExportResult
from kyosai_lists.usecases.exporting.slot_filling import Filling, fill_slot, hold_slot
from kyosai_lists.usecases.exporting.tally import Tally
from kyosai_lists.workbook.model import ListSheet, RunHeader
from kyosai_lists.workbook.template import CallListTemplate


@dataclass(frozen=True)
class MadeRun:
    """A run whose files are written aside. `bound`: its lists of people, `lists` as their sheets are headed; `bound_unions`: those of unions."""

    header: RunHeader
    campaign: str | None
    filling: Filling | None
    writer: str
    template: CallListTemplate
    bound: Sequence[BoundRule]
    bound_unions: Sequence[BoundRule]
    lists: Sequence[ListSheet]
    tally: Tally
    result: ExportResult
    record: RunRecord


def enter_run(engine: Engine, made: MadeRun, act: Act) -> Entry:
    """Writes the entry and everything it speaks of.

    Raises:
        ExportError: the slot is somebody else's by now; nothing was written.
        StoreError: nothing was written.
    """
    frozen = {one.union_code: one for one in made.tally.frozen}
    people = made.tally.people
    record = made.record.frozen()
    entry = _entry(made, act, frozen, places_sha256(people), sha256(record))
    new = runs.NewRun(
        run=_run(made, act, record),
        books=[_book(made, issued, frozen[issued.union_code]) for issued in entry.books],
        people=people,
        template=(made.template.sha256, made.template.data),
        rules={bound.rule.digest: bound.rule.text for bound in (*made.bound, *made.bound_unions)},
    )
    with writing(engine) as connection:
        hold_slot(connection, made.filling)
        body = replace(entry, database_user=ledger.database_user(connection)).body()
        appended = ledger.append(connection, RUN, act.made_at, act.user, body)
        runs.add(connection, new, appended.seq)
        fill_slot(connection, made.filling, made.header.run_id)
    return appended


def _entry(
    made: MadeRun, act: Act, frozen: dict[str, FrozenBook], people: dict[str, str], record_sha256: str
) -> RunEntry:
    result = made.result
    return RunEntry(
        header=made.header,
        user=act.user,
        machine=act.machine,
        database_user="",
        campaign=made.campaign or "",
        program=__version__,
        writer=made.writer,
        template_sha256=made.template.sha256,
        sealed=result.sealed,
        out=result.out.name,
        lists=tuple(_list(sheet, bound) for sheet, bound in zip(made.lists, made.bound, strict=True)),
        union_lists=tuple(_union_list(bound, result) for bound in made.bound_unions),
        books=tuple(
            BookIssued(
                pref=book.pref,
                union_code=book.union_code,
                union_name=book.union_name,
                path=book.path,
                people=book.people,
                rows=book.rows,
                sha256=book.plain_sha256,
                file_sha256=book.sha256,
                frozen_sha256=frozen[book.union_code].sha256,
                places_sha256=people[book.union_code],
            )
            for book in result.books
            if book.path
        ),
        totals={
            "matched": result.matched,
            "delivered": result.delivered,
            "suppressed": result.suppressed,
            "unplaced": result.unplaced,
        },
        record_sha256=record_sha256,
        union_lists_sha256=result.union_lists.sha256 if result.union_lists else "",
        slot_on=made.filling.claim.starts_on.isoformat() if made.filling else None,
        late=made.filling is not None and made.filling.late,
    )


def _list(sheet: ListSheet, bound: BoundRule) -> ListUsed:
    return ListUsed(
        id=sheet.id,
        title=sheet.title,
        letter=sheet.letter,
        document=sheet.document,
        said=sheet.parameters,
        values=_values(bound),
        rule_sha256=bound.rule.digest,
    )


def _union_list(bound: BoundRule, result: ExportResult) -> UnionListUsed:
    rows = result.union_lists.rows[bound.rule.id] if result.union_lists else 0
    return UnionListUsed(bound.rule.id, bound.rule.title, _values(bound), bound.rule.digest, rows)


def _values(bound: BoundRule) -> dict[str, str | None]:
    return {name: None if value is None else str(value) for name, value in bound.values.items()}


def _run(made: MadeRun, act: Act, record: bytes) -> dict[str, object]:
    return {
        "run_id": made.header.run_id,
        "as_of": made.header.as_of,
        "campaign_code": made.campaign,
        "slot_on": made.filling.claim.starts_on if made.filling else None,
        "late": made.filling is not None and made.filling.late,
        "title": made.header.title,
        "purpose": made.header.purpose,
        "sealed": made.result.sealed,
        "out": str(made.result.out),
        "machine": act.machine,
        "writer": made.writer,
        "record": record,
        "union_lists": made.result.union_lists.data if made.result.union_lists else None,
    }


def _book(made: MadeRun, issued: BookIssued, frozen: FrozenBook) -> dict[str, object]:
    return {
        "union_code": issued.union_code,
        "path": issued.path,
        "sha256": issued.sha256,
        "file_sha256": issued.file_sha256,
        "people": issued.people,
        "frozen": frozen.data,
        "frozen_sha256": issued.frozen_sha256,
        "recipient": issued.union_name,
        "return_by": made.header.return_by,
    }
