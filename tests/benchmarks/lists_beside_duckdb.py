"""How far SQLite stands from DuckDB: the four main lists' queries on the same tables (`lists_once`), taking turns."""

import tempfile
from pathlib import Path

from kyosai_lists.usecases.workspace import Workspace
from tests.benchmarks.lists_once import MEASURED, fill_duckdb
from tests.benchmarks.turns import in_turns


def beside_duckdb(workspace: Workspace, rounds: int) -> None:
    with tempfile.TemporaryDirectory() as name:
        tables = Path(name) / "tables.duckdb"
        fill_duckdb(workspace, tables)
        taken = in_turns(rounds, {what: ["lists_once", what, workspace.folder, tables] for what in MEASURED})
    fast = taken["duckdb"]
    print(f"\n{'the four main lists':20}{'rows':>10}{'seconds':>9}{'processor':>11}{'peak MB':>9}{'× DuckDB':>10}")
    for what, found in taken.items():
        print(
            f"{what:20}{found['rows']:10,.0f}{found['seconds']:9.2f}{found['processor']:11.2f}{found['peak']:9,.0f}"
            f"{found['seconds'] / fast['seconds']:10.1f}"
        )
