"""The wheel, installed somewhere else, and the checkout, from another folder: both find queries, schema and templates."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.conftest import SAMPLES

ROOT = Path(__file__).parents[1]
WHERE = "import kyosai_lists; print(kyosai_lists.__file__)"


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel unpacked into it, which is what installing a pure wheel is."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    zipfile.ZipFile(wheel).extractall(folder / "site")
    return folder / "site"


def run(words: list[str], cwd: Path, site: Path | None) -> "subprocess.CompletedProcess[str]":
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8", "PYTHONUTF8": "1"}
    if site:
        environment["PYTHONPATH"] = str(site)
    return subprocess.run(
        [sys.executable, *words],
        cwd=cwd,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


@pytest.mark.parametrize("kind", ["wheel", "checkout"])
def test_it_takes_in_files_and_exports_from_any_folder(kind: str, installed: Path, tmp_path: Path) -> None:
    site = installed if kind == "wheel" else None
    home = installed if kind == "wheel" else ROOT
    assert Path(run(["-c", WHERE], tmp_path, site).stdout.strip()).parent.parent == home
    kyosai = ["-m", "kyosai_lists", "-w", "w"]
    assert run(["-m", "kyosai_lists", "init", "w"], tmp_path, site).returncode == 0
    files = [str(SAMPLES / name) for name in ("単組一覧.csv", "組合員名簿_金沢市職員労働組合.xlsx")]
    assert run([*kyosai, "import", *files], tmp_path, site).returncode == 0
    exported = run([*kyosai, "export", "--no-password", "--as-of", "2026-11-01", "--out", "o"], tmp_path, site)
    assert exported.returncode == 0, exported.stderr
    assert list((tmp_path / "o" / "17").glob("17001_*.xlsx"))


def test_the_wheel_holds_what_it_needs_and_no_more(installed: Path) -> None:
    names = {path.relative_to(installed).parts[0] for path in installed.iterdir()}
    assert {name for name in names if not name.endswith(".dist-info")} == {"kyosai_lists"}
    for needed in ("queries/fire-only.sql", "schema/env.py", "templates_xlsx/call_list.xlsx", "retirement_law.toml"):
        assert (installed / "kyosai_lists" / needed).is_file()
