"""How much memory an import takes grows with its rows, by less than a kilobyte for each; and not with what is stored."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from kyosai_lists.demo.nation.files import make_national_files
from tests.benchmarks.bulk_intake_once import AS_OF
from tests.conftest import workspace_at

FIXED_MIB, KIB_A_ROW = 300, 1.0


@pytest.mark.long
@pytest.mark.parametrize("times", [1, 2])
def test_an_import_takes_less_than_a_kilobyte_a_row(tmp_path: Path, times: int) -> None:
    """The second time every row is stored already, and stands beside the one that comes."""
    files = tmp_path / "files"
    make_national_files(files, AS_OF, scale=0.1)
    workspace = workspace_at(tmp_path / "workspace", ())
    workspace.engine.dispose()
    command = [sys.executable, "-m", "tests.benchmarks.bulk_intake_once", "import", files, workspace.folder, ""]
    for _ in range(times):
        said = subprocess.run(
            map(str, command), check=True, stdout=subprocess.PIPE, cwd=Path(__file__).parents[2]
        ).stdout
    measured = json.loads(said)
    assert measured["rows"] > 350_000
    assert measured["peak"] < FIXED_MIB + times * KIB_A_ROW * measured["rows"] / 1024
    assert measured["reader peak"] < 500
