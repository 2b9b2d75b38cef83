"""A purge on either database: files and rows are gone, the deletion is in the 台帳, and it still holds (fault 46)."""

from datetime import date

from kyosai_lists.ledger.purge_entry import PurgeEntry
from kyosai_lists.store import ledger
from kyosai_lists.store.engine import reading
from kyosai_lists.usecases.exporting.export_result import ExportResult
from kyosai_lists.usecases.keeping.reprint import reprint
from kyosai_lists.usecases.keeping.verify_ledger import verify_ledger
from kyosai_lists.usecases.workspace import Workspace
from tests.conftest import ACT
from tests.exporting.reading import workbooks
from tests.keeping.purging import OVER, purge, rows


def test_files_and_rows_are_gone_and_the_ledger_says_so_and_holds(
    branch: Workspace, old: ExportResult, young: ExportResult
) -> None:
    again = reprint(branch, old.run_id, act=ACT, passwords=None)
    kept = rows(branch, young)
    done = purge(branch)
    assert not old.out.exists()
    assert not again.out.exists()
    assert rows(branch, old) == [0, 0, 0]
    assert rows(branch, young) == kept
    assert len(workbooks(young.out)) == 2
    assert done.entry is not None
    told = PurgeEntry.read(done.entry.body)
    assert [(run.run_id, run.kept_until, run.files) for run in told.runs] == [
        (old.run_id, date(2030, 3, 31), done.files)
    ]
    assert told.runs[0].people > 0
    assert verify_ledger(branch, OVER).problems == ()
    with reading(branch.engine) as connection:
        assert [entry.kind for entry in ledger.entries(connection)] == ["run", "run", "reprint", "purge"]
