"""One branch's real shapes in one call: every row arrives, in any order, and a second time nothing is written."""

from collections.abc import Callable
from pathlib import Path
from random import Random

import pytest
from importing_files import column, contents, take_in, total

from kyosai_lists.usecases.workspace import Workspace

SAMPLES = Path(__file__).parents[1] / "samples"
PATHS = sorted(path for path in SAMPLES.iterdir() if path.suffix != ".json")
ROWS = {"unions": 12, "members": 1500, "contracts": 6487, "suppressions": 119, "campaigns": 3, "targets": 12}


def shuffled(seed: int) -> list[int]:
    order = list(range(len(PATHS)))
    Random(seed).shuffle(order)
    return order


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
def test_the_order_of_the_files_does_not_matter(
    seed: int, new_workspace: Callable[..., Workspace], request: pytest.FixtureRequest
) -> None:
    if "postgresql" in request.node.name:
        pytest.skip("the order is settled before a database is asked")
    in_order, mixed = new_workspace("17"), new_workspace("17")
    take_in(in_order, *PATHS)
    result = take_in(mixed, *(PATHS[i] for i in shuffled(seed)))
    assert [file.path for file in result.files] == [PATHS[i] for i in shuffled(seed)]
    assert contents(mixed) == contents(in_order)


def test_what_came_in_is_noted_by_file(new_workspace: Callable[..., Workspace]) -> None:
    workspace = new_workspace("17")
    take_in(workspace, *PATHS[:2])
    assert column(workspace, "import_files", "name") == [path.name for path in PATHS[:2]]
    assert column(workspace, "import_files", "number") == [1, 2]
    assert column(workspace, "import_files", "new") == [3, 12]
