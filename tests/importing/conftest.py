"""A folder for the files of one test."""

from pathlib import Path

import pytest
from importing_files import Files


@pytest.fixture
def files(tmp_path: Path) -> Files:
    folder = tmp_path / "届いたファイル"
    folder.mkdir()
    return Files(folder)
