"""Writing a run: lists drawn, arranged by union, one workbook each, the branch's own records, all or nothing."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from kyosai_lists.ahead import one_ahead
from kyosai_lists.dates import japanese_day
from kyosai_lists.errors import ExportError
from kyosai_lists.intake.layouts import BY_ID
from kyosai_lists.ledger.chain import Entry
from kyosai_lists.store import ledger, runs
from kyosai_lists.store.engine import reading, writing
from kyosai_lists.text import safe_file_part
from kyosai_lists.usecases.act import Act
from kyosai_lists.usecases.draw import Occasion, gather, gather_nothing, max_offers
from kyosai_lists.usecases.draw_unions import draw_unions
from kyosai_lists.usecases.exporting.choose_campaign import find_campaign
from kyosai_lists.usecases.exporting.compose_books import books_of, compose, list_sheets
from kyosai_lists.usecases.exporting.enter_run import MadeRun, enter_run
from kyosai_lists.usecases.exporting.export_result import ExportResult, WrittenBook
from kyosai_lists.usecases.exporting.far_off import far_off
from kyosai_lists.usecases.exporting.finish_runs import finish_runs
from kyosai_lists.usecases.exporting.order import Order, as_of_for, asked_for, run_id_for, scope_of
from kyosai_lists.usecases.exporting.papers import write_papers
from kyosai_lists.usecases.exporting.passwords import PasswordSource
from kyosai_lists.usecases.exporting.record_run import run_record
from kyosai_lists.usecases.exporting.slot_filling import Filling
from kyosai_lists.usecases.exporting.staging import Staging, earlier_run, staged
from kyosai_lists.usecases.exporting.tally import PASSED, SUPPRESSED, UNPLACED, Tally
from kyosai_lists.usecases.exporting.union_lists_book import union_lists_book
from kyosai_lists.usecases.exporting.write_books import book_paths, write_books
from kyosai_lists.usecases.gathered import Gathered, in_parts
from kyosai_lists.usecases.progress import Progress, silent
from kyosai_lists.usecases.rendering.workers import BY_WORTH, WorkersWanted
from kyosai_lists.usecases.rendering.writers import WRITERS
from kyosai_lists.usecases.workspace import Workspace
from kyosai_lists.workbook.model import RunBooks, RunHeader
from kyosai_lists.workbook.template import CallListTemplate


def export_lists(
    workspace: Workspace,
    order: Order,
    *,
    act: Act,
    passwords: PasswordSource | None,
    out: Path | None = None,
    filling: Filling | None = None,
    workers: WorkersWanted = BY_WORTH,
    progress: Progress = silent,
) -> ExportResult:
    """Writes one workbook per union and the branch's own records to `out`, whole or not at all, and enters it in the 台帳.

    What killed exports left unfinished is finished first. The order, so that a kill at any moment leaves no file outside the
    台帳: files aside, the entry, the folder's name, a mark that it has it. `filling`: the campaign's slot that it is for.

    Raises:
        UsageError: the order names something that is not there, or `out` holds other files.
        ExportError: it could not be written; nothing was.
        StoreError: the 台帳 was cut.
    """
    finished = finish_runs(workspace, act, passwords)
    progress("リストを調べています")
    with reading(workspace.engine) as connection:
        ledger.refuse_if_cut(connection)  # before all the work that could not be entered
        campaign = find_campaign(connection, order.campaign) if order.campaign else None
        as_of = as_of_for(connection, campaign, order)
        people, unions = asked_for(workspace, order, campaign)
        occasion, scope = Occasion(as_of, campaign, order.values), scope_of(order, campaign)
        gathered, parts = (
            in_parts(lambda: gather(connection, workspace, people, occasion, scope, homes=True))
            if people
            else (gather_nothing(connection, occasion, scope), [])
        )
        drawn_unions = draw_unions(connection, workspace, unions, occasion, scope)
        run_id = run_id_for(connection, order, as_of)
    run = _header(workspace, run_id, occasion)
    template = CallListTemplate.load(workspace.template)
    sealed_with = passwords.on(as_of) if passwords else None
    if sealed_with:
        sealed_with.require(_with_people(parts))
    target = (out or workspace.out / f"{safe_file_part(run.file_title, 60)}_{run_id}").resolve()
    lists = list_sheets(gathered.bound)
    with staged(target, run_id, frozenset(finished.waiting)) as stage:
        writer = WRITERS[workspace.settings.export.writer].of(template, run, lists)
        wanted = books_of(gathered.unions, run) if lists else RunBooks.none().unions
        tallies: list[Tally] = []
        composed = one_ahead(_composed(parts, run, workspace.settings.export.roster_max_age_days, tallies))
        paths = book_paths(wanted, run)
        books = tuple(write_books(stage.folder, wanted, composed, writer, sealed_with, paths, workers, progress))
        tally = Tally.together(tallies)
        unmarked = 0 if template.names_households else tally.in_households
        result = _result(
            run, target, gathered, tally, books, unmarked, sealed=passwords is not None, replaces=earlier_run(target)
        )
        result = replace(result, union_lists=union_lists_book(drawn_unions, run), finished=finished)
        code = campaign.code if campaign else None
        if code:
            with reading(workspace.engine) as connection:
                result = replace(result, far_off=far_off(connection, code, result))
        made = MadeRun(
            header=run,
            campaign=code,
            filling=filling,
            writer=workspace.settings.export.writer,
            template=template,
            bound=gathered.bound,
            bound_unions=[one.bound for one in drawn_unions],
            lists=lists,
            tally=tally,
            result=result,
            record=run_record(result, gathered, drawn_unions, tally, template.sha256, code, filling),
        )
        progress("台帳に載せています")
        result = replace(result, entry=_entered(workspace, made, stage, act, progress))
    with writing(workspace.engine) as connection:
        runs.mark_placed(connection, run_id, act.day, str(target), act.machine)
    return result


def _composed(
    parts: list[Gathered], run: RunHeader, roster_max_age_days: int, tallies: list[Tally]
) -> Iterator[RunBooks]:
    """The workbooks of one part after the other, which is held no longer then; each is counted in `tallies`."""
    while parts:
        drawn = parts.pop(0).drawn()
        composition = compose(drawn, run, roster_max_age_days)
        tallies.append(Tally.of(drawn, composition))
        yield composition.books


def _with_people(parts: list[Gathered]) -> list[str]:
    """The unions with somebody who may be approached."""
    people = (part.people.join(part.drawn().passed, on="member_key", how="semi") for part in parts)
    return [code for found in people for code in found["union_code"].unique().sort()]


def _entered(workspace: Workspace, made: MadeRun, stage: Staging, act: Act, progress: Progress) -> Entry:
    """From the files aside to the folder with its name."""
    stage.make_room()
    entry = enter_run(workspace.engine, made, act)
    stage.keep()
    progress("まとめを作っています")
    write_papers(stage.folder, made.record, entry, made.result.union_lists.data if made.result.union_lists else None)
    stage.place()
    return entry


def _header(workspace: Workspace, run_id: str, occasion: Occasion) -> RunHeader:
    settings, as_of, campaign = workspace.settings, occasion.as_of, occasion.campaign
    contact = "\n".join(part for part in (settings.branch.name or "県支部", settings.branch.contact) if part)
    return RunHeader(
        run_id=run_id,
        as_of=as_of,
        title=campaign.name if campaign else f"{japanese_day(as_of)}現在",
        file_title=campaign.name if campaign else as_of.isoformat(),
        return_by=campaign.ends_on if campaign else as_of + timedelta(days=settings.export.return_days),
        return_to=contact,
        purpose=settings.export.purpose,
        max_offers=max_offers(workspace, occasion),
    )


def _result(
    run: RunHeader,
    out: Path,
    gathered: Gathered,
    tally: Tally,
    books: tuple[WrittenBook, ...],
    unmarked: int,
    *,
    sealed: bool,
    replaces: str,
) -> ExportResult:
    delivered = sum(sum(book.rows.values()) for book in books)
    suppressed, unplaced = tally.suppressed(), tally.count(UNPLACED)
    matched = tally.count(PASSED) + tally.count(SUPPRESSED)
    if matched != delivered + sum(suppressed.values()) + unplaced:
        raise ExportError(
            "該当した人数と、名簿に載せた人数・除いた人数の合計が合いませんでした。",
            "配布元に知らせてください。",
            "ファイルは作っていません。",
        )
    return ExportResult(
        run_id=run.run_id,
        as_of=run.as_of,
        title=run.title,
        out=out,
        sealed=sealed,
        books=books,
        titles={b.rule.id: b.rule.title for b in gathered.bound},
        letters={sheet.id: sheet.letter for sheet in list_sheets(gathered.bound)},
        matched=matched,
        delivered=delivered,
        suppressed=suppressed,
        unplaced=unplaced,
        past_retirement=tuple(gathered.past_retirement["member_no"].sort()),
        on_hold={
            BY_ID[layout].title: rows
            for layout, rows in gathered.stops.on_hold.group_by("layout").len().sort("layout").iter_rows()
        },
        waiting=gathered.waiting,
        roster_warnings=tally.roster_warnings,
        replaces=replaces,
        max_offers=run.max_offers,
        unmarked=unmarked,
        remarks=gathered.remarks,
    )
