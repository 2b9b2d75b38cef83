"""Many files read at the same time: in their order, the first that is refused is told, and no process is left."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kyosai_lists.errors import FileRefused
from kyosai_lists.intake import side_by_side
from kyosai_lists.intake.apart import Readers
from kyosai_lists.intake.read import read_file
from kyosai_lists.intake.reading import FileReading, ReadingOptions
from kyosai_lists.intake.refusal import refused
from kyosai_lists.intake.side_by_side import read_all

from .conftest import TODAY
from .test_content import TEXT

OPTIONS = ReadingOptions(TODAY)


class Made:
    """A reader that takes its time for a file whose name says so, and refuses one whose name says so."""

    def __init__(self) -> None:
        self.ended = threading.Event()

    def read(self, path: Path) -> FileReading:
        if "遅い" in path.name:
            self.ended.wait(0.3 if "少し" in path.name else 60)
        if "拒む" in path.name:
            raise refused(path.name, "読めません。", "直してください。")
        return read_file(path, OPTIONS)


class Opening:
    """Opens `Made`, and keeps how many were opened and how many have ended."""

    def __init__(self) -> None:
        self.opened = self.ended = 0

    @contextmanager
    def __call__(self) -> Iterator[Made]:
        self.opened += 1
        reader = Made()
        try:
            yield reader
        finally:
            reader.ended.set()
            self.ended += 1


@pytest.fixture(autouse=True)
def _small_files_are_worth_a_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(side_by_side, "_WORTH_A_PROCESS", 1)
    monkeypatch.setattr(side_by_side.os, "cpu_count", lambda: 2)


@pytest.fixture
def named(tmp_path: Path) -> Callable[..., list[Path]]:
    def make(*names: str) -> list[Path]:
        paths = [tmp_path / name for name in names]
        for path in paths:
            path.write_text(TEXT, "utf-8")
        return paths

    return make


def test_readings_come_in_the_order_of_the_files_and_each_is_announced(named: Callable[..., list[Path]]) -> None:
    names, said, opening = [f"{'少し遅い' if n % 2 else ''}{n}.csv" for n in range(6)], list[str](), Opening()
    read = list(read_all(named(*names), opening, said.append))
    assert [reading.path.name for reading in read] == said == names
    assert opening.opened == opening.ended == 2


def test_of_several_refused_files_the_first_in_order_is_told(named: Callable[..., list[Path]]) -> None:
    paths = named("少し遅い拒む1.csv", "拒む2.csv", "3.csv")
    with pytest.raises(FileRefused, match="拒む1"):
        list(read_all(paths, Opening(), lambda _: None))


def test_after_a_refusal_nobody_waits_for_what_is_being_read(named: Callable[..., list[Path]]) -> None:
    opening, began = Opening(), time.monotonic()
    with pytest.raises(FileRefused):
        list(read_all(named("拒む.csv", "遅い.csv", "遅い2.csv"), opening, lambda _: None))
    assert opening.ended == 2
    assert time.monotonic() - began < 30


def test_small_files_are_read_by_one_process(named: Callable[..., list[Path]], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(side_by_side, "_WORTH_A_PROCESS", 1 << 20)
    opening = Opening()
    assert len(list(read_all(named("1.csv", "2.csv"), opening, lambda _: None))) == 2
    assert opening.opened == 1


def test_two_processes_read_what_one_reads(named: Callable[..., list[Path]]) -> None:
    paths, processes = named("1.csv", "2.csv", "3.csv"), []

    @contextmanager
    def opened() -> Iterator[Readers]:
        with Readers(OPTIONS) as readers:
            assert readers._child
            processes.append(readers._child._process)
            yield readers

    read = list(read_all(paths, opened, lambda _: None))
    assert len(processes) == 2
    for reading, path in zip(read, paths, strict=True):
        assert reading.rows.equals(read_file(path, OPTIONS).rows)
    assert all(process.returncode is not None for process in processes)
