"""What a worker's log and an error could show holds nobody's data and no password (fault 64)."""

import pickle
from pathlib import Path

import polars as pl
import pytest

from kyosai_lists.errors import ExportError
from kyosai_lists.usecases.rendering import render, writers
from kyosai_lists.usecases.rendering.failure import BugInWorker, Failure
from kyosai_lists.usecases.rendering.portion import portions
from kyosai_lists.usecases.rendering.render import Job, rendered
from kyosai_lists.usecases.rendering.workers import WorkersWanted
from tests.rendering.making import BOOKS, writer_of, written

MARK = "目印　太郎"
PATHS = {code: f"{code}.xlsx" for code in BOOKS.unions["union_code"]}


def portion(folder: Path | None = None, password: str | None = None):
    passwords = dict.fromkeys(PATHS, password) if password else None
    return next(portions(BOOKS, PATHS, passwords, folder))


def test_neither_a_portion_nor_a_job_nor_a_workbook_is_printed() -> None:
    whole, job = portion(password="himitu-1"), Job.of(writer_of(BOOKS))
    printed = repr(whole) + str(whole) + repr(job) + repr(rendered(job, portion()))
    assert not {"himitu", *BOOKS.people["name"].unique(), "PK", "市職員労働組合"} & {
        word for word in ("himitu", *BOOKS.people["name"].unique(), "PK", "市職員労働組合") if word in printed
    }


def test_a_bug_in_a_worker_comes_back_as_places_without_its_text(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ValueError(MARK)

    monkeypatch.setattr(render, "_writer", fail)
    failure = rendered(Job.of(writer_of(BOOKS)), portion())
    assert isinstance(failure, Failure)
    assert MARK.encode() not in pickle.dumps(failure)
    bug = failure.error()
    assert isinstance(bug, BugInWorker)
    assert bug.kind == "ValueError"
    assert any("render.py" in place and "_begun" in place for place in bug.places)


@pytest.mark.parametrize("step", ["finished", "counted"])
def test_a_bug_in_this_process_comes_as_places_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    def fail(*_: object) -> None:
        raise ValueError(MARK)

    monkeypatch.setattr(writers.Stamper, step, fail)
    with pytest.raises(BugInWorker) as caught:
        written(tmp_path / "out", WorkersWanted(1))
    assert MARK not in repr((caught.value, caught.value.places, caught.value.__cause__))


def test_a_panic_comes_back_too() -> None:
    def panic() -> None:
        raise pl.exceptions.PanicException(MARK)

    with pytest.raises(BaseException, match=MARK) as caught:
        panic()
    assert MARK not in repr(Failure.of(caught.value))


def test_an_expected_error_comes_back_as_it_was() -> None:
    sent = pickle.loads(pickle.dumps(Failure.of(ExportError("起きた。", "直す。", "そのまま。"))))
    error = sent.error()
    assert isinstance(error, ExportError)
    assert (error.happened, error.todo, error.unchanged) == ("起きた。", "直す。", "そのまま。")


def test_too_little_memory_is_said_in_words() -> None:
    error = Failure.of(MemoryError()).error()
    assert isinstance(error, ExportError)
    assert "メモリー" in error.happened
