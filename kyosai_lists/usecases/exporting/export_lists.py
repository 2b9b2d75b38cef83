"""Writing a run: lists drawn, arranged by union, one workbook each, the branch's own records, all or nothing."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from kyosai_lists.ahead import one_ahead
from kyosai_lists.ledger.chain import Entry
from kyosai_lists.store import runs
from kyosai_lists.store.engine import reading, writing
from kyosai_lists.text import safe_file_part
from kyosai_lists.usecases.act import Act
from kyosai_lists.usecases.exporting.add_up import added_up
from kyosai_lists.usecases.exporting.compose_books import books_of, compose
from kyosai_lists.usecases.exporting.enter_run import MadeRun, enter_run
from kyosai_lists.usecases.exporting.export_result import ExportResult, WrittenBook
from kyosai_lists.usecases.exporting.far_off import far_off
from kyosai_lists.usecases.exporting.finish_runs import finish_runs
from kyosai_lists.usecases.exporting.gather_run import GatheredRun, gather_run
from kyosai_lists.usecases.exporting.order import Order
from kyosai_lists.usecases.exporting.papers import write_papers
from kyosai_lists.usecases.exporting.passwords import Passwords, PasswordSource
from kyosai_lists.usecases.exporting.record_run import run_record
from kyosai_lists.usecases.exporting.slot_filling import Filling
from kyosai_lists.usecases.exporting.staging import Staging, earlier_run, staged
from kyosai_lists.usecases.exporting.tally import Tally
from kyosai_lists.usecases.exporting.union_lists_book import union_lists_book
from kyosai_lists.usecases.exporting.write_books import book_paths, write_books
from kyosai_lists.usecases.gathered import Gathered
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
    run = gather_run(workspace, order)
    template = CallListTemplate.load(workspace.template)
    sealed_with = passwords.on(run.header.as_of) if passwords else None
    if sealed_with:
        sealed_with.require(run.with_people())
    target = (out or workspace.out / f"{safe_file_part(run.header.file_title, 60)}_{run.header.run_id}").resolve()
    with staged(target, run.header.run_id, frozenset(finished.waiting)) as stage:
        tally, books = _written(workspace, run, template, stage, sealed_with, workers, progress)
        unmarked = 0 if template.names_households else tally.in_households
        result = replace(
            added_up(run, target, tally, books, unmarked, sealed=passwords is not None),
            replaces=earlier_run(target),
            union_lists=union_lists_book(run.unions, run.header),
            finished=finished,
        )
        made = _made(workspace, run, template, tally, result, filling)
        progress("台帳に載せています")
        entry = _entered(workspace, made, stage, act, progress)
    with writing(workspace.engine) as connection:
        runs.mark_placed(connection, run.header.run_id, act.day, str(target), act.machine)
    return replace(made.result, entry=entry)


def _written(
    workspace: Workspace,
    run: GatheredRun,
    template: CallListTemplate,
    stage: Staging,
    sealed_with: Passwords | None,
    workers: WorkersWanted,
    progress: Progress,
) -> tuple[Tally, list[WrittenBook]]:
    """The workbooks, aside; whom they hold leaves `run.parts`."""
    settings = workspace.settings.export
    writer = WRITERS[settings.writer].of(template, run.header, run.lists)
    wanted = books_of(run.gathered.unions, run.header) if run.lists else RunBooks.none().unions
    tallies: list[Tally] = []
    composed = one_ahead(_composed(run.parts, run.header, settings.roster_max_age_days, tallies))
    paths = book_paths(wanted, run.header)
    books = write_books(stage.folder, wanted, composed, writer, sealed_with, paths, workers, progress)
    return Tally.together(tallies), books


def _composed(
    parts: list[Gathered], run: RunHeader, roster_max_age_days: int, tallies: list[Tally]
) -> Iterator[RunBooks]:
    """The workbooks of one part after the other, which is held no longer then; each is counted in `tallies`."""
    while parts:
        drawn = parts.pop(0).drawn()
        composition = compose(drawn, run, roster_max_age_days)
        tallies.append(Tally.of(drawn, composition))
        yield composition.books


def _made(
    workspace: Workspace,
    run: GatheredRun,
    template: CallListTemplate,
    tally: Tally,
    result: ExportResult,
    filling: Filling | None,
) -> MadeRun:
    """What is entered in the 台帳. Of a campaign it is told how far it is from the one before."""
    if run.campaign:
        with reading(workspace.engine) as connection:
            result = replace(result, far_off=far_off(connection, run.campaign, result))
    return MadeRun(
        header=run.header,
        campaign=run.campaign,
        filling=filling,
        writer=workspace.settings.export.writer,
        template=template,
        bound=run.gathered.bound,
        bound_unions=[one.bound for one in run.unions],
        lists=run.lists,
        tally=tally,
        result=result,
        record=run_record(result, run.gathered, run.unions, tally, template.sha256, run.campaign, filling),
    )


def _entered(workspace: Workspace, made: MadeRun, stage: Staging, act: Act, progress: Progress) -> Entry:
    """From the files aside to the folder with its name."""
    stage.make_room()
    entry = enter_run(workspace.engine, made, act)
    stage.keep()
    progress("まとめを作っています")
    write_papers(stage.folder, made.record, entry, made.result.union_lists.data if made.result.union_lists else None)
    stage.place()
    return entry
