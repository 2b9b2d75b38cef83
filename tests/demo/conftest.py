"""One invented branch, made once for all tests of this folder."""

import csv
from datetime import date
from pathlib import Path

import pytest

from kyosai_lists.demo.branch.branch import Branch, make_branch
from kyosai_lists.demo.branch.files import make_branch_files

AS_OF = date(2026, 11, 1)
ENCODINGS = {
    "単組一覧.csv": "cp932",
    "組合員名簿_県支部.csv": "utf-8-sig",
    "契約_基幹システム_20261031.csv": "cp932",
    "申込受付簿.csv": "cp932",
    "案内停止.csv": "utf-8-sig",
    "募集計画.csv": "utf-8-sig",
    "目標.csv": "cp932",
    "保障額のめやす.csv": "utf-8-sig",
}


@pytest.fixture(scope="session")
def branch() -> Branch:
    return make_branch(AS_OF, 1)


@pytest.fixture(scope="session")
def paths(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    return make_branch_files(tmp_path_factory.mktemp("branch"), AS_OF)


@pytest.fixture(scope="session")
def tables(paths: list[Path]) -> dict[str, list[dict[str, str]]]:
    """File name → rows, for the CSV files."""
    return {path.name: read_csv(path) for path in paths if path.suffix == ".csv"}


def read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding=ENCODINGS[path.name], newline="") as file:
        return list(csv.DictReader(file))
