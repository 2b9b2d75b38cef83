"""Writing a run: lists drawn, arranged by union, one workbook each, the branch's own records, all or nothing."""

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import polars as pl

from kyosai_lists.campaigns.campaign import Campaign
from kyosai_lists.dates import japanese_day
from kyosai_lists.errors import ExportError
from kyosai_lists.paths import resource_dir
from kyosai_lists.segments.rule import Value
from kyosai_lists.segments.rulebook import MAIN_LISTS, choose
from kyosai_lists.store.engine import Connection, reading
from kyosai_lists.text import safe_file_part
from kyosai_lists.usecases.choose_campaign import find_campaign, start_of
from kyosai_lists.usecases.compose_books import Composition, compose
from kyosai_lists.usecases.draw import DrawnLists, Occasion, Scope, draw
from kyosai_lists.usecases.passwords import Passwords
from kyosai_lists.usecases.record_run import write_records
from kyosai_lists.usecases.staging import staged
from kyosai_lists.usecases.workspace import Workspace
from kyosai_lists.workbook.check import count_rows, count_sealed_rows
from kyosai_lists.workbook.fill import fill
from kyosai_lists.workbook.meta import expected_rows
from kyosai_lists.workbook.model import RunHeader, UnionBook
from kyosai_lists.workbook.names import workbook_names
from kyosai_lists.workbook.seal import seal
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


@dataclass(frozen=True)
class WrittenBook:
    """One union's workbook: `path` relative to the export's folder, "" when nobody is on it; `rows` by list id."""

    pref: str
    union_code: str
    union_name: str
    path: str
    sha256: str
    people: int
    rows: dict[str, int]
    sheet_rows: dict[str, int]


