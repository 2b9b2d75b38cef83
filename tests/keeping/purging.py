"""An export of long ago, and the day on which its time is over."""

from dataclasses import replace
from datetime import UTC, datetime

from kyosai_lists.store.engine import reading
from kyosai_lists.usecases.exporting.export_result import ExportResult
from kyosai_lists.usecases.exporting.order import Order
from kyosai_lists.usecases.keeping.purge import Purged, carry_out, plan_purge
from kyosai_lists.usecases.workspace import Workspace
from tests.conftest import ACT, AS_OF

OLD = Order(as_of=AS_OF, union_codes=("17001", "17002"), list_ids=("fire-only", "union-model"))
IN_TIME = replace(ACT, at=datetime(2030, 3, 31, 3, tzinfo=UTC), user="sato")
OVER = replace(IN_TIME, at=datetime(2030, 4, 1, 3, tzinfo=UTC))


def purge(branch: Workspace) -> Purged:
    return carry_out(branch, plan_purge(branch, OVER), OVER)


def rows(branch: Workspace, run: ExportResult) -> list[int]:
    counts = (
        "FROM run_people WHERE run_id = '{}'",
        "FROM run_books WHERE frozen IS NOT NULL AND run_id = '{}'",
        "FROM runs WHERE (record IS NOT NULL OR union_lists IS NOT NULL) AND run_id = '{}'",
    )
    with reading(branch.engine) as connection:
        return [
            int(connection.exec_driver_sql("SELECT count(*) " + count.format(run.run_id)).scalar_one())
            for count in counts
        ]
