"""Whether the store holds rows of runs that no entry tells of: the 台帳 was cut and they stayed, or they were written into it.

Kept rules and templates that no run uses are no such rows: they say of nobody that something was handed out.
"""

from collections.abc import Iterator

from kyosai_lists.store import runs
from kyosai_lists.store.engine import Connection
from kyosai_lists.usecases.keeping.told_runs import ToldRuns

_UNTOLD = "台帳にその記録がありません(台帳から消されたか、あとから書き足されています)"


def strange_rows(connection: Connection, told: ToldRuns) -> Iterator[tuple[str, str]]:
    """名簿番号, and what is wrong, in office words."""
    stored = runs.seqs(connection)
    for run_id, seq in stored.items():
        if run_id in told.seqs:
            if seq != told.seqs[run_id]:
                yield run_id, f"名簿の記録が、台帳の別の号(第{seq}号)のものになっています"
        elif seq not in told.unreadable:
            yield run_id, f"名簿の記録が残っていますが、{_UNTOLD}"
    for run_id in sorted(runs.with_rows(connection) - stored.keys() - told.seqs.keys()):
        yield run_id, f"単組や人の記録だけが残っていて、{_UNTOLD}"