@dataclass(frozen=True)
class ExportResult:
    """matched = delivered + the sum of `suppressed` + unplaced, in list rows.

    `past_retirement`: 組合員番号 of people in service whose computed leaving date lies before D.
    `titles`, `letters`: by list id, most important first. `on_hold`: rows that still wait on 保留.
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
    on_hold: int
    roster_warnings: dict[str, str]

    @property
    def needs_a_person(self) -> bool:
        return bool(self.unplaced or self.on_hold)


def export_lists(
    workspace: Workspace,
    order: Order,
    *,
    passwords: Passwords | None,
    out: Path | None = None,
    progress: Callable[[str], None] = lambda _: None,
) -> ExportResult:
    """Writes one workbook per union and the branch's own records to `out`, whole or not at all.

    Raises:
        UsageError: the order names something that is not there, or `out` holds other files.
        ExportError: it could not be written; nothing was.
    """
    with reading(workspace.engine) as connection:
        campaign = find_campaign(connection, order.campaign) if order.campaign else None
        as_of = order.as_of or _start(connection, campaign, order)
        rules = choose(workspace.rules, order.list_ids or (campaign.list_ids if campaign else MAIN_LISTS))
        drawn = draw(connection, workspace, rules, Occasion(as_of, campaign, order.values), _scope(order, campaign))
    run_id = order.run_id or new_run_id(as_of)
    run = _header(workspace, run_id, as_of, campaign)
    composition = compose(drawn, run, workspace.settings.export.roster_max_age_days)
    template_file = resource_dir("templates_xlsx") / "call_list.xlsx"
    template = CallListTemplate.load(template_file)
    target = (out or workspace.out / safe_file_part(f"{run.title}_{run_id}", 80)).resolve()
    with staged(target, run_id) as folder:
        books = tuple(_write_books(folder, composition, template, run, passwords, progress))
        result = _result(run, target, drawn, composition, books, sealed=passwords is not None)
        template_hash = hashlib.sha256(template_file.read_bytes()).hexdigest()
        write_records(folder, result, drawn, composition, template_hash, campaign.code if campaign else None)
    return result


def new_run_id(as_of: date) -> str:
    return f"{as_of:%y%m%d}-{''.join(secrets.choice(_RUN_ALPHABET) for _ in range(5))}"


def _start(connection: Connection, campaign: Campaign | None, order: Order) -> date:
    if campaign is None:
        raise ValueError("an order has a date or a campaign")
    return start_of(connection, campaign, order.union_codes)


def _scope(order: Order, campaign: Campaign | None) -> Scope:
    """The unions and prefectures that both the order and the campaign name."""
    unions, prefectures = order.union_codes, order.prefectures
    if campaign is not None:
        unions = unions or campaign.union_codes
        prefectures = prefectures or ((campaign.pref,) if campaign.pref else ())
    return Scope(unions, prefectures)


def _header(workspace: Workspace, run_id: str, as_of: date, campaign: Campaign | None) -> RunHeader:
    settings = workspace.settings
    contact = "\n".join(part for part in (settings.branch.name or "県支部", settings.branch.contact) if part)
    return RunHeader(
        run_id=run_id,
        as_of=as_of,
        title=campaign.name if campaign else f"{japanese_day(as_of)}現在",
        return_by=campaign.ends_on if campaign else as_of + timedelta(days=settings.export.return_days),
        return_to=contact,
        purpose=settings.export.purpose,
    )


def _write_books(
    folder: Path,
    composition: Composition,
    template: CallListTemplate,
    run: RunHeader,
    passwords: Passwords | None,
    progress: Callable[[str], None],
) -> "list[WrittenBook]":
    names = _paths(composition, run)
    written = []
    for book in composition.books:
        progress(book.union_name)
        if book.people.is_empty():
            written.append(WrittenBook(book.pref, book.union_code, book.union_name, "", "", 0, {}, {}))
            continue
        password = passwords.of(book.union_code) if passwords else None
        data = _render(template, book, run, password)
        path = names[book.union_code]
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
        rows = {sheet.id: sheet.rows.height for sheet in book.lists if sheet.rows.height}
        digest = hashlib.sha256(data).hexdigest()
        sheet_rows = expected_rows(template, book)
        written.append(
            WrittenBook(book.pref, book.union_code, book.union_name, path, digest, book.people.height, rows, sheet_rows)
        )
    return written


def _render(template: CallListTemplate, book: UnionBook, run: RunHeader, password: str | None) -> bytes:
    """The finished file, opened again and counted before it is believed. A plain workbook never touches the disk if it is to be sealed."""
    plain = fill(template, book, run)
    data = plain if password is None else seal(plain, password)
    counted = count_rows(data) if password is None else count_sealed_rows(data, password)
    if counted != expected_rows(template, book):
        raise ExportError(
            f"単組コード {book.union_code} の名簿を読み直したら、行の数が合いませんでした。",
            "もう一度出してください。続くときは配布元に知らせてください。",
            "ファイルは作っていません。",
        )
    return data


def _paths(composition: Composition, run: RunHeader) -> dict[str, str]:
    """`<県コード>/<file name>` by union code."""
    paths: dict[str, str] = {}
    for pref in sorted({book.pref for book in composition.books}):
        books = [book for book in composition.books if book.pref == pref]
        title = run.title if not run.title.endswith("現在") else run.as_of.isoformat()
        names = workbook_names([(book.union_code, book.union_name) for book in books], title)
        paths |= {book.union_code: f"{safe_file_part(pref, 4)}/{name}" for book, name in zip(books, names, strict=True)}
    return paths


def _result(
    run: RunHeader,
    out: Path,
    drawn: DrawnLists,
    composition: Composition,
    books: tuple[WrittenBook, ...],
    *,
    sealed: bool,
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
    late = (
        pl.col("status").is_in(["active", "leave"])
        & (pl.col("leaving_derived") == 1)
        & (pl.col("leaving_on") < run.as_of)
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
        past_retirement=tuple(drawn.people.filter(late)["member_no"].sort()),
        on_hold=drawn.on_hold.height,
        roster_warnings=composition.roster_warnings,
    )
