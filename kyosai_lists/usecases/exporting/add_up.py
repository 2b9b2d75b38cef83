"""A run's result from its workbooks and what became of everybody: nobody may be missing from the sum."""

from collections.abc import Sequence
from pathlib import Path

from kyosai_lists.errors import ExportError
from kyosai_lists.intake.layouts import BY_ID
from kyosai_lists.usecases.exporting.export_result import ExportResult, WrittenBook
from kyosai_lists.usecases.exporting.gather_run import GatheredRun
from kyosai_lists.usecases.exporting.tally import PASSED, SUPPRESSED, UNPLACED, Tally


def added_up(
    run: GatheredRun, out: Path, tally: Tally, books: Sequence[WrittenBook], unmarked: int, *, sealed: bool
) -> ExportResult:
    """The result without what is known of earlier runs. `unmarked`: people living with another, where the template has no mark for it.

    Raises:
        ExportError: whom the lists matched is not whom workbooks, suppression and those without a place make up.
    """
    delivered = sum(sum(book.rows.values()) for book in books)
    suppressed, unplaced = tally.suppressed(), tally.count(UNPLACED)
    matched = tally.count(PASSED) + tally.count(SUPPRESSED)
    if matched != delivered + sum(suppressed.values()) + unplaced:
        raise ExportError(
            "該当した人数と、名簿に載せた人数・除いた人数の合計が合いませんでした。",
            "配布元に知らせてください。",
            "ファイルは作っていません。",
        )
    header, gathered = run.header, run.gathered
    return ExportResult(
        run_id=header.run_id,
        as_of=header.as_of,
        title=header.title,
        out=out,
        sealed=sealed,
        books=tuple(books),
        titles={b.rule.id: b.rule.title for b in gathered.bound},
        letters={sheet.id: sheet.letter for sheet in run.lists},
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
        max_offers=header.max_offers,
        unmarked=unmarked,
        remarks=gathered.remarks,
    )
