"""Writing a run: lists drawn, arranged by union, one workbook each, the branch's own records, all or nothing."""

import secrets
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path

from kyosai_lists.campaigns.campaign import Campaign
from kyosai_lists.dates import japanese_day
from kyosai_lists.errors import ExportError
from kyosai_lists.intake.layouts import BY_ID
from kyosai_lists.segments.rule import EVERY, Rule, Value
from kyosai_lists.segments.rulebook import MAIN_LISTS, choose
from kyosai_lists.store import read
from kyosai_lists.store.engine import Connection, reading
from kyosai_lists.text import safe_file_part
from kyosai_lists.usecases.draw import DrawnLists, Occasion, Scope, draw, draw_nothing, max_offers
from kyosai_lists.usecases.draw_unions import draw_unions
from kyosai_lists.usecases.exporting.choose_campaign import find_campaign, start_of
from kyosai_lists.usecases.exporting.compose_books import Composition, compose
from kyosai_lists.usecases.exporting.export_result import ExportResult, WrittenBook
from kyosai_lists.usecases.exporting.passwords import Passwords
from kyosai_lists.usecases.exporting.record_run import write_records
from kyosai_lists.usecases.exporting.staging import earlier_run, staged
from kyosai_lists.usecases.exporting.write_books import write_books
from kyosai_lists.usecases.exporting.write_union_lists import write_union_lists
from kyosai_lists.usecases.progress import Progress, silent
from kyosai_lists.usecases.rendering.workers import BY_WORTH, WorkersWanted
from kyosai_lists.usecases.rendering.writers import WRITERS
from kyosai_lists.usecases.workspace import Workspace
from kyosai_lists.workbook.model import RunHeader
from kyosai_lists.workbook.template import CallListTemplate

# Without the letters and digits that are taken for one another on paper.
_RUN_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


@dataclass(frozen=True)
class Order:
    """What was asked for. `as_of` None: the campaign's own D. `run_id` None: a new one."""

    list_ids: tuple[str, ...] = ()
    campaign: str | None = None
    union_codes: tuple[str, ...] = ()
    prefectures: tuple[str, ...] = ()
    as_of: date | None = None
    values: dict[str, Value] = field(default_factory=dict)
    run_id: str | None = None


def export_lists(
    workspace: Workspace,
    order: Order,
    *,
    passwords: Passwords | None,
    out: Path | None = None,
    workers: WorkersWanted = BY_WORTH,
    progress: Progress = silent,
) -> ExportResult:
    """Writes one workbook per union and the branch's own records to `out`, whole or not at all.

    Raises:
        UsageError: the order names something that is not there, or `out` holds other files.
        ExportError: it could not be written; nothing was.
    """
    progress("リストを調べています")
    with reading(workspace.engine) as connection:
        campaign = find_campaign(connection, order.campaign) if order.campaign else None
        as_of = order.as_of or _start(connection, campaign, order)
        people, unions = _asked_for(workspace, order, campaign)
        occasion, scope = Occasion(as_of, campaign, order.values), _scope(order, campaign)
        drawn = (
            draw(connection, workspace, people, occasion, scope)
            if people
            else draw_nothing(connection, occasion, scope)
        )
        drawn_unions = draw_unions(connection, workspace, unions, occasion, scope)
        addresses = read.addresses(connection, drawn.passed["member_key"].unique())
    run_id = order.run_id or new_run_id(as_of)
    run = _header(workspace, run_id, occasion)
    composition = compose(drawn, addresses, run, workspace.settings.export.roster_max_age_days)
    template = CallListTemplate.load(workspace.template)
    target = (out or workspace.out / f"{safe_file_part(run.file_title, 60)}_{run_id}").resolve()
    replaces = earlier_run(target)
    with staged(target, run_id) as folder:
        writer = WRITERS[workspace.settings.export.writer].of(template, run, composition.books)
        books = tuple(write_books(folder, composition.books, writer, passwords, workers, progress))
        unmarked = 0 if template.names_households else composition.in_households
        result = _result(
            run, target, drawn, composition, books, unmarked, sealed=passwords is not None, replaces=replaces
        )
        result = replace(result, union_lists=write_union_lists(folder, drawn_unions, run))
        code = campaign.code if campaign else None
        write_records(folder, result, drawn, drawn_unions, composition, template.sha256, code)
    return result


def names_people(workspace: Workspace, order: Order) -> bool:
    """Whether anybody's name would be handed out, so that it must be said how it is sealed; lists of unions hold none.

    Raises:
        UsageError: the order names something that is not there.
    """
    with reading(workspace.engine) as connection:
        campaign = find_campaign(connection, order.campaign) if order.campaign else None
    return bool(_asked_for(workspace, order, campaign)[0])


def _asked_for(workspace: Workspace, order: Order, campaign: Campaign | None) -> tuple[list[Rule], list[Rule]]:
    """The lists of people and those of unions, most important first."""
    rules = choose(workspace.all_rules, _list_ids(workspace, order, campaign))
    return [r for r in rules if r.kind == "people"], [r for r in rules if r.kind == "unions"]


def _list_ids(workspace: Workspace, order: Order, campaign: Campaign | None) -> tuple[str, ...]:
    """The lists that the order names, else those of the campaign, else the main ones; EVERY means every list of people."""
    ids = order.list_ids or (campaign.list_ids if campaign else MAIN_LISTS)
    others = tuple(list_id for list_id in ids if list_id != EVERY)
    every = workspace.rules  # one whose file is wrong is refused, not left out
    return ids if others == ids else (*every, *every.wrong, *others)


def new_run_id(as_of: date) -> str:
    return f"{as_of:%y%m%d}-{''.join(secrets.choice(_RUN_ALPHABET) for _ in range(5))}"


def _start(connection: Connection, campaign: Campaign | None, order: Order) -> date:
    if campaign is None:
        raise ValueError("an order has a date or a campaign")
    return start_of(connection, campaign, order.union_codes)


def _scope(order: Order, campaign: Campaign | None) -> Scope:
    """The unions and prefectures that the order names, else those of the campaign."""
    unions, prefectures = order.union_codes, order.prefectures
    if campaign is not None:
        unions = unions or campaign.union_codes
        prefectures = prefectures or ((campaign.pref,) if campaign.pref else ())
    return Scope(unions, prefectures)


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
    drawn: DrawnLists,
    composition: Composition,
    books: tuple[WrittenBook, ...],
    unmarked: int,
    *,
    sealed: bool,
    replaces: str,
) -> ExportResult:
    delivered = sum(sum(book.rows.values()) for book in books)
    suppressed = dict(drawn.suppressed.group_by("suppressed").len().sort("suppressed").iter_rows())
    matched = drawn.passed.height + drawn.suppressed.height
    if matched != delivered + sum(suppressed.values()) + composition.unplaced.height:
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
        titles={b.rule.id: b.rule.title for b in drawn.bound},
        letters=composition.letters,
        matched=matched,
        delivered=delivered,
        suppressed=suppressed,
        unplaced=composition.unplaced.height,
        past_retirement=tuple(drawn.past_retirement["member_no"].sort()),
        on_hold={
            BY_ID[layout].title: rows
            for layout, rows in drawn.on_hold.group_by("layout").len().sort("layout").iter_rows()
        },
        waiting=drawn.waiting,
        roster_warnings=composition.roster_warnings,
        replaces=replaces,
        max_offers=run.max_offers,
        unmarked=unmarked,
        remarks=drawn.remarks,
    )
