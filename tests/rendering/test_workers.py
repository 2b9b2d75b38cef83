"""Whoever makes the workbooks, they are the same; and when a worker fails, the export does, in words (faults 29, 30, 32)."""

import multiprocessing
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from kyosai_lists.errors import ExportError
from kyosai_lists.usecases.exporting import write_books
from kyosai_lists.usecases.exporting.passwords import Passwords
from kyosai_lists.usecases.exporting.staging import staged
from kyosai_lists.usecases.rendering import hiring, portion, render
from kyosai_lists.usecases.rendering.workers import WorkersWanted
from kyosai_lists.workbook.seal import open_sealed
from tests.rendering.making import BOOKS, TWO, assert_same, hire, small_portions, written


def test_two_processes_make_the_same_files_as_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    small_portions(monkeypatch)
    alone = written(tmp_path / "alone", WorkersWanted(1))
    assert written(tmp_path / "two", TWO) == alone
    assert_same(tmp_path / "two", tmp_path / "alone")
    assert [book.union_code for book in alone] == BOOKS.unions["union_code"].to_list()
    assert not multiprocessing.active_children()


@pytest.mark.parametrize("near", [True, False])
@pytest.mark.parametrize("kind", ["stamp", "openpyxl"])
def test_any_executor_will_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, near: bool) -> None:
    small_portions(monkeypatch)
    alone = written(tmp_path / "alone", WorkersWanted(1), kind=kind)
    with ThreadPoolExecutor(2) as executor:
        hire(monkeypatch, executor, near=near)
        assert written(tmp_path / "threads", TWO, kind=kind) == alone
    assert_same(tmp_path / "threads", tmp_path / "alone")


def test_sealed_by_two_processes_each_opens_with_its_own_password(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(portion, "SEALED_FILES", 3)
    passwords = Passwords(None, {code: f"himitu-{code}" for code in BOOKS.unions["union_code"]})
    made = written(tmp_path / "out", TWO, passwords=passwords)
    plain = written(tmp_path / "plain", WorkersWanted(1))
    for sealed, open_ in list(zip(made, plain, strict=True))[::4]:
        data = (tmp_path / "out" / sealed.path).read_bytes()
        assert open_sealed(data, f"himitu-{sealed.union_code}") == (tmp_path / "plain" / open_.path).read_bytes()


def test_a_worker_that_dies_fails_the_export_in_words_and_nothing_appears(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    small_portions(monkeypatch)

    def kill(_step: str, done: int = 0, total: int = 0) -> None:
        for process in multiprocessing.active_children()[:1]:
            process.kill()

    with pytest.raises(ExportError, match="途中で止まりました"), staged(tmp_path / "out", "r") as stage:
        written(stage.folder, TWO, progress=kill)
    assert list(tmp_path.iterdir()) == []
    assert not multiprocessing.active_children()


def test_a_disk_that_is_full_where_a_worker_writes_leaves_the_old_export(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = write_books.book_paths
    long = "a" * 300  # refused by the system, as a full disk is, and in the other process
    monkeypatch.setattr(
        write_books, "book_paths", lambda *args: {code: f"{path}{long}" for code, path in real(*args).items()}
    )
    with pytest.raises(ExportError, match="空き"), staged(tmp_path / "out", "r") as stage:
        written(stage.folder, TWO)
    assert list(tmp_path.iterdir()) == []


def test_workers_that_say_nothing_any_more_are_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Silent(Executor):
        def submit(self, *_: Any, **__: Any) -> Future[Any]:
            return Future()

    hire(monkeypatch, Silent(), patience=0.05)
    with pytest.raises(ExportError, match="途中で止まりました"):
        written(tmp_path / "out", TWO)


def test_a_worker_of_another_version_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = render.Job.of
    monkeypatch.setattr(render.Job, "of", lambda writer: render.Job(real(writer).writer, "0.0.1"))
    with pytest.raises(ExportError, match="版"):
        written(tmp_path / "out", WorkersWanted(1))


def test_a_file_that_changed_on_its_way_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Careless(Executor):
        def submit(self, *args: Any, **_: Any) -> Future[Any]:
            done: Future[Any] = Future()
            done.set_result(
                tuple(
                    portion.RenderedBook(b.union_code, "0" * 64, b.plain_sha256, b.counts, b.data)
                    for b in args[0](*args[1:])
                )
            )
            return done

    hire(monkeypatch, Careless(), near=False)
    with pytest.raises(ExportError, match="届くまで"):
        written(tmp_path / "out", TWO)


def test_a_few_workbooks_are_not_worth_a_process_of_their_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: 4)
    assert [hiring._worth(seconds) for seconds in (0, 3, 7, 9, 60)] == [0, 0, 1, 2, 4]
    for wanted, seconds, of_its_own in ((None, 3.0, False), (None, 7.0, True), (1, 60.0, False), (2, 0.0, True)):
        with hiring.hired(WorkersWanted(wanted), seconds) as found:
            assert isinstance(found.executor, ProcessPoolExecutor) is of_its_own
