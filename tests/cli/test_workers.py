"""`export --workers` and `--dask` as they are typed, and what is said when a worker meets a bug."""

from pathlib import Path

import pytest

from kyosai_lists.usecases.rendering import render
from tests.cli.running import Typed

D = ("--as-of", "2026-11-01")
MARK = "目印　太郎"


def test_two_processes_export_as_one_does_and_a_pipe_is_told_nothing(typed_at_samples: Typed, tmp_path: Path) -> None:
    answer = typed_at_samples("export", *D, "--no-password", "--workers", "2", "--out", tmp_path / "two", "--json")
    one = typed_at_samples("export", *D, "--no-password", "--workers", "1", "--out", tmp_path / "one", "--json")
    assert answer.err == ""
    for book, other in zip(answer.json()["workbooks"], one.json()["workbooks"], strict=True):
        assert (book["path"], book["rows"]) == (other["path"], other["rows"])
        assert (tmp_path / "two" / book["path"]).is_file()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--workers", "0"), "--workers"),
        (("--workers", "two"), "--workers"),
        (("--workers", "2", "--dask", "tcp://127.0.0.1:8786"), "どちらか"),
        (("--dask", "somewhere"), "アドレス"),
    ],
)
def test_workers_that_cannot_be_are_wrong_usage(
    typed_at_samples: Typed, tmp_path: Path, words: tuple[str, ...], said: str
) -> None:
    answer = typed_at_samples("export", *D, "--no-password", "--out", tmp_path / "o", *words)
    assert answer.code == 2
    assert said in answer.err
    assert not (tmp_path / "o").exists()


def test_a_bug_in_a_worker_is_logged_by_its_places_alone(
    typed_at_samples: Typed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ValueError(MARK)

    monkeypatch.setattr(render, "_writer", fail)
    answer = typed_at_samples("export", *D, "--no-password", "--out", tmp_path / "o")
    log = (tmp_path / "kyosai-lists-error.log").read_text("utf-8")
    assert answer.code == 3
    assert "render.py" in log
    assert "ValueError" in log
    assert MARK not in answer.out + answer.err + log
    assert not (tmp_path / "o").exists()
