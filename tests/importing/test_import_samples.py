"""One branch's real shapes in one call: every row arrives, in any order, and a second time nothing is written."""

from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest

from kyosai_lists.store.engine import reading
from kyosai_lists.usecases.importing.import_files import import_files
from kyosai_lists.usecases.workspace import Workspace
from tests.conftest import AS_OF, sample_files, workspace_at
from tests.importing.importing_files import Contents, column, contents, take_in, total

PATHS = sample_files()
ROWS = {"unions": 12, "members": 1500, "contracts": 6487, "suppressions": 119, "campaigns": 3, "targets": 12}


def test_every_row_is_new_and_a_second_time_unchanged_with_nothing_written(
    new_workspace: Callable[..., Workspace],
) -> None:
    workspace = new_workspace("17")
    first = take_in(workspace, *PATHS)
    by_layout = {layout: total([f for f in first.files if f.layout == layout], "new") for layout in ROWS}
    assert by_layout == ROWS
    assert (first.problems.height, first.waiting, first.mended, first.released) == (0, 0, 0, 0)
    before = contents(workspace)
    assert {name: len(rows) for name, rows in before.items() if rows and name != "rosters"} == ROWS
    second = take_in(workspace, *reversed(PATHS))
    assert total(second.files, "unchanged") == sum(ROWS.values())
    assert contents(workspace) == before


@pytest.mark.parametrize("seed", range(2))
def test_the_order_of_the_files_does_not_matter(seed: int, samples_taken_in: Contents, tmp_path: Path) -> None:
    order = Random(seed).sample(PATHS, len(PATHS))
    mixed = workspace_at(tmp_path / "workspace", ())
    result = take_in(mixed, *order)
    assert [file.path for file in result.files] == order
    assert contents(mixed) == samples_taken_in


def test_what_came_in_is_noted_by_file(new_workspace: Callable[..., Workspace]) -> None:
    workspace = new_workspace("17")
    take_in(workspace, *PATHS[:2])
    assert column(workspace, "import_files", "name") == [path.name for path in PATHS[:2]]
    assert column(workspace, "import_files", "number") == [1, 2]
    assert column(workspace, "import_files", "new") == [3, 12]


def test_postgresql_knows_how_much_was_loaded_before_it_is_asked(new_workspace: Callable[..., Workspace]) -> None:
    workspace = new_workspace()
    import_files(workspace, sample_files(), today=AS_OF)
    if workspace.engine.dialect.name == "postgresql":  # elsewhere the plan does not depend on it
        with reading(workspace.engine) as connection:
            told = "SELECT CAST(reltuples AS INTEGER) FROM pg_class WHERE relname = 'contracts'"
            assert connection.exec_driver_sql(told).scalar_one() == 6487
